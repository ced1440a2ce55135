import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { OrganizationGuardrails } from '../../src';
import { ENV } from '../helpers/construct';
import { PROOFS } from './guardrails.calls';
import { type Call, isAllowed, ORGANIZATION } from './simulator';

/** The policies of the guardrails, but for some. */
function policies(without: string[] = []) {
  const stack = new Stack(new App(), 'Stack', { env: ENV });
  new OrganizationGuardrails(stack, 'Guardrails', {
    organizationId: ORGANIZATION,
    targetIds: ['r-ab12'],
    allowedRegions: ['eu-west-1', 'eu-central-1'],
    trustedAccounts: ['123456789012'],
    // Those of the default, and users of a path.
    breakGlassRoles: [
      'BreakGlass',
      'aws-reserved/sso.amazonaws.com/*AWSReservedSSO_BreakGlass_*',
      'arn:*:iam::*:user/emergency/*',
    ],
    without,
  });
  return Template.fromStack(stack).toJSON() as Parameters<typeof isAllowed>[0];
}

const all = policies();
const names = Object.values(all.Resources)
  .filter(({ Properties }) => ['SERVICE_CONTROL_POLICY', 'RESOURCE_CONTROL_POLICY'].includes(Properties?.Type))
  .flatMap(({ Properties }) => Properties.Content.Statement.map(({ Sid }: { Sid: string }) => Sid));

const title = ({ action, by, context }: Call) =>
  [
    action,
    ...(by ? [`by ${typeof by.principal === 'string' ? by.principal : 'anybody'}`] : []),
    ...(context ? [JSON.stringify(context)] : []),
  ].join(' ');

test('each guardrail has a proof', () => {
  const sids = Object.keys(PROOFS).map(
    (id) => `Deny${id.replace(/(^|-)(\w)/g, (_, __, letter: string) => letter.toUpperCase())}`,
  );
  expect(sids.sort()).toEqual([...names].sort());
});

describe.each(Object.entries(PROOFS))('%s', (id, { denied, allowed }) => {
  const others = policies([id]);
  test('is shown by three calls of each kind at least', () => {
    expect(denied.length).toBeGreaterThanOrEqual(3);
    expect(allowed.length).toBeGreaterThanOrEqual(3);
  });
  test.each(denied.map((call) => [title(call), call] as const))(
    'denies %s, which all other guardrails let through',
    async (_, call) => {
      expect(await isAllowed(all, call)).toBe(false);
      expect(await isAllowed(others, call)).toBe(true);
    },
  );
  test.each(allowed.map((call) => [title(call), call] as const))('allows %s', async (_, call) => {
    expect(await isAllowed(all, call)).toBe(true);
  });
});
