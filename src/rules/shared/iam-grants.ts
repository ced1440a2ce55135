import type { Observation } from '../../model/observation';
import { identityPolicies, type Reading, type Statement, statementsOf } from '../../model/policy';
import type { Resource } from '../../model/resource';
import type { Value } from '../../model/value';
import { fromJsonText } from './json-text';

const IDENTITIES = { 'AWS::IAM::Group': 'Group', 'AWS::IAM::Role': 'Role', 'AWS::IAM::User': 'User' } as const;

/** The statements of the policies that a resource states; none when they are nothing but a permissions boundary. */
export function grantsOf(resource: Resource): readonly Statement[] {
  return resource.properties.once(readGrants);
}

function readGrants({ resource }: Value): readonly Statement[] {
  if (isBoundaryOnly(resource)) return [];
  return identityPolicies(resource).flatMap(({ document }) => statementsOf(fromJsonText(document)));
}

/** Whether a resource states policies that grant something to whoever has them. */
export function statesGrants(resource: Resource): boolean {
  return identityPolicies(resource).length > 0 && !isBoundaryOnly(resource);
}

/** The resources whose policies an identity has, beside its own. */
export function attachedTo(identity: Resource): readonly Resource[] {
  return identity.properties.once(readAttached);
}

function readAttached({ resource: identity }: Value): readonly Resource[] {
  const kind = IDENTITIES[identity.type as keyof typeof IDENTITIES];
  if (kind === undefined) return [];
  const managed = identity.at('ManagedPolicyArns');
  const attached = [
    ...identity.pointedAtBy('AWS::IAM::Policy', `${kind}s`),
    ...identity.pointedAtBy('AWS::IAM::ManagedPolicy', `${kind}s`),
    ...identity.pointedAtBy(`AWS::IAM::${kind}Policy`, `${kind}Name`),
    ...(managed.isSelfContained ? [] : managed.items().flatMap((arn) => arn.target ?? [])),
  ];
  return [...new Set(attached)];
}

/** Identities that have a managed policy of their templates. */
export function holdersOf(policy: Resource): Resource[] {
  return Object.keys(IDENTITIES).flatMap((type) => policy.pointedAtBy(type, 'ManagedPolicyArns'));
}

/** Users and roles that a managed policy limits. */
export function boundedBy(policy: Resource): Resource[] {
  return ['AWS::IAM::Role', 'AWS::IAM::User'].flatMap((type) => policy.pointedAtBy(type, 'PermissionsBoundary'));
}

/** A permissions boundary limits what other policies grant, and grants nothing. */
function isBoundaryOnly(resource: Resource): boolean {
  if (resource.type !== 'AWS::IAM::ManagedPolicy' || boundedBy(resource).length === 0) return false;
  const isAttached = ['Groups', 'Roles', 'Users'].some((identities) => resource.at(identities).items().length > 0);
  return !isAttached && holdersOf(resource).length === 0;
}

/**
 * Findings on the statements of a resource that say what none should.
 *
 * A `Deny` beside them does not count: what it takes away today, another policy without it grants tomorrow.
 *
 * @param wrong what is wrong with a statement, in words.
 */
export function forbid(
  resource: Resource,
  expected: string,
  wrong: (statement: Statement, reading: Reading) => string | undefined,
): Observation[] {
  return grantsOf(resource).flatMap((statement) => {
    const problem = wrong(statement, 'surely');
    if (problem !== undefined) return [statement.value.fails(expected, problem)];
    if (wrong(statement, 'possibly') === undefined) return [];
    const { openPart } = statement;
    return openPart ? [openPart.undetermined(expected)] : [];
  });
}
