import { Criterion } from '../../criteria/criterion';
import type { JsonObject } from '../../model/json';
import { defineRule } from '../rule';

const workplace = (properties: JsonObject) => ({
  Workplace: {
    Type: 'AWS::Cloud9::EnvironmentEC2',
    Properties: { InstanceType: 't3.small', ImageId: 'amazonlinux-2023-x86_64', ...properties },
  },
});

export default defineRule({
  id: 'Cloud9.1',
  slug: 'cloud9-ssm',
  title: 'Cloud9 environments are reached by Systems Manager, without an open port',
  criteria: [Criterion.CC6_6, Criterion.CC6_1],
  control: 'host-access',
  severity: 'error',
  resourceTypes: ['AWS::Cloud9::EnvironmentEC2'],
  rationale: 'An environment over SSH needs a public address and an open port, and holds the credentials of a developer.',
  remediation: 'Set `connectionType` of the `cloud9.CfnEnvironmentEC2` to `CONNECT_SSM`; the environment is replaced.',
  references: ['cdk-nag Cloud9InstanceNoIngressSystemsManager', 'ElectricEye Cloud9.1'],
  check: (each) => each.at('ConnectionType').mustBe('CONNECT_SSM'),
  examples: {
    pass: { 'systems manager connects': workplace({ ConnectionType: 'CONNECT_SSM' }) },
    fail: {
      'the connection is not mentioned': workplace({}),
      'ssh connects': workplace({ ConnectionType: 'CONNECT_SSH' }),
    },
    undetermined: {
      'the connection is a parameter': {
        Parameters: { Connection: { Type: 'String' } },
        Resources: workplace({ ConnectionType: { Ref: 'Connection' } }),
      },
    },
  },
});
