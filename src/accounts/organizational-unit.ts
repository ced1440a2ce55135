/** The units of an organization, by their paths. */
export enum OrganizationalUnit {
  /** Accounts of the security team: log archive, security tooling. */
  SECURITY = 'Security',
  /** What serves every environment: networks, pipelines, backups. */
  INFRASTRUCTURE = 'Infrastructure',
  /** What the organization is for. */
  WORKLOADS = 'Workloads',
  /** Workloads that serve customers. */
  PRODUCTION = 'Workloads/Production',
  /** Workloads that do not: tests, staging, development. */
  NON_PRODUCTION = 'Workloads/NonProduction',
  /** Experiments, apart from everything else. */
  SANDBOX = 'Sandbox',
}
