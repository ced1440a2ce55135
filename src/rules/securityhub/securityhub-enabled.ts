import { Criterion } from '../../criteria/criterion';
import { anyOf, metBy, missing } from '../../model/observation';
import { defineRule } from '../rule';

/** What `SecurityPosture` adopts Security Hub with. */
const ADOPTED = 'Custom::Soc2SecurityHub';

const adopted = (...Standards: string[]) => ({ Hub: { Type: ADOPTED, Properties: { ServiceToken: 'handler', Standards } } });
const hub = (properties: object) => ({ Hub: { Type: 'AWS::SecurityHub::Hub', Properties: { ...properties } } });

export default defineRule({
  id: 'SecurityHub.1',
  slug: 'securityhub-enabled',
  title: 'Security Hub is on in the Region, with standards to check against',
  criteria: [Criterion.CC4_1, Criterion.CC7_1, Criterion.CC7_2],
  control: 'security-posture',
  severity: 'warning',
  scope: 'environment',
  resourceTypes: ['AWS::SecurityHub::Hub', 'AWS::SecurityHub::HubV2', ADOPTED],
  rationale:
    'It compares what runs with a published standard every day, and keeps the answers: an evaluation that is ongoing, not yearly.',
  remediation:
    'Create a `securityhub.CfnHub` in every Region in use. Where another team or the delegated administrator of the organization turns it on, declare an inherited control for `securityhub-enabled` with an owner and a pointer to where that is done.',
  references: ['AWS Config SECURITYHUB_ENABLED', 'NIST 800-53 CA-7'],
  check: (environment) => {
    const hubs = environment.resources('AWS::SecurityHub::Hub');
    const successors = environment.resources('AWS::SecurityHub::HubV2');
    const adoptions = environment.resources(ADOPTED).map((each) => ({ each, standards: each.at('Standards') }));
    const checking = adoptions.filter(({ standards }) => !standards.isUnknown && standards.items().length > 0);
    const open = adoptions.find(({ standards }) => standards.isUnknown);
    const standards = environment.resources('AWS::SecurityHub::Standard');
    if (successors.length > 0) return successors.map((each) => metBy(each, 'Security Hub is on'));
    if (checking.length > 0) return checking.map(({ each }) => metBy(each, 'Security Hub is on, and checks standards'));
    if (open) return [open.standards.undetermined('a standard')];
    if (hubs.length === 0)
      return [
        missing(
          'nothing turns Security Hub on in this Region',
          'Security Hub with a standard, or an inherited control for `securityhub-enabled`, with an owner and a pointer, where another team or the delegated administrator of the organization runs it',
        ),
      ];
    if (standards.length > 0) return standards.map((each) => metBy(each, 'Security Hub checks this standard'));
    const byDefault = hubs.map((each) =>
      each.at('EnableDefaultStandards').mustBe(true, { absent: 'Security Hub turns its default standards on by itself' }),
    );
    return anyOf(byDefault, () => hubs[0].at('EnableDefaultStandards').fails('true, or a standard', 'no standard is turned on'));
  },
  examples: {
    pass: {
      'the hub turns on the default standards': hub({}),
      'the hub has a standard of its own': {
        ...hub({ EnableDefaultStandards: false }),
        Standard: {
          Type: 'AWS::SecurityHub::Standard',
          Properties: {
            StandardsArn: 'arn:aws:securityhub:eu-west-1::standards/aws-foundational-security-best-practices/v/1.0.0',
          },
        },
      },
      'a hub is adopted, with a standard': adopted(
        'arn:aws:securityhub:eu-west-1::standards/aws-foundational-security-best-practices/v/1.0.0',
      ),
      'the newer hub is on': { Hub: { Type: 'AWS::SecurityHub::HubV2', Properties: {} } },
    },
    fail: {
      'a hub is adopted, without standards': adopted(),
      'there is no hub': { Topic: { Type: 'AWS::SNS::Topic' } },
      'the hub has no standards': hub({ EnableDefaultStandards: false }),
    },
    undetermined: {
      'the standards of a hub that is adopted are a parameter': {
        Parameters: { Standards: { Type: 'CommaDelimitedList' } },
        Resources: { Hub: { Type: ADOPTED, Properties: { ServiceToken: 'handler', Standards: { Ref: 'Standards' } } } },
      },
      'the default standards are a parameter': {
        Parameters: { Standards: { Type: 'String' } },
        Resources: hub({ EnableDefaultStandards: { Ref: 'Standards' } }),
      },
    },
  },
});
