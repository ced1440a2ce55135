import { Stack, type StackProps } from 'aws-cdk-lib';
import { OperationsDashboard } from 'cdk-soc2';
import type { Construct } from 'constructs';
import type { BackupStack } from './backup-stack';
import type { DataStack } from './data-stack';
import type { DetectionStack } from './detection-stack';
import type { EvidenceStack } from './evidence-stack';
import type { ServiceStack } from './service-stack';

export interface OperationsStackProps extends StackProps {
  readonly service: ServiceStack;
  readonly data: DataStack;
  readonly backups: BackupStack;
  readonly detection: DetectionStack;
  readonly evidence: EvidenceStack;
}

/** How the service does, at a glance, and as a report that is kept. */
export class OperationsStack extends Stack {
  constructor(scope: Construct, id: string, { service, data, backups, detection, evidence, ...props }: OperationsStackProps) {
    super(scope, id, props);
    const dashboard = new OperationsDashboard(this, 'Operations', { reportBucket: evidence.store.bucket });
    dashboard.addLoadBalancer('Service', service.loadBalancer);
    dashboard.addDatabase('Orders', data.database);
    dashboard.addBackupVault('Backups', backups.program.vault);
    dashboard.addVulnerabilityScanning('Account', detection.vulnerabilities);
  }
}
