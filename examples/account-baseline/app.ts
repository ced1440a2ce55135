import { App } from 'aws-cdk-lib';
import { EnvironmentKind, Soc2, Soc2Environment } from 'cdk-soc2';
import { AlertingStack } from './alerting-stack';
import { BaselineStack } from './baseline-stack';
import { inherited } from './inherited';

const app = new App();
const env = { account: '111122223333', region: 'eu-west-1' };

Soc2.enable(app, {
  environment: { kind: EnvironmentKind.PRODUCTION, owner: 'platform team', dataClassification: 'confidential' },
  sinceFirstDeployment: true,
  checks: { inherited },
});

// First of all: what is made after it sends its alarms there.
const { alerts } = new AlertingStack(app, 'Alerting', { env });
Soc2Environment.of(app).sendAlarmsTo(alerts.alarmTopic);

new BaselineStack(app, 'Baseline', { env });

app.synth();
