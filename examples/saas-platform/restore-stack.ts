import { Duration, Stack, type StackProps } from 'aws-cdk-lib';
import { RestoreTest, RestoreTesting } from 'cdk-soc2';
import type { Construct } from 'constructs';
import type { DataStack } from './data-stack';
import type { EvidenceStack } from './evidence-stack';

export interface RestoreStackProps extends StackProps {
  readonly data: DataStack;
  /** Where tickets are kept. */
  readonly evidence: EvidenceStack;
}

/** Proof, every month, that backups can be restored and hold the data. */
export class RestoreStack extends Stack {
  constructor(scope: Construct, id: string, { data, evidence, ...props }: RestoreStackProps) {
    super(scope, id, props);
    new RestoreTesting(this, 'RestoreTesting', {
      rpo: Duration.hours(24),
      rto: Duration.hours(4),
      ticketBucket: evidence.store.bucket,
      tests: [
        RestoreTest.database(data.database, {
          databaseName: 'shop',
          tables: [{ name: 'orders', minimumRows: 1_000, freshnessColumn: 'updated_at' }],
        }),
        RestoreTest.bucket(data.uploads, { minimumObjects: 100 }),
      ],
    });
  }
}
