import { Criterion } from '../../criteria/criterion';
import type { Json, JsonObject } from '../../model/json';
import { defineRule } from '../rule';
import { CLUSTER_TYPES, clusterSetting } from '../shared/eks-cluster';
import { withParameter } from '../shared/iam-examples';

/** The logs that tell who did what; the other two tell how the control plane itself fares. */
const NEEDED = ['api', 'audit', 'authenticator'];

const cluster = (properties: JsonObject) => ({ Cluster: { Type: 'AWS::EKS::Cluster', Properties: { ...properties } } });
const logging = (...types: Json[]) => ({
  Logging: { ClusterLogging: { EnabledTypes: types.map((Type) => ({ Type })) } },
});
const custom = (enabled: Json) => ({
  Cluster: {
    Type: 'Custom::AWSCDK-EKS-Cluster',
    Properties: { Config: { logging: { clusterLogging: [{ enabled, types: NEEDED }] } } },
  },
});

export default defineRule({
  id: 'EKS.2',
  slug: 'eks-audit-logging',
  title: 'EKS clusters log who did what',
  criteria: [Criterion.CC7_2, Criterion.CC7_3],
  control: 'audit-trail',
  severity: 'error',
  resourceTypes: CLUSTER_TYPES,
  rationale:
    'CloudTrail does not see what is done inside a cluster; without its audit log nobody can tell who read a secret there.',
  remediation: 'Set `clusterLogging` to `eks.ClusterLoggingTypes.API`, `AUDIT` and `AUTHENTICATOR` at least.',
  references: [
    'Security Hub EKS.8',
    'AWS Config EKS_CLUSTER_LOGGING_ENABLED',
    'cdk-nag EKSClusterControlPlaneLogs',
    'checkov CKV_AWS_37',
    'NIST 800-53 AU-12',
  ],
  check: (cluster) => {
    const expected = NEEDED.map((type) => `'${type}'`).join(', ');
    const setting = clusterSetting(cluster, 'Logging.ClusterLogging');
    const isNative = cluster.type === 'AWS::EKS::Cluster';
    const switches = isNative ? [] : setting.items().map((each) => each.at('enabled'));
    const types = isNative
      ? setting.all('EnabledTypes.*.Type')
      : setting
          .items()
          .filter((each) => each.at('enabled').isAbsent || each.at('enabled').boolean === true)
          .flatMap((each) => each.at('types').items());
    const missing = NEEDED.filter((needed) => !types.some(({ string }) => string === needed));
    if (missing.length === 0) return [];
    const open = [setting, setting.at('EnabledTypes'), ...switches, ...types].find(({ isUnknown }) => isUnknown);
    if (open) return [open.undetermined(expected)];
    return [setting.fails(expected, `the logs ${missing.map((type) => `'${type}'`).join(', ')} are off`)];
  },
  examples: {
    pass: {
      'the logs are on': cluster(logging('audit', 'api', 'authenticator')),
      'all logs are on': cluster(logging('api', 'audit', 'authenticator', 'controllerManager', 'scheduler')),
      'the logs are on, as CDK writes it': custom(true),
    },
    fail: {
      'logs are not mentioned': cluster({}),
      'no log is on': cluster(logging()),
      'the audit log is off': cluster(logging('api', 'authenticator')),
      'the logs are off, as CDK writes it': custom(false),
    },
    undetermined: {
      'one log is a parameter': withParameter('Log', cluster(logging('api', 'authenticator', { Ref: 'Log' }))),
      'whether logs are on is a parameter, as CDK writes it': withParameter('On', custom({ Ref: 'On' })),
    },
  },
});
