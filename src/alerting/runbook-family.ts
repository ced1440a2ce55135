/** What a finding is about, as far as the response goes: each has a runbook. */
export enum RunbookFamily {
  /** Keys or sessions that somebody else uses. */
  STOLEN_CREDENTIALS = 'stolen-credentials',
  /** A bucket that can be read from outside. */
  EXPOSED_BUCKET = 'exposed-bucket',
  /** A server that somebody else controls. */
  COMPROMISED_INSTANCE = 'compromised-instance',
  /** Files of a server that changed without a plan. */
  CHANGED_FILES = 'changed-files',
  /** A container that somebody else controls. */
  COMPROMISED_CONTAINER = 'compromised-container',
  /** A file with malware. */
  MALWARE = 'malware',
  /** Data that leaves for somewhere unknown. */
  DATA_EXFILTRATION = 'data-exfiltration',
  /** A server that mines crypto currency. */
  CRYPTO_MINING = 'crypto-mining',
  /** Logging or detection that was switched off. */
  TRAIL_TAMPERING = 'trail-tampering',
  /** The root user was used. */
  ROOT_USE = 'root-use',
  /** Much is deleted at once. */
  MASS_DELETION = 'mass-deletion',
}
