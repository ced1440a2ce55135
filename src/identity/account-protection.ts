/** A protection that holds for a whole account, or for an account in a Region. */
export enum AccountProtection {
  /** Passwords of IAM users are long, of all kinds of characters, and not used again. For the whole account. */
  PASSWORD_POLICY = 'PASSWORD_POLICY',
  /** No bucket is public, whatever its policy says. For the whole account. */
  PRIVATE_BUCKETS = 'PRIVATE_BUCKETS',
  /** New volumes and copies of snapshots are encrypted. In the Region. */
  ENCRYPTED_VOLUMES = 'ENCRYPTED_VOLUMES',
  /** New instances answer only those who ask for their credentials with a token (IMDSv2). In the Region. */
  IMDSV2 = 'IMDSV2',
  /** No snapshot of a volume is shared with everybody. In the Region. */
  PRIVATE_SNAPSHOTS = 'PRIVATE_SNAPSHOTS',
  /** No image is newly shared with everybody. In the Region. */
  PRIVATE_IMAGES = 'PRIVATE_IMAGES',
  /** No document of Systems Manager is shared with everybody. In the Region. */
  PRIVATE_DOCUMENTS = 'PRIVATE_DOCUMENTS',
}
