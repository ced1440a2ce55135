import type { Assembly, Environment } from '../../model/assembly';
import type { Resource } from '../../model/resource';
import { passesOn } from '../../rules/shared/bus-rule';
import { EMERGENCY_NAMES, isForEmergencies, matchesUse } from '../../rules/shared/emergency-access';
import { NetworkState, nameOf } from '../network/network-state';
import { type Answer, mayOpenSessions } from './may-open-sessions';

/** Where the ledger has results about something. */
export interface Judged {
  readonly template: string;
  readonly logicalId: string;
}

/** A permission set, who has it, and whether it leads to servers. */
export interface PermissionSetFact {
  readonly name: string;
  readonly description: string;
  readonly session: string;
  readonly opensSessions: Answer;
  /** Accounts that it is assigned in. */
  readonly accounts: readonly string[];
  /** Ids of the groups that have it. */
  readonly groups: readonly string[];
}

/** A server, a group of them, or a database. */
export interface HostFact {
  readonly name: string;
  readonly kind: string;
  readonly environment: string;
  readonly isProduction: boolean;
  /** The resources that rules judge for it: of a group of servers that is what these are launched from. */
  readonly judged: readonly Judged[];
}

/** How sessions on servers of an environment are kept. */
export interface SessionFact {
  readonly environment: string;
  readonly log: string;
  readonly isEncrypted: boolean;
}

/** A way in for emergencies. */
export interface EmergencyFact {
  readonly name: string;
  readonly kind: 'role' | 'permission set';
  readonly environment: string;
  /** Who may take the role; of a permission set that is told by assignments. */
  readonly trusted: readonly string[];
  /** Whether a rule of EventBridge tells of its use. */
  readonly isWatched: boolean;
}

/** How people get to servers and databases, as far as templates say. */
export interface ServerAccess {
  readonly permissionSets: readonly PermissionSetFact[];
  readonly servers: readonly HostFact[];
  readonly databases: readonly HostFact[];
  readonly sessions: readonly SessionFact[];
  readonly emergencies: readonly EmergencyFact[];
}

/** Types of servers and databases, and what people call them. */
const SERVERS = { 'AWS::EC2::Instance': 'server', 'AWS::AutoScaling::AutoScalingGroup': 'group of servers' } as const;
const DATABASES = { 'AWS::RDS::DBInstance': 'database', 'AWS::RDS::DBCluster': 'database cluster' } as const;
const LAUNCHED_FROM = ['AWS::EC2::LaunchTemplate', 'AWS::AutoScaling::LaunchConfiguration'];

/** Read it from templates; the order is that of names. */
export function serverAccessOf(assemblies: readonly Assembly[]): ServerAccess {
  const states = assemblies.flatMap((assembly) =>
    assembly.environments.map((environment) => new NetworkState(assembly, environment)),
  );
  return {
    permissionSets: sorted(states.flatMap(permissionSetsIn), ({ name }) => [name]),
    servers: hosts(states, SERVERS),
    // Members of a cluster are reached as the cluster.
    databases: hosts(
      states,
      DATABASES,
      (resource) => resource.at('DBClusterIdentifier').isAbsent || resource.type !== 'AWS::RDS::DBInstance',
    ),
    sessions: sorted(states.flatMap(sessionsIn), ({ environment, log }) => [environment, log]),
    emergencies: sorted(
      states.flatMap((state) => emergenciesIn(state, states)),
      ({ environment, name }) => [environment, name],
    ),
  };
}

function permissionSetsIn(state: NetworkState): PermissionSetFact[] {
  return state.ofType('AWS::SSO::PermissionSet').map((set) => {
    const assignments = state.referrers(set, 'AWS::SSO::Assignment').map((entry) => state.view(entry));
    const all = (property: string) => [...new Set(assignments.map((each) => each.at(property).text))].sort();
    return {
      name: set.at('Name').text || nameOf(set),
      description: set.at('Description').text,
      session: set.at('SessionDuration').isAbsent ? 'PT1H' : set.at('SessionDuration').text,
      opensSessions: mayOpenSessions(set),
      accounts: all('TargetId'),
      groups: all('PrincipalId'),
    };
  });
}

function hosts(
  states: readonly NetworkState[],
  types: Readonly<Record<string, string>>,
  isMeant: (resource: Resource) => boolean = () => true,
): HostFact[] {
  const all = states.flatMap((state) =>
    Object.entries(types).flatMap(([type, kind]) =>
      state
        .ofType(type)
        .filter(isMeant)
        .map((resource) => ({
          name: nameOf(resource),
          kind,
          environment: state.environment.id,
          isProduction: isProduction(state.environment),
          judged: judgedFor(state, resource),
        })),
    ),
  );
  return sorted(all, ({ isProduction: first, environment, name }) => [first ? '0' : '1', environment, name]);
}

function judgedFor(state: NetworkState, resource: Resource): Judged[] {
  const launched = LAUNCHED_FROM.flatMap((type) => state.targets(resource, type));
  const entries = resource.type === 'AWS::AutoScaling::AutoScalingGroup' ? launched : [resource.entry];
  return entries.map(({ template, logicalId }) => ({ template: template.path, logicalId }));
}

/** An environment of which nothing is said is taken for production, as everywhere. */
function isProduction({ declared }: Environment): boolean {
  return declared.length === 0 || declared.some(({ kind }) => kind === undefined || kind === 'PRODUCTION');
}

/** Preferences of Session Manager: those of this library, and documents that say the same. */
function sessionsIn(state: NetworkState): SessionFact[] {
  const { id: environment } = state.environment;
  const ours = state.ofType('Custom::Soc2SessionPreferences').map((each) => {
    const { text } = each.at('Content');
    return {
      environment,
      log: /"cloudWatchLogGroupName":"([^"]+)"/.exec(text)?.[1] ?? '',
      isEncrypted: /"kmsKeyId":"[^"]+"/.test(text),
    };
  });
  const documents = state
    .ofType('AWS::SSM::Document')
    .filter((each) => each.at('DocumentType').string === 'Session')
    .map((each) => ({
      environment,
      log: each.at('Content.inputs.cloudWatchLogGroupName').text || each.at('Content.inputs.s3BucketName').text,
      isEncrypted: each.at('Content.inputs.kmsKeyId').text !== '',
    }));
  return [...ours, ...documents];
}

/** Roles and permission sets that are called so, and whether a rule in the templates tells of their use. */
function emergenciesIn(state: NetworkState, states: readonly NetworkState[]): EmergencyFact[] {
  return Object.keys(EMERGENCY_NAMES).flatMap((type) =>
    state
      .ofType(type)
      .filter(isForEmergencies)
      .map((emergency) => ({
        name: emergency.at(EMERGENCY_NAMES[type]).text,
        kind: type === 'AWS::IAM::Role' ? ('role' as const) : ('permission set' as const),
        environment: state.environment.id,
        trusted: trustedBy(emergency),
        isWatched: states.some((each) => each.ofType('AWS::Events::Rule').some((rule) => tellsOfUse(rule, emergency))),
      })),
  );
}

/** Who may take a role: accounts, people, roles, and those whom an identity provider vouches for. */
function trustedBy(role: Resource): string[] {
  const principals = role
    .at('AssumeRolePolicyDocument.Statement')
    .items()
    .map((statement) => statement.at('Principal'));
  return principals
    .flatMap((principal) => {
      const named = ['AWS', 'Federated'].flatMap((kind) => principal.at(kind).items());
      return principal.scalar !== undefined || principal.isUnknown ? [principal] : named;
    })
    .map(({ text }) => (text === '*' ? 'everybody' : text))
    .sort();
}

/** Whether a rule of EventBridge matches the use, and surely passes that on to somebody. */
function tellsOfUse(rule: Resource, emergency: Resource): boolean {
  return matchesUse(rule, emergency) === true && passesOn(rule).length === 0;
}

function sorted<Item>(items: readonly Item[], keyOf: (item: Item) => readonly string[]): Item[] {
  const keyed = items.map((item) => [keyOf(item).join('\0'), item] as const);
  return keyed.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)).map(([, item]) => item);
}
