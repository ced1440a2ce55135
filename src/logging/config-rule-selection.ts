import { Token } from 'aws-cdk-lib';
import type { ConfigRule } from './config-rule';
import { CONFIG_RULES } from './config-rules.generated';

/** Which managed rules go into a pack. */
export interface Selection {
  /** Names of rules of the pack; those that stop a deployment when it is not set. */
  readonly slugs?: readonly string[];
  /** The Region of the pack; when it is not known, only rules that all Regions have are taken. */
  readonly region: string;
  /** Whether rules about what is the same in all Regions are taken too. */
  readonly isHome: boolean;
}

/** Rules about users, roles and the account: they would find the same in every Region. */
const GLOBAL = /^(ACCESS_KEYS_ROTATED|ACCOUNT_PART_OF_ORGANIZATIONS|IAM_|MFA_ENABLED_|ROOT_ACCOUNT_|S3_ACCOUNT_LEVEL_)/;

/** The managed rules that go into a pack, by their identifiers. */
export function selectRules({ slugs, region, isHome }: Selection): ConfigRule[] {
  const wanted = slugs === undefined ? CONFIG_RULES.filter(({ severity }) => severity === 'error') : named(slugs);
  return wanted.filter((rule) => (isHome || !GLOBAL.test(rule.identifier)) && isIn(rule, region));
}

function named(slugs: readonly string[]): ConfigRule[] {
  const unknown = slugs.find((slug) => !CONFIG_RULES.some((rule) => rule.slugs.includes(slug)));
  if (unknown !== undefined) {
    throw new Error(
      `'rules' must name rules of the pack that AWS Config has a managed rule for, got '${unknown}': RULES.md lists them, with ` +
        "'AWS Config' among the references",
    );
  }
  return CONFIG_RULES.filter((rule) => rule.slugs.some((slug) => slugs.includes(slug)));
}

function isIn({ onlyIn, notIn }: ConfigRule, region: string): boolean {
  if (Token.isUnresolved(region)) return onlyIn === undefined && notIn === undefined;
  return onlyIn?.includes(region) ?? !notIn?.includes(region);
}
