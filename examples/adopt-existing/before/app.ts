import { App } from 'aws-cdk-lib';
import { ShopStack } from './shop-stack';

const app = new App();

new ShopStack(app, 'Shop', { env: { account: '111122223333', region: 'eu-west-1' } });

app.synth();
