/** What a password policy of an account says, in the words of IAM. */
export interface PasswordPolicySettings {
  readonly MinimumPasswordLength: number;
  readonly PasswordReusePrevention: number;
  /** Days; passwords do not expire where it is not set. */
  readonly MaxPasswordAge?: number;
  readonly RequireLowercaseCharacters: boolean;
  readonly RequireUppercaseCharacters: boolean;
  readonly RequireNumbers: boolean;
  readonly RequireSymbols: boolean;
}

/**
 * What the template asks of the function that sets what holds for an account. What is left out stays as it is.
 *
 * Each name is a property of the custom resource, which rules judge.
 */
export interface AccountSettingsProperties {
  readonly PasswordPolicy?: PasswordPolicySettings;
  /** The switches of S3. */
  readonly PublicAccessBlock?: Readonly<Record<string, boolean>>;
  readonly VolumeEncryption?: { readonly Enabled: true; readonly KmsKeyId?: string };
  readonly InstanceMetadata?: { readonly HttpTokens: 'required'; readonly HttpTokensEnforced?: 'enabled' };
  readonly SnapshotSharing?: { readonly State: 'block-all-sharing' };
  readonly ImageSharing?: { readonly State: 'block-new-sharing' };
  readonly DocumentSharing?: { readonly Value: 'Disable' };
  /** The kinds of analyzers that must be there already. */
  readonly Analyzers?: readonly string[];
}

/** The type of the custom resource. */
export const ACCOUNT_SETTINGS = 'Custom::Soc2AccountSettings';

/** The setting of Systems Manager that says whether documents may be shared with everybody. */
export const DOCUMENT_SHARING = '/ssm/documents/console/public-sharing-permission';
