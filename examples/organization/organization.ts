/** The organization that there is, as the console of Organizations shows it. */
export const ORGANIZATION = { organizationId: 'o-a1b2c3d4e5', rootId: 'r-ab12' };

/** Where trails and recorders of all accounts write to: the archive in its account, which an app of its own deploys. */
export const ARCHIVE = {
  bucketName: 'acme-logs',
  configurationBucketName: 'acme-configurations',
  encryptionKeyArn: 'arn:aws:kms:eu-west-1:222233334444:key/1234abcd-12ab-34cd-56ef-1234567890ab',
  organizationId: ORGANIZATION.organizationId,
};

/** The Regions that anything may run in, the home Region first. */
export const REGIONS = ['eu-west-1', 'us-east-1'];
export const [HOME_REGION] = REGIONS;

/** Identity Center, which is there already: its instance, its directory, and groups of people in it. */
export const IDENTITY_CENTER = {
  instanceArn: 'arn:aws:sso:::instance/ssoins-1234567890abcdef',
  identityStoreId: 'd-1234567890',
  groups: {
    developers: '5f2c1a90-11d2-4c3b-9a55-0c1d2e3f4a01',
    operators: '5f2c1a90-11d2-4c3b-9a55-0c1d2e3f4a02',
    auditors: '5f2c1a90-11d2-4c3b-9a55-0c1d2e3f4a03',
    onCall: '5f2c1a90-11d2-4c3b-9a55-0c1d2e3f4a04',
  },
  accounts: { production: '333344445555', development: '444455556666' },
} as const;
