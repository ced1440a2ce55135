import { Stack, type StackProps } from 'aws-cdk-lib';
import { AccountBaseline } from 'cdk-soc2';
import type { Construct } from 'constructs';

/** Who did what, what everything looked like, alarms on both; threats, weaknesses, personal data; and settings of the account. */
export class BaselineStack extends Stack {
  constructor(scope: Construct, id: string, props: StackProps) {
    super(scope, id, props);
    new AccountBaseline(this, 'Baseline');
  }
}
