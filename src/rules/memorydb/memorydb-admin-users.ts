import { Criterion } from '../../criteria/criterion';
import type { Json } from '../../model/json';
import { defineRule } from '../rule';

const user = (AccessString: Json) => ({
  User: { Type: 'AWS::MemoryDB::User', Properties: { UserName: 'orders', AccessString } },
});

export default defineRule({
  id: 'MemoryDB.5',
  slug: 'memorydb-admin-users',
  title: 'No user of MemoryDB may do everything with every key',
  criteria: [Criterion.CC6_3, Criterion.CC6_1],
  control: 'least-privilege',
  severity: 'warning',
  resourceTypes: ['AWS::MemoryDB::User'],
  rationale: 'An application that may also flush, reconfigure and read the keys of all others makes any flaw in it total.',
  remediation:
    "Name keys and kinds of commands in `accessString`: `'on ~orders:* +@read +@write'`; record an exception for the user of administrators.",
  references: ['ElectricEye MemoryDB.5', 'NIST 800-53 AC-6'],
  check: (user) =>
    user.at('AccessString').must('certain keys, and certain commands', ({ string }) => !isAdmin(string), { absent: '' }),
  examples: {
    pass: {
      'the user has certain keys': user('on ~orders:* +@all'),
      'the user has certain commands': user('on ~* &* -@all +@read'),
      'the user is turned off': user('off ~* +@all'),
    },
    fail: {
      'the user has all keys and all commands': user('on ~* &* +@all'),
      'all is said in words': user('on allkeys allcommands'),
      'the user has everything in one branch of a condition': {
        Parameters: { Stage: { Type: 'String' } },
        Conditions: { IsProduction: { 'Fn::Equals': [{ Ref: 'Stage' }, 'production'] } },
        Resources: user({ 'Fn::If': ['IsProduction', 'on ~orders:* +@read', 'on ~* +@all'] }),
      },
    },
    undetermined: {
      'what the user has is a parameter': { Parameters: { Access: { Type: 'String' } }, Resources: user({ Ref: 'Access' }) },
    },
  },
});

/** Every key and every command, with nothing taken away after that. */
function isAdmin(access: string | undefined): boolean {
  const words = (access ?? '').toLowerCase().split(' ');
  const all = Math.max(words.lastIndexOf('+@all'), words.lastIndexOf('allcommands'));
  const hasAllKeys = words.includes('~*') || words.includes('allkeys');
  return !words.includes('off') && hasAllKeys && all >= 0 && !words.slice(all).some((word) => word.startsWith('-'));
}
