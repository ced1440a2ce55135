/** What GuardDuty reads beside the logs that it always reads. */
const FEATURES = ['S3_DATA_EVENTS', 'EKS_AUDIT_LOGS', 'EBS_MALWARE_PROTECTION', 'RDS_LOGIN_EVENTS', 'LAMBDA_NETWORK_LOGS'];

/** Agents that GuardDuty installs by itself where it watches what runs. */
const AGENTS = ['EKS_ADDON_MANAGEMENT', 'ECS_FARGATE_AGENT_MANAGEMENT', 'EC2_AGENT_MANAGEMENT'];

/** A feature, in the words of CloudFormation. */
export interface Feature {
  readonly name: string;
  readonly status: string;
  readonly additionalConfiguration?: { readonly name: string; readonly status: string }[];
}

/** The features of a detector. */
export function featuresOf(watchesRuntime: boolean): Feature[] {
  const status = watchesRuntime ? 'ENABLED' : 'DISABLED';
  return [
    ...FEATURES.map((name) => ({ name, status: 'ENABLED' })),
    { name: 'RUNTIME_MONITORING', status, additionalConfiguration: AGENTS.map((name) => ({ name, status })) },
  ];
}

/** The same for a custom resource, whose properties are passed on as they are. */
export function plainFeaturesOf(watchesRuntime: boolean) {
  return featuresOf(watchesRuntime).map(({ name, status, additionalConfiguration: agents }) => ({
    Name: name,
    Status: status,
    ...(agents ? { AdditionalConfiguration: agents.map((agent) => ({ Name: agent.name, Status: agent.status })) } : {}),
  }));
}
