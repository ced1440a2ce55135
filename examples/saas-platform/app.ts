import { App, Tags } from 'aws-cdk-lib';
import { EnvironmentKind, Soc2, Soc2Environment } from 'cdk-soc2';
import { AlertStack } from './alert-stack';
import { BackupStack } from './backup-stack';
import { DataStack } from './data-stack';
import { DetectionStack } from './detection-stack';
import { ImageStack } from './image-stack';
import { inherited } from './inherited';
import { NetworkStack } from './network-stack';
import { ServiceStack } from './service-stack';
import { TrailStack } from './trail-stack';

const app = new App();
Soc2.enable(app, {
  environment: { kind: EnvironmentKind.PRODUCTION, owner: 'platform team', dataClassification: 'confidential' },
  sinceFirstDeployment: true,
  checks: { inherited },
});
Tags.of(app).add('Environment', 'production');

const env = { account: '111122223333', region: 'eu-west-1' };
/** Where copies of backups are. */
const elsewhere = { ...env, region: 'eu-central-1' };

// What an account needs once.
const { topic } = new AlertStack(app, 'Alerts', { env });
Soc2Environment.of(app).sendAlarmsTo(topic);
new TrailStack(app, 'Trail', { env });
new DetectionStack(app, 'Detection', { env });
new DetectionStack(app, 'DetectionElsewhere', { env: elsewhere });
const backups = new BackupStack(app, 'Backups', { env, elsewhere });

// What customers use.
const { vpc } = new NetworkStack(app, 'Network', { env });
const data = new DataStack(app, 'Data', { env, vpc });
backups.program.protect(data.database, data.uploads);
const { images } = new ImageStack(app, 'Images', { env });
new ServiceStack(app, 'Service', { env, vpc, data, images });

app.synth();
