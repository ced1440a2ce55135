import { Stack, type StackProps } from 'aws-cdk-lib';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { AccessReview, PermissionSets, SecureBucket, SecureTopic } from 'cdk-soc2';
import type { Construct } from 'constructs';
import { IDENTITY_CENTER } from './organization';

/** Who may do what in which account, and a list of it to review every quarter. */
export class IdentityStack extends Stack {
  constructor(scope: Construct, id: string, props: StackProps) {
    super(scope, id, props);
    const { instanceArn, identityStoreId, groups, accounts } = IDENTITY_CENTER;
    const alertTopic = new SecureTopic(this, 'Emergencies', { displayName: 'Emergency access' });
    alertTopic.addSubscription(new EmailSubscription('security@example.com'));
    const everywhere = [accounts.production, accounts.development];
    new PermissionSets(this, 'PermissionSets', {
      instanceArn,
      alertTopic,
      nonProductionAccounts: [accounts.development],
      assignments: [
        { permissionSet: PermissionSets.READ_ONLY, groupId: groups.developers, accounts: everywhere },
        { permissionSet: PermissionSets.POWER_USER, groupId: groups.operators, accounts: everywhere },
        { permissionSet: PermissionSets.AUDITOR, groupId: groups.auditors, accounts: [accounts.production] },
        { permissionSet: PermissionSets.BREAK_GLASS, groupId: groups.onCall, accounts: [accounts.production] },
      ],
    });
    new AccessReview(this, 'AccessReview', {
      bucket: new SecureBucket(this, 'Reviews'),
      identityCenterArn: instanceArn,
      identityStoreId,
    });
  }
}
