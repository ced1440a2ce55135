import { App } from 'aws-cdk-lib';
import { EnvironmentKind, Soc2 } from 'cdk-soc2';
import { BaselineStack } from './baseline-stack';
import { GuardrailsStack } from './guardrails-stack';
import { IdentityStack } from './identity-stack';
import { inherited } from './inherited';
import { LandingZoneStack } from './landing-zone-stack';
import { ManagementStack } from './management-stack';
import { HOME_REGION, REGIONS } from './organization';

const app = new App();
/** The account that manages the organization. */
const account = '111122223333';
const env = { account, region: HOME_REGION };

Soc2.enable(app, {
  environment: {
    kind: EnvironmentKind.PRODUCTION,
    owner: 'platform team',
    dataClassification: 'internal',
    servesEveryEnvironment: true,
  },
  sinceFirstDeployment: true,
  checks: { inherited },
});

// The home Region last: what is made after it sends its alarms there.
for (const region of [...REGIONS].reverse()) new ManagementStack(app, `Management-${region}`, { env: { account, region } });
const { landingZone } = new LandingZoneStack(app, 'LandingZone', { env });
new GuardrailsStack(app, 'Guardrails', { env, landingZone });
new IdentityStack(app, 'Identity', { env });
new BaselineStack(app, 'Baseline', { env, landingZone });

app.synth();
