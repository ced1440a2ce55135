import type { Duration } from 'aws-cdk-lib';
import type { PasswordPolicySettings } from './account-settings-properties';

/**
 * What is asked of passwords of IAM users: at least so much.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_passwords_account-policy.html
 */
export interface PasswordPolicy {
  /**
   * The fewest characters: 14 to 128.
   *
   * @default 14
   */
  readonly minimumLength?: number;

  /**
   * After how long a password must be changed: 1 to 1,095 days. Passwords that must be changed often are weaker ones, so that NIST advises
   * against it; some customers ask for it.
   *
   * @default - passwords do not expire
   * @see https://pages.nist.gov/800-63-4/sp800-63b.html
   */
  readonly maximumAge?: Duration;
}

/** In the words of IAM. */
export function passwordPolicySettings({ minimumLength = 14, maximumAge }: PasswordPolicy = {}): PasswordPolicySettings {
  return {
    MinimumPasswordLength: within('minimumLength', minimumLength, 14, 128, 'characters'),
    PasswordReusePrevention: 24,
    ...(maximumAge && { MaxPasswordAge: within('maximumAge', maximumAge.toDays({ integral: false }), 1, 1095, 'days') }),
    RequireLowercaseCharacters: true,
    RequireUppercaseCharacters: true,
    RequireNumbers: true,
    RequireSymbols: true,
  };
}

function within(name: string, value: number, least: number, most: number, unit: string): number {
  if (Number.isInteger(value) && value >= least && value <= most) return value;
  throw new Error(
    `'${name}' of 'passwordPolicy' must be ${least} to ${most} whole ${unit}, got ${value}: change it, or leave it out`,
  );
}
