/** Who turns a security service on, in the account and Region of a stack. */
export enum SecurityServiceMode {
  /** The stack: the service is off until then. */
  CREATE = 'CREATE',
  /**
   * Somebody did already, by hand or in another stack. The construct brings the settings up to what it is told, by API, and leaves
   * the service on when the stack is deleted.
   */
  ADOPT = 'ADOPT',
  /**
   * The delegated administrator of the organization, in another account. The construct turns nothing on.
   *
   * The rules see the templates of this app only: declare `inherited` controls in the options of the rule pack, with the owner and a
   * pointer to the stack of the administrator. The ledger then says inherited, not passed.
   */
  DELEGATED = 'DELEGATED',
}
