/** A managed rule of AWS Config, and the rules of the pack that say the same of templates. */
export interface ConfigRule {
  /** The identifier that AWS gave it. */
  readonly identifier: string;
  /** Names of the rules of the pack. */
  readonly slugs: readonly string[];
  /** Criteria that these support. */
  readonly criteria: readonly string[];
  /** How serious the most serious of them is. */
  readonly severity: 'error' | 'warning' | 'info';
  readonly parameters?: Readonly<Record<string, string>>;
  /** The only Regions that have it. */
  readonly onlyIn?: readonly string[];
  /** Regions that do not have it. */
  readonly notIn?: readonly string[];
}
