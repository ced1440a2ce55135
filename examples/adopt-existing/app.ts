import { App } from 'aws-cdk-lib';
import { EnvironmentKind, Soc2 } from 'cdk-soc2';
import { inherited } from './inherited';
import { ShopStack } from './shop-stack';

const app = new App();
Soc2.enable(app, {
  environment: { kind: EnvironmentKind.PRODUCTION, owner: 'shop team', dataClassification: 'confidential' },
  checks: { inherited },
});

new ShopStack(app, 'Shop', { env: { account: '111122223333', region: 'eu-west-1' } });

app.synth();
