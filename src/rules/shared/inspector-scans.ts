import type { EnvironmentView } from '../../model/environment-view';
import { type Finding, metBy, missing, type Observation } from '../../model/observation';
import type { Resource } from '../../model/resource';
import type { Value } from '../../model/value';
import { orInherited } from './or-inherited';
import { contentOf, ORGANIZATION_POLICY, organizationPolicies, reaches, settingOf } from './organization-policies';
import { callParameters, makesCall, SDK_CALL } from './sdk-call';
import { anyIs, type Ternary } from './ternary';

/** What Inspector scans: the key of a policy of the organization, and the types that are scanned. */
const SCANS = {
  EC2: {
    key: 'ec2_scanning',
    what: 'servers',
    subjects: ['AWS::EC2::Instance', 'AWS::AutoScaling::AutoScalingGroup', 'AWS::EKS::Nodegroup', 'AWS::EC2::SpotFleet'],
  },
  ECR: { key: 'ecr_scanning', what: 'container images', subjects: ['AWS::ECR::Repository'] },
  LAMBDA: { key: 'lambda_standard_scanning', what: 'functions', subjects: ['AWS::Lambda::Function'] },
} as const;

export type Scan = keyof typeof SCANS;

/** What `VulnerabilityScanning` turns Inspector on with. */
const INSPECTOR_SETTING = 'Custom::Soc2Inspector';

/** Types that turn Inspector on; CloudFormation itself has none. */
export const INSPECTOR_SWITCHES = [SDK_CALL, INSPECTOR_SETTING, ORGANIZATION_POLICY] as const;

/** Expect Inspector to make one of some scans in an environment that has something to scan. */
export function mustScan(environment: EnvironmentView, slug: string, scans: readonly Scan[]): Observation[] {
  const needed = scans.filter((scan) => SCANS[scan].subjects.some((type) => environment.resources(type).length > 0));
  const what = (needed.length > 0 ? needed : scans).map((scan) => SCANS[scan].what).join(', ');
  if (needed.length === 0) return [{ kind: 'note', text: `the environment has no ${what}` }];
  const switches = [
    ...environment
      .resources(SDK_CALL)
      .map((call) => ({ resource: call, answer: anyIs(needed.map((scan) => enables(call, scan))) })),
    ...environment.resources(INSPECTOR_SETTING).map((setting) => ({
      resource: setting,
      answer: anyIs(needed.map((scan) => includes(setting.at('ResourceTypes'), (type) => type === scan))),
    })),
    ...organizationPolicies(environment, 'INSPECTOR_POLICY').map((policy) => ({
      resource: policy,
      answer: anyIs(needed.map((scan) => orders(policy, scan, environment))),
    })),
  ];
  const on = switches.filter(({ answer }) => answer);
  if (on.length > 0) return on.map(({ resource }) => metBy(resource, `it turns on the scan of ${what}`));
  const finding = missing(
    `nothing makes Inspector scan the ${what} of this Region`,
    `a call of \`enable\` of Inspector2, an INSPECTOR_POLICY of the organization, ${orInherited(slug)}`,
  );
  const open = switches.find(({ answer }) => answer === undefined)?.resource;
  return [open ? undetermined(finding, open) : finding];
}

function undetermined(finding: Finding, { logicalId }: Resource): Finding {
  return { ...finding, kind: 'undetermined', problem: `only deployment knows whether '${logicalId}' turns Inspector on` };
}

function enables(call: Resource, scan: Scan): Ternary {
  const made = makesCall(call, 'Inspector2', 'enable');
  return made ? includes(callParameters(call).at('resourceTypes'), (type) => type === scan) : made;
}

function orders(policy: Resource, scan: Scan, environment: EnvironmentView): Ternary {
  const { region } = environment.environment;
  const content = contentOf(policy).at(`inspector.enablement.${SCANS[scan].key}`);
  const listed = (list: string) =>
    includes(settingOf(content.at(list)), (name) => {
      if (name === 'ALL_SUPPORTED') return true;
      return region === undefined ? undefined : name === region;
    });
  const off = listed('disable_in_regions');
  if (off) return false;
  const on = listed('enable_in_regions');
  const isOpen = off === undefined || policy.at('Type').isUnknown || reaches(policy, environment) === undefined;
  return on && isOpen ? undefined : on;
}

function includes(list: Value, test: (text: string) => Ternary): Ternary {
  if (list.isUnknown) return undefined;
  return anyIs(list.items().map(({ string }) => (string === undefined ? undefined : test(string))));
}
