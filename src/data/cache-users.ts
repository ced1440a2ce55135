import { Names } from 'aws-cdk-lib';
import * as elasticache from 'aws-cdk-lib/aws-elasticache';
import type * as kms from 'aws-cdk-lib/aws-kms';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import type { Construct } from 'constructs';

interface CacheUserOptions {
  readonly isIam: boolean;
  readonly accessString: string;
  readonly encryptionKey: kms.IKey;
}

interface CacheUsers {
  readonly user: elasticache.CfnUser;
  readonly userGroup: elasticache.CfnUserGroup;
  readonly secret?: secretsmanager.Secret;
}

/** Groups of this engine take both engines' caches, and a user `default` that needs no password as long as it is off. */
const ENGINE = 'redis';

/** The user of the application, with `default` turned off beside it, which every group has to have. */
export function addCacheUsers(scope: Construct, { isIam, accessString, encryptionKey }: CacheUserOptions): CacheUsers {
  const name = uniqueName(scope, 'app');
  const secret = isIam
    ? undefined
    : new secretsmanager.Secret(scope, 'Secret', {
        description: `Login to the cache ${scope.node.path}`,
        encryptionKey,
        generateSecretString: {
          secretStringTemplate: JSON.stringify({ username: name }),
          generateStringKey: 'password',
          excludePunctuation: true,
          passwordLength: 64,
        },
      });
  const user = new elasticache.CfnUser(scope, 'User', {
    engine: ENGINE,
    // With IAM, name and id have to be the same.
    userId: name,
    userName: name,
    accessString,
    ...(secret
      ? { passwords: [secret.secretValueFromJson('password').unsafeUnwrap()] }
      : { authenticationMode: { Type: 'iam' } }),
  });
  const off = new elasticache.CfnUser(scope, 'DefaultUser', {
    engine: ENGINE,
    userId: uniqueName(scope, 'default'),
    userName: 'default',
    accessString: 'off -@all',
    noPasswordRequired: true,
  });
  const userGroup = new elasticache.CfnUserGroup(scope, 'Users', {
    engine: ENGINE,
    userGroupId: uniqueName(scope, 'users'),
    userIds: [off.ref, user.ref],
  });
  return { user, userGroup, secret };
}

/** CloudFormation makes up no names for users: lower-case letters, digits and hyphens, at most 40. */
function uniqueName(scope: Construct, what: string): string {
  const path = Names.uniqueResourceName(scope, { maxLength: 31, separator: '-' }).toLowerCase();
  return `${path.replace(/^[^a-z]+/, '')}-${what}`;
}
