import { Stack, type StackProps } from 'aws-cdk-lib';
import {
  AccountBaseline,
  BaselinePart,
  LogArchive,
  OrganizationalUnit,
  OrganizationBaseline,
  type OrganizationLandingZone,
  SecurityServiceMode,
} from 'cdk-soc2';
import type { Construct } from 'constructs';
import { ARCHIVE, HOME_REGION, ORGANIZATION, REGIONS } from './organization';

interface BaselineStackProps extends StackProps {
  readonly landingZone: OrganizationLandingZone;
}

/** What every account gets, in every Region, also those that come later. */
export class BaselineStack extends Stack {
  constructor(scope: Construct, id: string, { landingZone, ...props }: BaselineStackProps) {
    super(scope, id, props);
    const { stack } = new OrganizationBaseline(this, 'Baseline', {
      organizationId: ORGANIZATION.organizationId,
      targetIds: [OrganizationalUnit.INFRASTRUCTURE, OrganizationalUnit.WORKLOADS, OrganizationalUnit.SANDBOX].map((unit) =>
        landingZone.unitId(unit),
      ),
      regions: REGIONS,
    });
    new AccountBaseline(stack, 'Account', {
      archive: LogArchive.fromAttributes(stack, 'LogArchive', ARCHIVE),
      configurationRecorder: { homeRegion: HOME_REGION },
      // The account for security tooling turns these on, in every account.
      securityServices: SecurityServiceMode.DELEGATED,
      // One trail records all accounts; it and the alarms on it are in the account that manages the organization.
      without: [BaselinePart.AUDIT_TRAIL, BaselinePart.SECURITY_METRIC_ALARMS],
    });
  }
}
