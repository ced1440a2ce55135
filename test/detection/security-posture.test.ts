import { App, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { SecurityPosture, type SecurityPostureProps, SecurityServiceMode, SecurityStandard } from '../../src';
import { build, only } from '../helpers/construct';
import { keepsItsPromises } from '../helpers/promises';
import { actions, resources, statements, template } from '../helpers/template';

const { ADOPT, DELEGATED } = SecurityServiceMode;
const make = (props?: SecurityPostureProps) => (stack: Stack) => new SecurityPosture(stack, 'Posture', props);
const DISABLED = { control: 'IAM.6', reason: 'The root user signs in with two security keys' };
const AGGREGATION = { homeRegion: 'eu-west-1', linkedRegions: ['eu-central-1'] };
const ORGANIZATION = { organizationTargets: ['r-ab12'], disabledControls: [DISABLED], aggregation: AGGREGATION };
const EVERYTHING = { disabledControls: [DISABLED], aggregation: AGGREGATION };

describe('turning Security Hub on, with all there is', () => keepsItsPromises({ make: make(EVERYTHING) }));
describe('adopting it', () => keepsItsPromises({ make: make({ mode: ADOPT }) }));

describe('in every account of the organization', () => keepsItsPromises({ make: make(ORGANIZATION) }));

test.each([undefined, ADOPT])('our rules see that it is on: %s', (mode) => {
  const { ledger } = build(make({ mode, securityHubV2: false }));
  expect(ledger.evaluations.find(({ slug }) => slug === 'securityhub-enabled')?.verdict).toBe('pass');
});

test('the account is compared with the practices of AWS and the benchmark of the CIS, each control once, and it stays so without the stack', () => {
  const built = template(make());
  expect(only(built, 'AWS::SecurityHub::Hub')).toMatchObject({
    DeletionPolicy: 'RetainExceptOnCreate',
    Properties: { AutoEnableControls: true, ControlFindingGenerator: 'SECURITY_CONTROL', EnableDefaultStandards: false },
  });
  const standards = resources(built, 'AWS::SecurityHub::Standard');
  expect(standards.map(({ Properties }) => JSON.stringify(Properties.StandardsArn).replace(/.*::standards\//, ''))).toEqual([
    expect.stringContaining('aws-foundational-security-best-practices/v/1.0.0'),
    expect.stringContaining('cis-aws-foundations-benchmark/v/5.0.0'),
  ]);
  for (const { DependsOn, DeletionPolicy } of standards)
    expect([DependsOn[0], DeletionPolicy]).toEqual([expect.stringContaining('Hub'), 'RetainExceptOnCreate']);
  expect(only(built, 'AWS::SecurityHub::HubV2').DeletionPolicy).toBe('RetainExceptOnCreate');
});

test('it can end with the stack', () => {
  const built = template(make({ removalPolicy: RemovalPolicy.DESTROY }));
  for (const type of ['Hub', 'HubV2']) expect(only(built, `AWS::SecurityHub::${type}`).DeletionPolicy).toBe('Delete');
});

test('other standards can be chosen, and the newer Security Hub left out', () => {
  const built = template(make({ standards: [SecurityStandard.PCI_DSS], securityHubV2: false }));
  expect(JSON.stringify(only(built, 'AWS::SecurityHub::Standard').Properties)).toContain('pci-dss/v/4.0.1');
  expect(resources(built, 'AWS::SecurityHub::HubV2')).toEqual([]);
});

test('a hub that is adopted gets the standards by API, and nothing of it belongs to the stack', () => {
  const built = template(make({ mode: ADOPT }));
  expect(Object.values(built.template.Resources).filter(({ Type }) => Type.startsWith('AWS::SecurityHub'))).toEqual([]);
  expect(only(built, 'Custom::Soc2SecurityHub').Properties.Standards).toHaveLength(2);
  expect(actions(built, /AdoptedHubHandlerRole/)).toEqual([
    'logs:CreateLogStream',
    'logs:PutLogEvents',
    'securityhub:BatchEnableStandards',
    'securityhub:DescribeHub',
    'securityhub:UpdateSecurityHubConfiguration',
  ]);
  for (const { Resource } of statements(built, /AdoptedHubHandlerRole/)) expect(Resource).not.toBe('*');
});

test('nothing is made where an administrator turns it on', () => {
  expect(template(make({ mode: DELEGATED })).template.Resources).toBeUndefined();
});

test('controls are switched off with a reason, once their standards are on', () => {
  const setting = only(template(make(EVERYTHING)), 'Custom::Soc2SecurityControls');
  expect(setting.Properties).toMatchObject({
    Controls: [{ Id: 'IAM.6', Reason: 'The root user signs in with two security keys' }],
    Standards: [expect.anything(), expect.anything()],
  });
  expect(setting.DependsOn.join()).toMatch(/Standard.*Standard/);
  expect(actions(template(make(EVERYTHING)), /DisabledControlsHandlerRole/)).toEqual([
    'logs:CreateLogStream',
    'logs:PutLogEvents',
    'securityhub:BatchUpdateStandardsControlAssociations',
    'securityhub:DescribeStandardsControls',
    'securityhub:ListStandardsControlAssociations',
    'securityhub:UpdateStandardsControl',
  ]);
});

test('findings are gathered in the home Region only', () => {
  const home = template(make(EVERYTHING));
  expect(only(home, 'AWS::SecurityHub::FindingAggregator').Properties).toEqual({
    RegionLinkingMode: 'SPECIFIED_REGIONS',
    Regions: ['eu-central-1'],
  });
  expect(only(home, 'AWS::SecurityHub::AggregatorV2').Properties).toMatchObject({ LinkedRegions: ['eu-central-1'] });
  const other = template(make({ aggregation: { homeRegion: 'eu-central-1', linkedRegions: ['eu-west-1'] } }));
  expect(Object.values(other.template.Resources).filter(({ Type }) => Type.includes('Aggregator'))).toEqual([]);
});

describe('the organization', () => {
  test('has the same standards and controls in every account, configured from the home Region', () => {
    const built = template(make({ ...ORGANIZATION, organizationTargets: ['r-ab12', 'ou-ab12-34567890', '222222222222'] }));
    expect(only(built, 'AWS::SecurityHub::OrganizationConfiguration')).toMatchObject({
      DependsOn: [expect.stringContaining('Aggregator')],
      Properties: { ConfigurationType: 'CENTRAL', AutoEnable: false, AutoEnableStandards: 'NONE' },
    });
    const policy = only(built, 'AWS::SecurityHub::ConfigurationPolicy');
    expect(policy).toMatchObject({
      Metadata: { 'Disabled IAM.6': DISABLED.reason },
      Properties: {
        ConfigurationPolicy: {
          SecurityHub: {
            ServiceEnabled: true,
            EnabledStandardIdentifiers: [expect.anything(), expect.anything()],
            SecurityControlsConfiguration: { DisabledSecurityControlIdentifiers: ['IAM.6'] },
          },
        },
      },
    });
    expect(
      resources(built, 'AWS::SecurityHub::PolicyAssociation').map(({ Properties }) => [
        Properties.TargetId,
        Properties.TargetType,
      ]),
    ).toEqual([
      ['r-ab12', 'ROOT'],
      ['ou-ab12-34567890', 'ORGANIZATIONAL_UNIT'],
      ['222222222222', 'ACCOUNT'],
    ]);
    // The policy says it of this account as well.
    expect(resources(built, 'AWS::SecurityHub::Standard')).toEqual([]);
    expect(resources(built, 'Custom::Soc2SecurityControls')).toEqual([]);
  });

  test('is configured from a hub that is on already', () => {
    const built = template(make({ ...ORGANIZATION, mode: ADOPT }));
    expect(resources(built, 'AWS::SecurityHub::Hub')).toEqual([]);
    expect(only(built, 'AWS::SecurityHub::PolicyAssociation').Properties.TargetType).toBe('ROOT');
  });

  test('is not configured a second time from another Region', () => {
    const aggregation = { homeRegion: 'eu-central-1', linkedRegions: ['eu-west-1'] };
    expect(template(make({ ...ORGANIZATION, aggregation })).template.Resources).toBeUndefined();
  });
});

test.each<[SecurityPostureProps, string]>([
  [{ organizationTargets: ['r-ab12'] }, "'aggregation' must be given with 'organizationTargets', got none"],
  [{ ...ORGANIZATION, organizationTargets: ['everything'] }, "'organizationTargets' must be ids of the root"],
  [{ mode: DELEGATED, organizationTargets: ['r-ab12'] }, "'organizationTargets' must not be given where 'mode' is DELEGATED"],
  [{ standards: [] }, "'standards' must name one standard at least"],
  [
    { standards: [SecurityStandard.PCI_DSS, SecurityStandard.PCI_DSS] },
    "'standards' must name each standard once, got pci-dss/v/4.0.1 twice",
  ],
  [
    { disabledControls: [{ control: 'root mfa', reason: DISABLED.reason }] },
    "'control' of a disabled control must be an id such as IAM.6",
  ],
  [
    { disabledControls: [{ control: 'IAM.6', reason: 'noise' }] },
    "'reason' of the disabled control IAM.6 must say why in a sentence",
  ],
  [
    { aggregation: { ...AGGREGATION, linkedRegions: [] } },
    "'aggregation.linkedRegions' must name Regions other than the home Region eu-west-1",
  ],
  [{ aggregation: { ...AGGREGATION, linkedRegions: ['eu-west-1'] } }, 'got [eu-west-1]'],
  [{ mode: DELEGATED, disabledControls: [DISABLED] }, "'disabledControls' must not be given where 'mode' is DELEGATED"],
  [{ mode: DELEGATED, removalPolicy: RemovalPolicy.DESTROY }, "'removalPolicy' must not be given where 'mode' is DELEGATED"],
])('what cannot be meant is refused: %j', (props, message) => {
  expect(() => template(make(props))).toThrow(message);
});

test('a stack for any Region has no home Region', () => {
  expect(() => make({ aggregation: AGGREGATION })(new Stack(new App(), 'Stack'))).toThrow("set 'env.region' of the stack");
});
