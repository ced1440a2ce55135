import { App, Tags } from 'aws-cdk-lib';
import { EnvironmentKind, Soc2 } from 'cdk-soc2';
import { AlertStack } from './alert-stack';
import { BackupStack } from './backup-stack';
import { DataStack } from './data-stack';
import { DetectionStack } from './detection-stack';
import { EvidenceStack } from './evidence-stack';
import { HostsStack } from './hosts-stack';
import { ImageStack } from './image-stack';
import { inherited } from './inherited';
import { LoggingStack } from './logging-stack';
import { NetworkStack } from './network-stack';
import { OperationsStack } from './operations-stack';
import { RestoreStack } from './restore-stack';
import { ServiceStack } from './service-stack';

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

// What an account needs in every Region that is in use.
new DetectionStack(app, 'DetectionElsewhere', { env: elsewhere });

// What it needs where people look. Who is told comes first: what is made after it sends its alarms there.
const { alerts } = new AlertStack(app, 'Alerts', { env });
const detection = new DetectionStack(app, 'Detection', { env });
const { archive } = new LoggingStack(app, 'Logging', { env });
const regions = [env.region, elsewhere.region, 'us-east-1'];
const evidence = new EvidenceStack(app, 'Evidence', { env, archive, regions });
const backups = new BackupStack(app, 'Backups', { env, elsewhere });

// What customers use.
const { vpc } = new NetworkStack(app, 'Network', { env });
const data = new DataStack(app, 'Data', { env, vpc });
backups.program.protect(data.database, data.uploads, alerts.register);
new RestoreStack(app, 'RestoreTests', { env, data, evidence });
const { images } = new ImageStack(app, 'Images', { env });
const service = new ServiceStack(app, 'Service', { env, vpc, data, images });
const hosts = new HostsStack(app, 'Hosts', { env, vpc, data });
backups.program.protect(hosts.integrity);

new OperationsStack(app, 'Operations', { env, service, data, backups, detection, evidence });

app.synth();
