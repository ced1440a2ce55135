import { Criterion } from '../../criteria/criterion';
import { defineRule } from '../rule';
import { call, enabling, ordering } from '../shared/inspector-examples';
import { INSPECTOR_SWITCHES, mustScan } from '../shared/inspector-scans';
import { SDK_CALL } from '../shared/sdk-call';

const work = { Work: { Type: 'AWS::Lambda::Function', Properties: {} } };

export default defineRule({
  id: 'Inspector.1',
  slug: 'inspector-enabled',
  title: 'Inspector searches what runs in the Region for known weaknesses',
  criteria: [Criterion.CC7_1],
  control: 'vulnerability-management',
  severity: 'warning',
  scope: 'environment',
  resourceTypes: INSPECTOR_SWITCHES,
  rationale: 'New weaknesses become known every day in code that did not change; only a scan that never ends finds those.',
  remediation:
    'Call `enable` of Inspector2 with `resourceTypes` in an `AwsCustomResource`, or attach an INSPECTOR_POLICY to the root of the organization with `organizations.CfnPolicy`. Where another team or another scanner does it, declare an inherited control for `inspector-enabled` with an owner and a pointer.',
  references: ['ElectricEye InspectorV2.1', 'Security Hub Inspector.1', 'NIST 800-53 RA-5'],
  check: (environment) => mustScan(environment, 'inspector-enabled', ['EC2', 'ECR', 'LAMBDA']),
  examples: {
    pass: {
      'a call turns the scan of functions on': { ...work, ...enabling('LAMBDA', 'LAMBDA_CODE') },
      'the call has names of the current SDK': {
        ...work,
        ...call({
          service: '@aws-sdk/client-inspector2',
          action: 'EnableCommand',
          parameters: { resourceTypes: ['EC2', 'LAMBDA'] },
        }),
      },
      'the organization turns it on everywhere': { ...work, ...ordering('lambda_standard_scanning', ['ALL_SUPPORTED']) },
      'there is nothing to scan': { Topic: { Type: 'AWS::SNS::Topic', Properties: {} } },
    },
    fail: {
      'nothing turns it on': work,
      'a call turns it off': {
        ...work,
        ...call({ service: 'Inspector2', action: 'disable', parameters: { resourceTypes: ['LAMBDA'] } }),
      },
      'only what is not there is scanned': { ...work, ...enabling('EC2') },
      'the policy is attached to nothing': { ...work, ...ordering('lambda_standard_scanning', ['ALL_SUPPORTED'], [], []) },
      'the policy turns it off again': {
        ...work,
        ...ordering('lambda_standard_scanning', ['ALL_SUPPORTED'], ['ALL_SUPPORTED']),
      },
    },
    undetermined: {
      'the call is a parameter': {
        Parameters: { Call: { Type: 'String' } },
        Resources: { ...work, Call: { Type: SDK_CALL, Properties: { ServiceToken: 'handler', Create: { Ref: 'Call' } } } },
      },
      'the policy is attached to a unit': {
        ...work,
        ...ordering('lambda_standard_scanning', ['ALL_SUPPORTED'], [], ['ou-ab12-workloads']),
      },
      'the policy lists Regions, and the Region is not known': {
        ...work,
        ...ordering('lambda_standard_scanning', ['eu-west-1', 'eu-central-1']),
      },
    },
  },
});
