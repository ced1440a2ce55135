/** A rule of a firewall, in words. */
export interface FirewallRule {
  readonly environment: string;
}
