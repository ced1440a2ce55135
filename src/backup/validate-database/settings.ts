import type { Check, ValidatorCall } from '../restore-messages';
import { check } from '../restore-shared/checks';
import type { Database } from './describe';

/** What must be true of a restored database before anybody connects to it. */
export function settingsOf(database: Database, { settings }: ValidatorCall['test'], sourceKey?: string): readonly Check[] {
  const { asked, status, isEncrypted, keyArn, isPublic, vpcIds, securityGroupIds } = database;
  const { vpcId, securityGroupId } = settings;
  return [
    check('the database is available', asked, 'available', status),
    check('its storage is encrypted', asked, true, isEncrypted),
    sourceKey === undefined
      ? check('its key is a key of KMS', asked, 'a key', keyArn ?? 'none', keyArn !== undefined)
      : check('its key is that of the source', asked, sourceKey, keyArn),
    check('it is not public', asked, false, isPublic),
    check('it is in the network of the test', asked, vpcId, vpcIds.join(' ')),
    check('its security group is that of the test', asked, securityGroupId, securityGroupIds.join(' ')),
  ];
}
