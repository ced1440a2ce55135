import { Stack, type StackProps } from 'aws-cdk-lib';
import { OrganizationalUnit, OrganizationGuardrails, type OrganizationLandingZone } from 'cdk-soc2';
import type { Construct } from 'constructs';
import { ORGANIZATION, REGIONS } from './organization';

interface GuardrailsStackProps extends StackProps {
  readonly landingZone: OrganizationLandingZone;
}

/** What nobody in the units can do. Beside AWS Control Tower, which looks after the unit Security itself. */
export class GuardrailsStack extends Stack {
  constructor(scope: Construct, id: string, { landingZone, ...props }: GuardrailsStackProps) {
    super(scope, id, props);
    new OrganizationGuardrails(this, 'Guardrails', {
      organizationId: ORGANIZATION.organizationId,
      targetIds: [OrganizationalUnit.INFRASTRUCTURE, OrganizationalUnit.WORKLOADS, OrganizationalUnit.SANDBOX].map((unit) =>
        landingZone.unitId(unit),
      ),
      allowedRegions: REGIONS,
      // The pipeline deploys with them, in accounts that nobody else deploys to.
      administrationRoles: ['AWSControlTowerExecution', 'stacksets-exec-*', 'cdk-*-cfn-exec-role-*'],
      privateTargetIds: [landingZone.unitId(OrganizationalUnit.INFRASTRUCTURE)],
      // The vendor that watches availability.
      trustedAccounts: ['123456789012'],
    });
  }
}
