import { App } from 'aws-cdk-lib';
import { EnvironmentKind, Soc2 } from 'cdk-soc2';
import { inherited } from './inherited';
import { PlatformStage } from './platform-stage';

const app = new App();
Soc2.enable(app, { sinceFirstDeployment: true, checks: { inherited } });

const common = { region: 'eu-west-1', owner: 'platform team' };
new PlatformStage(app, 'Production', {
  ...common,
  kind: EnvironmentKind.PRODUCTION,
  account: '444455556666',
  dataClassification: 'confidential',
  hostName: 'app',
});
// Neither has data of customers, and each has an account of its own: an app in which one shares that of production does not synthesize.
new PlatformStage(app, 'Staging', {
  ...common,
  kind: EnvironmentKind.STAGING,
  account: '555566667777',
  dataClassification: 'internal',
  hostName: 'staging',
});
new PlatformStage(app, 'Development', {
  ...common,
  kind: EnvironmentKind.DEVELOPMENT,
  account: '666677778888',
  dataClassification: 'internal',
  hostName: 'development',
});

app.synth();
