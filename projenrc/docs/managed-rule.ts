/** What AWS says of a managed rule of AWS Config, as far as a conformance pack needs to know. */
export interface ManagedRule {
  /** Parameters without which it cannot be deployed. */
  readonly required?: readonly string[];
  /** The only Regions that have it. */
  readonly onlyIn?: readonly string[];
  /** Regions that do not have it. */
  readonly notIn?: readonly string[];
}
