/** A finding of cdk-nag's packs on a construct of ours that stays, with the reason. */
interface AcceptedFinding {
  /** Id of the rule, as cdk-nag prints it. */
  readonly rule: string;
  /** The construct that it is about. */
  readonly path: RegExp;
  readonly why: string;
}

/** Sorted by the construct that they are about. */
const ACCEPTED: readonly AcceptedFinding[] = [
  // --- Buckets ---
  {
    rule: 'AwsSolutions-S1',
    path: /Soc2AccessLogs/,
    why: 'The bucket receives access logs: a log of log deliveries has no end.',
  },
  {
    rule: 'NIST.800.53.R5-S3BucketLoggingEnabled',
    path: /Soc2AccessLogs/,
    why: 'The bucket receives access logs: a log of log deliveries has no end.',
  },
  {
    rule: 'NIST.800.53.R5-S3DefaultEncryptionKMS',
    path: /Soc2AccessLogs/,
    why: 'S3 and load balancers deliver access logs only to buckets that S3 itself encrypts.',
  },
  {
    rule: 'NIST.800.53.R5-S3BucketReplicationEnabled',
    path: /./,
    why: 'A copy in another Region costs storage and transfer, and is a decision on disaster recovery; backups are the default.',
  },
  // --- Databases ---

  // --- Networks ---

  // --- The edge ---
  {
    rule: 'NIST.800.53.R5-ELBDeletionProtectionEnabled',
    path: /\/Balancer\/Resource$/,
    why: 'Outside production a load balancer goes with its stack; in production it is protected, which its own test proves.',
  },
  {
    rule: 'NIST.800.53.R5-ELBv2ACMCertificateRequired',
    path: /\/Redirect80To443\/Resource$/,
    why: 'The listener does nothing but redirect to HTTPS; plain HTTP has no certificate.',
  },

  // --- Tables, queues, topics, files ---
  {
    rule: 'NIST.800.53.R5-EFSInBackupPlan',
    path: /^Stack\/Files\/Resource$/,
    why: 'Automatic backups are a plan of AWS Backup that EFS keeps; cdk-nag looks only for plans in the same stack.',
  },

  // --- Caches, search, images, functions ---
  {
    rule: 'AwsSolutions-AEC6',
    path: /Sessions\/Resource$/,
    why: 'The cache asks for users of its own, who sign in with IAM; a token that all share cannot be set beside them.',
  },
  {
    rule: 'AwsSolutions-AEC4',
    path: /Sessions\/Resource$/,
    why: 'In production a replica takes over (a test says so); elsewhere one node is enough.',
  },
];

/** The findings, as `build` lists them, that nobody accepted. */
export function unaccepted(findings: readonly string[]): string[] {
  return findings.filter((finding) => {
    const [rule, path] = finding.split(' at ');
    return !ACCEPTED.some((each) => rule.includes(each.rule) && each.path.test(path));
  });
}
