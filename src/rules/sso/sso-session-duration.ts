import { Criterion } from '../../criteria/criterion';
import type { Json, JsonObject } from '../../model/json';
import { defineRule } from '../rule';
import { withParameter } from '../shared/iam-examples';

const MOST_HOURS = 8;
const DURATION = /^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/;

const set = (properties: JsonObject) => ({
  Set: { Type: 'AWS::SSO::PermissionSet', Properties: { Name: 'operators', ...properties } },
});
const duration = (SessionDuration: Json) => set({ SessionDuration });

export default defineRule({
  id: 'SSO.1',
  slug: 'sso-session-duration',
  title: 'A person who signed in must sign in again the next day',
  criteria: [Criterion.CC6_1, Criterion.CC6_3],
  control: 'strong-authentication',
  severity: 'warning',
  resourceTypes: ['AWS::SSO::PermissionSet'],
  rationale: 'Whoever takes over a session keeps it until it ends, and so does a person whose access was taken away meanwhile.',
  remediation: `Set \`sessionDuration\` of the \`CfnPermissionSet\` to \`PT${MOST_HOURS}H\` or less.`,
  references: ['NIST 800-53 AC-12', 'CIS Controls 4.3'],
  check: (set) =>
    set.at('SessionDuration').must(`${MOST_HOURS} hours or less, such as 'PT4H'`, ({ string }) => hoursOf(string) <= MOST_HOURS, {
      absent: 'sessions last one hour when the permission set does not say',
    }),
  examples: {
    pass: {
      'it is not mentioned': set({}),
      'a session lasts four hours': duration('PT4H'),
      'a session lasts as long as it may, in minutes': duration('PT480M'),
    },
    fail: {
      'a session lasts twelve hours': duration('PT12H'),
      'a session lasts a minute too long': duration('PT8H1M'),
      'it is no duration': duration('8 hours'),
    },
    undetermined: { 'it is a parameter': withParameter('Session', duration({ Ref: 'Session' })) },
  },
});

/** Endless when it is no duration: nobody knows how long such a session would last. */
function hoursOf(text = ''): number {
  const match = DURATION.exec(text);
  if (!match || text.length < 3) return Number.POSITIVE_INFINITY;
  const [days, hours, minutes, seconds] = match.slice(1).map((part) => Number(part ?? 0));
  return days * 24 + hours + minutes / 60 + seconds / 3600;
}
