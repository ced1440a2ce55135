import { Duration, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as sns from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import { AccountSetting } from '../functions/account-setting';
import type { PolicyType } from './policy-quotas';

/** What is turned on in an organization. */
export interface OrganizationFeaturesProps {
  readonly policyTypes?: readonly PolicyType[];
  /** Principals of services that may act in all accounts. */
  readonly trustedServices?: readonly string[];
  readonly alarmTopic?: sns.ITopic;
}

/** Turns policy types and trusted access on in an organization, which CloudFormation has no type for. */
export class OrganizationFeatures extends AccountSetting {
  constructor(scope: Construct, id: string, { policyTypes = [], trustedServices = [], alarmTopic }: OrganizationFeaturesProps) {
    const { partition } = Stack.of(scope);
    super(scope, id, {
      handler: 'organization-features',
      description: 'turn types of policies and trusted access on in the organization',
      resourceType: 'Custom::Soc2OrganizationFeatures',
      properties: {
        ...(policyTypes.length > 0 && { PolicyTypes: policyTypes }),
        ...(trustedServices.length > 0 && { TrustedServices: trustedServices }),
      },
      statements: [
        // Roots cannot be listed by name.
        new iam.PolicyStatement({ actions: ['organizations:ListRoots'], resources: ['*'] }),
        ...(policyTypes.length > 0
          ? [
              new iam.PolicyStatement({
                actions: ['organizations:EnablePolicyType'],
                resources: [`arn:${partition}:organizations::${Stack.of(scope).account}:root/o-*/r-*`],
                conditions: { StringEquals: { 'organizations:PolicyType': policyTypes } },
              }),
            ]
          : []),
        ...(trustedServices.length > 0
          ? [
              new iam.PolicyStatement({
                actions: ['organizations:EnableAWSServiceAccess'],
                resources: ['*'],
                conditions: { StringEquals: { 'organizations:ServicePrincipal': trustedServices } },
              }),
            ]
          : []),
      ],
      timeout: Duration.minutes(5),
      alarmTopic,
    });
  }
}
