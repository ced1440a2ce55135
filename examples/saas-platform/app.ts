import { App, Tags, Validations } from 'aws-cdk-lib';
import { Soc2Checks } from 'cdk-soc2';
import { BaselineStack } from './baseline-stack';
import { DataStack } from './data-stack';
import { NetworkStack } from './network-stack';
import { ServiceStack } from './service-stack';

const app = new App();
const env = { account: '111122223333', region: 'eu-west-1' };

const baseline = new BaselineStack(app, 'Baseline', { env });
const network = new NetworkStack(app, 'Network', { env, logKey: baseline.logKey });
const data = new DataStack(app, 'Data', { env, vpc: network.vpc, accessLogs: baseline.accessLogs, logKey: baseline.logKey });
new ServiceStack(app, 'Service', { env, vpc: network.vpc, data, accessLogs: baseline.accessLogs, logKey: baseline.logKey });

Tags.of(app).add('Environment', 'production');

Validations.of(app).addPlugins(
  new Soc2Checks(app, {
    inherited: [
      {
        rule: 'config-recorder',
        owner: 'security team',
        pointer: 'AWS Config is run by the organization: stack set OrganizationConfig',
      },
      { rule: 'securityhub-enabled', owner: 'security team', pointer: 'delegated administrator 444455556666' },
      {
        rule: 'iam-password-policy',
        owner: 'security team',
        pointer: 'there are no IAM users: people sign in through IAM Identity Center',
      },
      { rule: 's3-account-public-access-block', owner: 'security team', pointer: 'stack set AccountBaseline' },
      { rule: 'ebs-encryption-by-default', owner: 'security team', pointer: 'stack set AccountBaseline' },
      { rule: 'ebs-snapshot-block-public-access', owner: 'security team', pointer: 'stack set AccountBaseline' },
    ],
  }),
);

app.synth();
