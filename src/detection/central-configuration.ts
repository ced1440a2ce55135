import { Names } from 'aws-cdk-lib';
import * as securityhub from 'aws-cdk-lib/aws-securityhub';
import type { Construct, IDependable } from 'constructs';
import { type DisabledControl, readDisabledControl } from './disabled-control';

/** What Security Hub does in the accounts of an organization. */
export interface CentralConfiguration {
  /** The root, units and accounts that it is for. */
  readonly targets: readonly string[];
  readonly standards: readonly string[];
  readonly disabledControls: readonly DisabledControl[];
  /** What gathers findings: there is no central configuration without it. */
  readonly aggregator: IDependable;
}

const TARGETS: readonly (readonly [RegExp, string])[] = [
  [/^r-[0-9a-z]{4,32}$/, 'ROOT'],
  [/^ou-[0-9a-z]{4,32}-[0-9a-z]{8,32}$/, 'ORGANIZATIONAL_UNIT'],
  [/^\d{12}$/, 'ACCOUNT'],
];

/**
 * Have Security Hub turned on, with the same standards and controls, in accounts of the organization, those that come later as well.
 *
 * @see https://docs.aws.amazon.com/securityhub/latest/userguide/central-configuration-intro.html
 */
export function configureCentrally(scope: Construct, configuration: CentralConfiguration): void {
  const { targets, standards, disabledControls, aggregator } = configuration;
  const organization = new securityhub.CfnOrganizationConfiguration(scope, 'Organization', {
    configurationType: 'CENTRAL',
    // With a central configuration, policies say what new accounts get.
    autoEnable: false,
    autoEnableStandards: 'NONE',
  });
  organization.node.addDependency(aggregator);
  const policy = new securityhub.CfnConfigurationPolicy(scope, 'Policy', {
    name: Names.uniqueResourceName(scope, { maxLength: 100, allowedSpecialCharacters: '-', separator: '-' }),
    description: 'The standards and controls of every account',
    configurationPolicy: {
      securityHub: {
        serviceEnabled: true,
        enabledStandardIdentifiers: [...standards],
        securityControlsConfiguration: { disabledSecurityControlIdentifiers: disabledControls.map(({ control }) => control) },
      },
    },
  });
  policy.addResourceDependency(organization);
  // Policies have no place for reasons, which are read in the template instead.
  for (const each of disabledControls) {
    const { Id, Reason } = readDisabledControl(each);
    policy.addMetadata(`Disabled ${Id}`, Reason);
  }
  for (const targetId of targets) {
    new securityhub.CfnPolicyAssociation(scope, `Policy-${targetId}`, {
      configurationPolicyId: policy.attrId,
      targetId,
      targetType: typeOf(targetId),
    });
  }
}

function typeOf(target: string): string {
  const type = TARGETS.find(([pattern]) => pattern.test(target))?.[1];
  if (type === undefined) {
    throw new Error(
      `'organizationTargets' must be ids of the root (r-abcd), of units (ou-abcd-12345678) or of accounts (12 digits), got '${target}'`,
    );
  }
  return type;
}
