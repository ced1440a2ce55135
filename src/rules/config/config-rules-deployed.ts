import { Criterion } from '../../criteria/criterion';
import type { JsonObject } from '../../model/json';
import { metBy, missing } from '../../model/observation';
import { defineRule } from '../rule';
import { orInherited } from '../shared/or-inherited';

const CHECKS = [
  'AWS::Config::ConfigRule',
  'AWS::Config::ConformancePack',
  'AWS::Config::OrganizationConfigRule',
  'AWS::Config::OrganizationConformancePack',
  'AWS::SecurityHub::Standard',
];

const resource = (Type: string, properties: JsonObject = {}) => ({ Resource: { Type, Properties: properties } });

export default defineRule({
  id: 'Config.2',
  slug: 'config-rules-deployed',
  title: 'What is recorded is checked against rules all the time',
  criteria: [Criterion.CC4_1, Criterion.CC4_2, Criterion.CC7_1],
  control: 'security-posture',
  // Most accounts have the rules of a landing zone or of Security Hub.
  severity: 'info',
  scope: 'environment',
  resourceTypes: [...CHECKS, 'AWS::SecurityHub::Hub'],
  rationale: 'Templates show what was meant; rules of AWS Config show every day whether it still is so.',
  remediation:
    'Create a `config.ManagedRule`, a `config.CfnConformancePack`, or a `securityhub.CfnStandard`, which makes its rules by itself; or declare who does as an inherited control of `config-rules-deployed`.',
  references: ['AuditKit CC4.2', 'NIST 800-53 CA-7', 'NIST 800-53 CM-6'],
  check: (environment) => {
    const checks = CHECKS.flatMap((type) => environment.resources(type));
    const expected = `rules of AWS Config, a conformance pack, or a standard of Security Hub, ${orInherited('config-rules-deployed')}`;
    if (checks.length > 0) return checks.map((each) => metBy(each, 'it checks what AWS Config records'));
    const hubs = environment
      .resources('AWS::SecurityHub::Hub')
      .map((hub) => ({ hub, standards: hub.at('EnableDefaultStandards') }));
    const right = hubs.filter(({ standards }) => standards.isAbsent || standards.boolean === true);
    if (right.length > 0) return right.map(({ hub }) => metBy(hub, 'the default standards of Security Hub make their own rules'));
    const open = hubs.find(({ standards }) => standards.isUnknown);
    return [open ? open.standards.undetermined(expected) : missing('nothing checks what AWS Config records', expected)];
  },
  examples: {
    pass: {
      'there is a rule': resource('AWS::Config::ConfigRule'),
      'there is a conformance pack': resource('AWS::Config::ConformancePack'),
      'Security Hub has its default standards': resource('AWS::SecurityHub::Hub'),
    },
    fail: {
      'there are no rules': { Topic: { Type: 'AWS::SNS::Topic' } },
      'there is only a recorder': resource('AWS::Config::ConfigurationRecorder'),
      'Security Hub has no standards': resource('AWS::SecurityHub::Hub', { EnableDefaultStandards: false }),
    },
    undetermined: {
      'the default standards are a parameter': {
        Parameters: { Standards: { Type: 'String' } },
        Resources: resource('AWS::SecurityHub::Hub', { EnableDefaultStandards: { Ref: 'Standards' } }),
      },
    },
  },
});
