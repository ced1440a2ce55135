import { Criterion } from '../../criteria/criterion';
import type { Json, JsonObject } from '../../model/json';
import type { Observation } from '../../model/observation';
import { patternOf } from '../../model/policy';
import type { Resource } from '../../model/resource';
import type { Value } from '../../model/value';
import { defineRule } from '../rule';
import { attachedTo, grantsOf } from '../shared/iam-grants';
import { Launch } from '../shared/launch';

const PROFILE = 'AWS::IAM::InstanceProfile';
const REGISTER = 'ssm:UpdateInstanceInformation';
const EXPECTED = `an instance profile whose role may register with Systems Manager (${REGISTER})`;

/** The policies of AWS that let an instance register. */
const POLICIES =
  /:policy\/(AmazonSSMManagedInstanceCore|AmazonSSMManagedEC2InstanceDefaultPolicy|service-role\/AmazonEC2RoleforSSM)$/;

const host = (properties: JsonObject) => ({
  Host: { Type: 'AWS::EC2::Instance', Properties: { ImageId: 'ami-1', ...properties } },
});
const managed = (role: JsonObject, profile: Json = { Ref: 'Profile' }) => ({
  ...host({ IamInstanceProfile: profile }),
  Profile: { Type: PROFILE, Properties: { Roles: [{ Ref: 'Role' }] } },
  Role: { Type: 'AWS::IAM::Role', Properties: { ...role } },
});
const core = {
  ManagedPolicyArns: [{ 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':iam::aws:policy/AmazonSSMManagedInstanceCore']] }],
};

export default defineRule({
  id: 'EC2.29',
  slug: 'ec2-ssm-managed',
  title: 'Instances are managed by Systems Manager',
  criteria: [Criterion.CC7_1, Criterion.CC6_1, Criterion.CC6_8],
  control: 'patch-management',
  severity: 'warning',
  resourceTypes: ['AWS::EC2::Instance', 'AWS::EC2::LaunchTemplate', 'AWS::AutoScaling::LaunchConfiguration'],
  // Who launches from a template may add the profile: EKS and Batch do.
  applies: (resource) => resource.type === 'AWS::EC2::Instance' || !new Launch(resource).at('IamInstanceProfile').isAbsent,
  inheritable: true,
  rationale:
    'What Systems Manager does not know is neither patched nor listed nor searched for weaknesses, and needs SSH to look at.',
  remediation:
    'Set `ssmSessionPermissions: true` on the `ec2.Instance` or the Auto Scaling group. Where Default Host Management registers all instances of the account, declare that as an inherited control of `ec2-ssm-managed`.',
  references: ['Security Hub SSM.1', 'AWS Config EC2_INSTANCE_MANAGED_BY_SSM', 'Prowler ec2_instance_managed_by_ssm'],
  check: (resource) => {
    const launch = new Launch(resource);
    const profile = launch.at('IamInstanceProfile');
    if (profile.isAbsent)
      return launch.elsewhere
        ? [launch.elsewhere.undetermined(EXPECTED, 'the launch template is not among these templates')]
        : [profile.fails(EXPECTED, 'the instance has no instance profile')];
    const members = profile.entries();
    const names = members.length > 0 ? members.map(([, value]) => value) : [profile];
    const [found] = names.flatMap((name) => name.targets(PROFILE));
    if (!found) return [profile.undetermined(EXPECTED, 'the instance profile is not among these templates')];
    const [role] = found.membersAt('Roles');
    if (role?.target?.type !== 'AWS::IAM::Role')
      return [profile.undetermined(EXPECTED, 'the role of the instance profile is not among these templates')];
    return mayRegister(role.target, profile);
  },
  examples: {
    pass: {
      'the role has the policy of AWS': managed(core),
      'a policy of the role allows it': managed({
        Policies: [{ PolicyName: 'ssm', PolicyDocument: { Statement: { Effect: 'Allow', Action: 'ssm:*', Resource: '*' } } }],
      }),
      'a policy beside the role allows it': {
        ...managed({}),
        Policy: {
          Type: 'AWS::IAM::Policy',
          Properties: {
            PolicyName: 'ssm',
            Roles: [{ Ref: 'Role' }],
            PolicyDocument: { Statement: [{ Effect: 'Allow', Action: ['ssm:Update*', 'ssmmessages:*'], Resource: '*' }] },
          },
        },
      },
      'the launch template names the profile': {
        ...managed(core),
        Host: {
          Type: 'AWS::EC2::LaunchTemplate',
          Properties: { LaunchTemplateData: { IamInstanceProfile: { Arn: { 'Fn::GetAtt': ['Profile', 'Arn'] } } } },
        },
      },
    },
    fail: {
      'the instance has no profile': host({}),
      'the role has no policy': managed({}),
      'the role may do something else': managed({ ManagedPolicyArns: ['arn:aws:iam::aws:policy/CloudWatchAgentServerPolicy'] }),
    },
    undetermined: {
      'the profile is elsewhere': host({ IamInstanceProfile: 'web-server' }),
      'a policy is a parameter': {
        Parameters: { Arn: { Type: 'String' } },
        Resources: managed({ ManagedPolicyArns: [{ Ref: 'Arn' }] }),
      },
    },
  },
});

function mayRegister(role: Resource, profile: Value): Observation[] {
  const arns = role.at('ManagedPolicyArns').items();
  if (arns.some(({ text }) => POLICIES.test(text))) return [];
  const statements = [role, ...attachedTo(role)].flatMap(grantsOf);
  if (statements.some((each) => each.allows && each.covers(REGISTER))) return [];
  const open =
    arns.find((arn) => arn.isUnknown && !arn.target && patternOf(arn, 'possibly').endsWith('*')) ??
    statements.find((each) => each.openPart && each.mayAllow('possibly') && each.covers(REGISTER, 'possibly'))?.openPart;
  return [
    open
      ? open.undetermined(EXPECTED)
      : profile.fails(EXPECTED, `role '${role.logicalId}' may not register with Systems Manager`),
  ];
}
