import { GetAccountPasswordPolicyCommand, type PasswordPolicy, UpdateAccountPasswordPolicyCommand } from '@aws-sdk/client-iam';
import type { Properties } from '../../functions/properties';
import { unlessNone } from './clients';
import type { Setting } from './setting';

const CLASSES = ['RequireLowercaseCharacters', 'RequireUppercaseCharacters', 'RequireNumbers', 'RequireSymbols'] as const;

/** Numbers, and which of two is the stronger one. */
const NUMBERS = { MinimumPasswordLength: Math.max, PasswordReusePrevention: Math.max, MaxPasswordAge: Math.min } as const;

/** Passwords that are as strong as wanted; what somebody made stronger stays. */
export const passwordPolicy: Setting = async ({ clients: { iam }, wanted, before }) => {
  const answer = await unlessNone(iam.send(new GetAccountPasswordPolicyCommand({})), 'NoSuchEntityException');
  const current = answer?.PasswordPolicy;
  const next = strengthened(current, wanted, before);
  if (current && Object.entries(next).every(([name, value]) => (current as Properties)[name] === value)) return false;
  // What a call does not say goes back to what IAM has by itself.
  await iam.send(
    new UpdateAccountPasswordPolicyCommand({
      AllowUsersToChangePassword: current?.AllowUsersToChangePassword ?? true,
      HardExpiry: current?.HardExpiry ?? false,
      ...next,
    }),
  );
  return true;
};

/** The stronger of what is there and what is wanted, number by number. What the template said before is no wish of anybody else. */
export function strengthened(
  current: PasswordPolicy | undefined,
  wanted: Properties,
  before: Properties,
): Partial<PasswordPolicy> {
  const numbers = Object.entries(NUMBERS).flatMap(([name, stronger]) => {
    const there = current?.[name as keyof typeof NUMBERS];
    const byOthers = there !== undefined && there !== numberOf(before[name]) ? [there] : [];
    const all = [...byOthers, numberOf(wanted[name]) ?? []].flat();
    return all.length > 0 ? [[name, stronger(...all)] as const] : [];
  });
  const classes = CLASSES.map((name) => {
    const byOthers = current?.[name] === true && String(before[name]) !== 'true';
    return [name, byOthers || String(wanted[name]) === 'true'] as const;
  });
  return Object.fromEntries([...numbers, ...classes]);
}

function numberOf(value: unknown): number | undefined {
  if (value === undefined) return undefined;
  const number = Number(value);
  if (!Number.isInteger(number)) throw new Error(`a password policy is made of whole numbers, got ${JSON.stringify(value)}`);
  return number;
}
