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
