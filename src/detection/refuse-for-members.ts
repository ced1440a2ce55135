import { SecurityServiceMode } from './security-service-mode';

/** Refuse what a member account of an organization cannot do itself: every option that is set, but for those that are named. */
export function refuseForMembers(props: object, ...allowed: readonly string[]): void {
  const isSet = (value: unknown) => value !== undefined && value !== false && !(Array.isArray(value) && value.length === 0);
  const name = Object.entries(props).find(
    ([key, value]) => isSet(value) && !['mode', 'alarmTopic', ...allowed].includes(key),
  )?.[0];
  if (name) {
    throw new Error(
      `'${name}' must not be given where 'mode' is ${SecurityServiceMode.DELEGATED}: only the account of the delegated administrator can do that. Say it there`,
    );
  }
}
