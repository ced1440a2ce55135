import { Token } from 'aws-cdk-lib';

/** What a new account is made with. */
export interface NewAccountOptions {
  /** The address of its root user, which no other account of AWS has: 6 to 64 characters. Make it a list that several people read. */
  readonly email: string;

  /**
   * Its name, 1 to 50 characters.
   *
   * @default - after its use, such as `log-archive`
   */
  readonly name?: string;

  /**
   * The role in it that administrators of the account that manages the organization can assume.
   *
   * @default 'OrganizationAccountAccessRole'
   */
  readonly roleName?: string;
}

/** An account of an organization: one that is made, or one that there is. */
export class MemberAccount {
  /**
   * An account that is made. It stays when the stack is deleted, and when it is taken out of it.
   *
   * @param options what it is made with.
   * @throws when the address or the name is none.
   */
  public static create(options: NewAccountOptions): MemberAccount {
    const { email, name } = options;
    if (!Token.isUnresolved(email) && !/^(?=.{6,64}$)[^\s@]+@[^\s@]+\.[^\s@]+$/.test(email))
      throw new Error(`'email' of an account must be an address of 6 to 64 characters, got '${email}'`);
    if (name !== undefined && !Token.isUnresolved(name) && !/^[ -~]{1,50}$/.test(name))
      throw new Error(`'name' of an account must be 1 to 50 plain characters, got '${name}'`);
    return new MemberAccount(undefined, options);
  }

  /**
   * An account that is in the organization already. Nothing of it is changed; it stays in its unit.
   *
   * @param accountId its id, 12 digits.
   * @throws when the id is none.
   */
  public static existing(accountId: string): MemberAccount {
    if (!Token.isUnresolved(accountId) && !/^\d{12}$/.test(accountId))
      throw new Error(`'accountId' must be 12 digits, as a string, got '${accountId}'`);
    return new MemberAccount(accountId);
  }

  private constructor(
    /** Its id; not set for one that is made. */
    public readonly accountId?: string,
    /** What it is made with; not set for one that there is. */
    public readonly creation?: NewAccountOptions,
  ) {}
}
