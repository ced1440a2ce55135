import { Duration, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as sns from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import { mayCreateServiceLinkedRole } from '../detection/service-linked-role';
import { AccountSetting } from '../functions/account-setting';
import { DelegatedService } from './delegated-service';

/** Who administers a service. */
export interface Delegation {
  readonly service: DelegatedService;
  readonly accountId: string;
}

/** Options of `DelegatedAdministrators`. */
export interface DelegatedAdministratorsProps {
  readonly delegations: readonly Delegation[];
  /** Whether stack sets can deploy to all accounts. */
  readonly stackSets: boolean;
  readonly alarmTopic?: sns.ITopic;
}

/** Calls of services that appoint their administrators themselves. None has resources. */
const OWN_CALLS: Partial<Record<DelegatedService, readonly string[]>> = {
  [DelegatedService.CLOUD_TRAIL]: ['cloudtrail:RegisterOrganizationDelegatedAdmin'],
  [DelegatedService.GUARD_DUTY]: ['guardduty:EnableOrganizationAdminAccount', 'guardduty:ListOrganizationAdminAccounts'],
  [DelegatedService.INSPECTOR]: ['inspector2:EnableDelegatedAdminAccount', 'inspector2:ListDelegatedAdminAccounts'],
  [DelegatedService.MACIE]: ['macie2:EnableOrganizationAdminAccount', 'macie2:ListOrganizationAdminAccounts'],
  [DelegatedService.SECURITY_HUB]: ['securityhub:EnableOrganizationAdminAccount', 'securityhub:ListOrganizationAdminAccounts'],
};

/** Principals that services delegate and trust along with their own. */
const ALONG: Partial<Record<DelegatedService, string>> = {
  [DelegatedService.GUARD_DUTY]: 'malware-protection.guardduty.amazonaws.com',
  [DelegatedService.INSPECTOR]: 'agentless.inspector2.amazonaws.com',
};

/** Roles that services make for themselves when they are turned on for the organization. */
const LINKED_ROLES: Partial<Record<DelegatedService, readonly [service: string, role: string]>> = {
  [DelegatedService.CLOUD_TRAIL]: ['cloudtrail.amazonaws.com', 'AWSServiceRoleForCloudTrail'],
  [DelegatedService.GUARD_DUTY]: ['guardduty.amazonaws.com', 'AWSServiceRoleForAmazonGuardDuty'],
  [DelegatedService.INSPECTOR]: ['inspector2.amazonaws.com', 'AWSServiceRoleForAmazonInspector2'],
  [DelegatedService.MACIE]: ['macie.amazonaws.com', 'AWSServiceRoleForAmazonMacie'],
  [DelegatedService.SECURITY_HUB]: ['securityhub.amazonaws.com', 'AWSServiceRoleForSecurityHub'],
};

/** Appoints accounts that administer services for the organization, which CloudFormation has no types for. */
export class DelegatedAdministrators extends AccountSetting {
  constructor(scope: Construct, id: string, { delegations, stackSets, alarmTopic }: DelegatedAdministratorsProps) {
    const services = delegations.map(({ service }) => service);
    checkServices(services);
    const { partition, account } = Stack.of(scope);
    const principals = services.flatMap((service) => [service, ALONG[service] ?? []].flat());
    super(scope, id, {
      handler: 'delegated-administrators',
      description: 'appoint accounts that administer services for the organization',
      resourceType: 'Custom::Soc2DelegatedAdministrators',
      properties: {
        Delegations: delegations.map(({ service, accountId }) => ({ Service: service, AccountId: accountId })),
        StackSets: stackSets,
      },
      statements: [
        new iam.PolicyStatement({
          actions: ['organizations:EnableAWSServiceAccess', 'organizations:ListDelegatedAdministrators'],
          resources: ['*'],
          conditions: {
            StringEquals: {
              'organizations:ServicePrincipal': [...principals, ...(stackSets ? [DelegatedService.STACK_SETS] : [])],
            },
          },
        }),
        ...(services.length > 0
          ? [
              new iam.PolicyStatement({
                actions: ['organizations:RegisterDelegatedAdministrator'],
                resources: [`arn:${partition}:organizations::${account}:account/o-*/*`],
                conditions: { StringEquals: { 'organizations:ServicePrincipal': principals } },
              }),
            ]
          : []),
        // Services look at the organization with the rights of the caller. None of these has resources.
        new iam.PolicyStatement({
          actions: [
            'organizations:DescribeAccount',
            'organizations:DescribeOrganization',
            'organizations:DescribeOrganizationalUnit',
            'organizations:ListAWSServiceAccessForOrganization',
            'organizations:ListAccounts',
            ...services.flatMap((service) => OWN_CALLS[service] ?? []),
            ...(stackSets ? ['cloudformation:ActivateOrganizationsAccess', 'cloudformation:DescribeOrganizationsAccess'] : []),
          ],
          resources: ['*'],
        }),
        ...services.flatMap((service) => {
          const role = LINKED_ROLES[service];
          return role ? [mayCreateServiceLinkedRole(scope, ...role)] : [];
        }),
      ],
      timeout: Duration.minutes(10),
      alarmTopic,
    });
  }
}

function checkServices(services: readonly DelegatedService[]): void {
  const twice = services.find((service, index) => services.indexOf(service) !== index);
  if (twice)
    throw new Error(
      `'securityServices' must name each service once, and not AWS Backup with 'delegateBackup', got ${twice} twice`,
    );
}
