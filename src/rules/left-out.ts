/** Why a check of the field is not a rule here. */
export interface LeftOut {
  /**
   * `duplicate`: another rule answers it. `obsolete`: the service or the setting is gone, or is always on. `cost`: it costs money and
   * secures nothing. `opinion`: good designs differ. `unseen`: a template cannot show it.
   */
  readonly because: 'duplicate' | 'obsolete' | 'cost' | 'opinion' | 'unseen';
  /** In a sentence, for somebody who misses the check. */
  readonly why: string;
}

/** Checks that others map to SOC 2 and that a template could show, yet that are not worth a stop; by the name that they have in the field. */
export const LEFT_OUT: Readonly<Record<string, LeftOut>> = {
  // --- Alarms, events, messages ---
  'kinesis-enhanced-monitoring': {
    because: 'cost',
    why: 'Metrics are billed shard by shard; those of the stream tell of throttling and of late consumers without them.',
  },
  'cfn-stack-notifications': {
    because: 'unseen',
    why: 'The topics of a stack are given to CloudFormation beside the template; who deployed what is in the trail in any case.',
  },
  'appmesh-egress-drop': { because: 'obsolete', why: 'AWS ended App Mesh on 30 September 2026.' },
  'appmesh-backend-tls': { because: 'obsolete', why: 'AWS ended App Mesh on 30 September 2026.' },
  'appmesh-listener-tls': { because: 'obsolete', why: 'AWS ended App Mesh on 30 September 2026.' },
  'appmesh-access-log': { because: 'obsolete', why: 'AWS ended App Mesh on 30 September 2026.' },
  // --- The account ---
  'detective-enabled': {
    because: 'opinion',
    why: 'Detective is one of several ways to look into a finding; queries over the trail, or a SIEM, answer the same questions.',
  },
  'kms-cmk-in-use': {
    because: 'duplicate',
    why: 'That some key exists protects nothing; each store of data has a rule of its own about the key that encrypts it.',
  },
  'network-firewall-exists': {
    because: 'opinion',
    why: 'Security groups, web ACLs and DNS firewalls draw the same line; a firewall in every VPC is right for some networks only.',
  },
  'organizations-enabled': {
    because: 'unseen',
    why: 'The templates of an account do not say which organization it is in; `organizations-scps` judges those that manage one.',
  },
  'shield-advanced-enabled': {
    because: 'cost',
    why: 'Shield Standard is always on; the paid subscription is judged by what it protects where it is in use.',
  },
  // --- Networks and servers ---
  's2s-vpn-gateway-attached': {
    because: 'opinion',
    why: 'A virtual private gateway without a VPC carries no traffic and opens nothing; it may also serve a Direct Connect gateway, which a template does not show.',
  },
  's2s-vpn-lifecycle-control': {
    because: 'opinion',
    why: 'It lets a team choose when AWS replaces the end of a tunnel, and by waiting also puts off security updates; with two tunnels neither way interrupts.',
  },
  's2s-vpn-acceleration': {
    because: 'cost',
    why: 'Acceleration shortens the way that packets take and is paid for by the hour; the tunnel is as safe, and as redundant, without it.',
  },
  'ec2-multi-az': {
    because: 'opinion',
    why: 'One instance is always in one zone. What has to outlive a zone runs in an Auto Scaling group, a cluster or a database, and those have rules about zones.',
  },
  'ec2-secure-enclave': {
    because: 'opinion',
    why: 'An enclave takes an application that was written for it, and most instances have nothing to run there; hosts and keys of enclaves have rules of their own.',
  },
  'ebs-delete-on-termination': {
    because: 'opinion',
    why: 'Deleting a disk with its server disposes of data, and keeping it allows recovery: both are right somewhere. Rules ask for encryption and backups of either.',
  },
  'vpc-lattice-network-vpc': {
    because: 'opinion',
    why: 'A service network that no VPC joined can be reached by nobody; the VPCs that join later often belong to other accounts.',
  },
  'vpc-lattice-network-service': {
    because: 'opinion',
    why: 'A service network without services exposes nothing; services are often added by other teams, in other templates.',
  },
  'vpc-lattice-target-group-service': {
    because: 'opinion',
    why: 'A target group that no listener forwards to gets no requests, as during every deployment that swaps two of them.',
  },
  // --- The edge ---
  'asg-exists': {
    because: 'opinion',
    why: 'Containers, functions and pools of single servers scale as well; `asg-multi-az` judges the groups that there are.',
  },
  'asg-scale-in-protection': {
    because: 'opinion',
    why: 'It keeps a group from removing servers that it does not need; only workloads that cannot be interrupted want that.',
  },
  'acm-in-use': {
    because: 'unseen',
    why: 'A certificate may be used by another app, by hand or in another Region, and one that is not used harms nobody.',
  },
  'cloudfront-sni': {
    because: 'cost',
    why: 'Addresses of its own cost a distribution hundreds of dollars a month and serve old clients; `cloudfront-viewer-tls12` judges what those may speak.',
  },
  'cloudfront-origin-shield': {
    because: 'cost',
    why: 'One more cache in front of the origin saves it requests, at a price for each; the service is there without it.',
  },
  'wafv2-exists': {
    because: 'duplicate',
    why: '`alb-waf`, `cloudfront-waf`, `apigw-waf` and `cognito-waf` ask for a web ACL where there is something to protect.',
  },
  'apigw-caching': {
    because: 'cost',
    why: 'A cache is paid by the hour and holds answers that belong to one caller unless it is set up with care; `apigw-cache-encrypted` judges those in use.',
  },
  'apigw-metrics': {
    because: 'cost',
    why: 'API Gateway counts calls, errors and latency of every stage without it; the setting adds a set of paid metrics for each method.',
  },
  'apigw-resource-policy': {
    because: 'opinion',
    why: '`apigw-authorization` asks each method who calls. A private API is not reached without a resource policy, and a public one needs none.',
  },
  'amplify-no-auto-delete': {
    because: 'opinion',
    why: 'A preview that is removed with its branch leaves less behind on the internet than one that stays.',
  },
  'workspaces-auto-stop': {
    because: 'cost',
    why: 'It decides whether a desktop is paid by the hour or by the month, not who gets in.',
  },
  // --- Databases ---
  'dax-ttl': {
    because: 'opinion',
    why: 'How long an answer may be old is for the application to say; without a setting it is five minutes.',
  },
  'neptune-autoscaling': {
    because: 'opinion',
    why: 'Serverless clusters and a fixed number of readers are as good; `neptune-multi-az` asks for more than one instance.',
  },
  'neptune-result-cache': {
    because: 'opinion',
    why: 'A cache of results makes some queries faster; it keeps nothing available and protects nothing.',
  },
  'neptune-ssl': {
    because: 'obsolete',
    why: 'Since engine version 1.0.4.0 of 2020, Neptune answers to HTTPS only, and the parameter `neptune_enforce_ssl` has no say in it.',
  },
  'qldb-deletion-protection': {
    because: 'obsolete',
    why: 'QLDB was shut down in July 2025.',
  },
  'rds-kerberos': {
    because: 'opinion',
    why: 'A directory is one way to have central identities, and IAM is another, which `rds-iam-auth` asks for.',
  },
  'redshift-serverless-iam-roles': {
    because: 'opinion',
    why: 'A namespace needs a role only to load from and unload to other services; one without can do less harm.',
  },
  // --- Files, search, analysis ---
  'athena-results-encrypted': {
    because: 'obsolete',
    why: 'Results are objects in S3, which encrypts every new object since January 2023; Security Hub and cdk-nag have dropped the check. `athena-enforce-config` asks who chooses the key.',
  },
  'emr-serverless-auto-stop': {
    because: 'cost',
    why: 'An application that nobody uses stops after fifteen minutes by default; one that goes on costs money and opens nothing.',
  },
  'emr-serverless-custom-image': {
    because: 'opinion',
    why: 'The images of EMR are patched by AWS with each release; an image of one’s own has to be patched by whoever built it, and is not safer for being one.',
  },
  'emr-serverless-vpc': {
    because: 'opinion',
    why: 'EMR Serverless lets nobody in from outside, with or without a VPC; a VPC is for jobs whose data is in one.',
  },
  // --- Containers, functions, delivery, identities ---
  'ecr-registry-policy': {
    because: 'opinion',
    why: 'A registry needs a policy only where another account copies images into it; that an existing one admits nobody else is what ecr-repository-policy checks.',
  },
  'ecr-replication': {
    because: 'opinion',
    why: 'Images can be built again from their source; whether a second Region must hold them at once is a matter of how fast one wants to recover.',
  },
  'ecs-capacity-provider': {
    because: 'opinion',
    why: 'A service that names its launch type, as those of CDK do, needs no default of the cluster, and protects as much.',
  },
  'ecs-docker-security-options': {
    because: 'opinion',
    why: 'SELinux and AppArmor labels mean something only on servers that are set up for them, and Fargate takes none.',
  },
  'iam-admin-audit-role-separation': {
    because: 'unseen',
    why: 'It guesses from names what roles are for; who is an administrator and who an auditor is decided where people are assigned.',
  },
  'iam-explicit-deny-policies': {
    because: 'opinion',
    why: 'Policies that allow little need no denial; guardrails for all accounts belong into organization policies, which organizations-scps checks.',
  },
  'lambda-versioned': {
    because: 'opinion',
    why: 'Source control and CloudFormation tell which code ran when; versions serve gradual deployment, which not every function needs.',
  },
};
