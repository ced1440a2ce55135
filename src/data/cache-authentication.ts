/** How an application proves to a cache who it is. */
export enum CacheAuthentication {
  /** With a token that it signs with its role, and that is good for 15 minutes: there is no password. */
  IAM = 'IAM',
  /** With a password that is generated into a secret. A rule asks for a schedule on which it changes. */
  SECRET = 'SECRET',
}
