import { RunbookFamily } from '../runbook-family';
import type { Next } from './alert';

/**
 * What the first part of the type of a finding of GuardDuty says of the attack: the tactic of MITRE ATT&CK, and what mostly follows.
 *
 * @see https://docs.aws.amazon.com/guardduty/latest/ug/guardduty_finding-format.html
 * @see https://attack.mitre.org/tactics/enterprise/
 */
const PURPOSES: Readonly<Record<string, readonly [tactic: string, steps: readonly string[]]>> = {
  AttackSequence: ['several tactics (see the description)', ['Treat it as an incident: several steps of one attack were seen.']],
  Backdoor: [
    'TA0011 Command and Control',
    ['The host takes orders from outside: expect spread to its neighbours and theft of data.'],
  ],
  Behavior: ['TA0011 Command and Control', ['The host behaves as never before: expect command and control, or theft of data.']],
  CredentialAccess: ['TA0006 Credential Access', ['Expect the login to be used: for sign-ins, new keys and new users.']],
  CryptoCurrency: ['TA0040 Impact', ['Expect more servers to be started, in other Regions as well.']],
  DefenseEvasion: ['TA0005 Defense Evasion', ['Expect logs and detection to be switched off, and what follows to be hidden.']],
  Discovery: ['TA0007 Discovery', ['Somebody looks around: expect attempts to gain rights and to reach data.']],
  Execution: ['TA0002 Execution', ['Foreign code runs: expect it to stay, to spread and to look for keys.']],
  Exfiltration: ['TA0010 Exfiltration', ['Data may be leaving now: expect a demand for money, or publication.']],
  Impact: ['TA0040 Impact', ['Expect data to be destroyed or locked, or the account to be used against others.']],
  InitialAccess: ['TA0001 Initial Access', ['Somebody came in: expect new keys, users and roles, so as to stay.']],
  PenTest: ['TA0043 Reconnaissance', ['A tool for attacks is in use: ask whether a test was announced.']],
  Persistence: ['TA0003 Persistence', ['Somebody makes sure to come back: look for new keys, users, roles and scheduled jobs.']],
  Policy: ['TA0005 Defense Evasion', ['A safeguard is off: expect it to be used as a way in.']],
  PrivilegeEscalation: ['TA0004 Privilege Escalation', ['Somebody gains rights: expect access to data and to logs.']],
  Recon: ['TA0043 Reconnaissance', ['Somebody looks for a way in: expect attempts to sign in and to use what is open.']],
  Stealth: ['TA0005 Defense Evasion', ['Expect logs and detection to be switched off, and what follows to be hidden.']],
  Trojan: ['TA0011 Command and Control', ['The host runs foreign software: expect theft of data and keys.']],
  UnauthorizedAccess: [
    'TA0001 Initial Access',
    ['Somebody is in, or tries to be: expect new keys, users and roles, so as to stay.'],
  ],
};

/** Which runbook answers a type of finding; the first that matches. */
const FAMILIES: readonly (readonly [type: RegExp, family: RunbookFamily])[] = [
  [/^CryptoCurrency:|BitcoinTool|BitcoinDomain/i, RunbookFamily.CRYPTO_MINING],
  [/RootCredentialUsage|^Root/i, RunbookFamily.ROOT_USE],
  [/CloudTrailLoggingDisabled|^DefenseEvasion:IAMUser|^Stealth:IAMUser|LogFileTamper/i, RunbookFamily.TRAIL_TAMPERING],
  [/DestructiveDelete|^Impact:(S3|IAMUser)|DataDestruction|Ransomware/i, RunbookFamily.MASS_DELETION],
  [/Exfiltration|DataRisk|^AttackSequence:S3/i, RunbookFamily.DATA_EXFILTRATION],
  [/^Object:S3|Malware/i, RunbookFamily.MALWARE],
  [/^Policy:S3|BucketPublic|S3Bucket(Shared|Replicated|Public)|BucketAnonymousAccess/i, RunbookFamily.EXPOSED_BUCKET],
  [/:(Kubernetes|ECS|EKS|Container)|\/.*Container|AttackSequence:(EKS|ECS)/i, RunbookFamily.COMPROMISED_CONTAINER],
  [/:(EC2|Runtime|Lambda)\//i, RunbookFamily.COMPROMISED_INSTANCE],
  [/:(IAMUser|RDS|S3)\/|Credential|AttackSequence:/i, RunbookFamily.STOLEN_CREDENTIALS],
];

/**
 * What a type of finding lets expect.
 *
 * @param resourceType what it was found on, where the type does not tell servers from containers.
 */
export function nextFor(type = '', resourceType = ''): Next {
  const [tactic, steps = []] = Object.entries(PURPOSES).find(([purpose]) => type.split(':')[0] === purpose)?.[1] ?? [];
  const family = FAMILIES.find(([pattern]) => pattern.test(type))?.[1];
  const isContainer = family === RunbookFamily.COMPROMISED_INSTANCE && /Container|ECS|EKS|Kubernetes/.test(resourceType);
  return { tactic, steps, family: isContainer ? RunbookFamily.COMPROMISED_CONTAINER : family };
}
