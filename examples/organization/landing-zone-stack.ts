import { Stack, type StackProps } from 'aws-cdk-lib';
import { MemberAccount, OrganizationalUnit, OrganizationLandingZone } from 'cdk-soc2';
import type { Construct } from 'constructs';
import { ORGANIZATION } from './organization';

/** Accounts and units. Log archive and security tooling are those of AWS Control Tower, which were there before. */
export class LandingZoneStack extends Stack {
  /** The accounts and units, for what is attached to them. */
  public readonly landingZone: OrganizationLandingZone;

  constructor(scope: Construct, id: string, props: StackProps) {
    super(scope, id, props);
    this.landingZone = new OrganizationLandingZone(this, 'LandingZone', {
      existingOrganization: ORGANIZATION,
      existingUnits: { [OrganizationalUnit.SECURITY]: 'ou-ab12-11111111' },
      logArchive: MemberAccount.existing('222233334444'),
      securityTooling: MemberAccount.existing('333344445555'),
      backup: MemberAccount.create({ email: 'aws+backup@example.com' }),
      production: MemberAccount.create({ email: 'aws+production@example.com' }),
      development: MemberAccount.create({ email: 'aws+development@example.com' }),
      additionalAccounts: {
        staging: {
          account: MemberAccount.create({ email: 'aws+staging@example.com' }),
          unit: OrganizationalUnit.NON_PRODUCTION,
        },
      },
    });
  }
}
