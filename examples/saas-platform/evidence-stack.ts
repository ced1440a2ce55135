import { Stack, type StackProps } from 'aws-cdk-lib';
import { EvidenceCollector, EvidenceStore, type LogArchive } from 'cdk-soc2';
import type { Construct } from 'constructs';

export interface EvidenceStackProps extends StackProps {
  /** Where the trail delivers. */
  readonly archive: LogArchive;
  /** Every Region that is in use, and the one where IAM records what it does. */
  readonly regions: string[];
}

/** Proof, collected every day, that controls worked. */
export class EvidenceStack extends Stack {
  /** Keeps it, and the reports of other stacks, for seven years. */
  public readonly store: EvidenceStore;

  constructor(scope: Construct, id: string, { archive, regions, ...props }: EvidenceStackProps) {
    super(scope, id, props);
    this.store = new EvidenceStore(this, 'Evidence');
    new EvidenceCollector(this, 'Collector', { store: this.store, archiveBucket: archive.bucket, regions });
  }
}
