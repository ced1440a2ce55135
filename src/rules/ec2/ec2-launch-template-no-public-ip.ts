import { Criterion } from '../../criteria/criterion';
import type { Json, JsonObject } from '../../model/json';
import type { Observation } from '../../model/observation';
import type { Resource } from '../../model/resource';
import { defineRule } from '../rule';
import { assignedBy } from '../shared/public-address';

const TEMPLATE = 'AWS::EC2::LaunchTemplate';
const CONFIGURATION = 'AWS::AutoScaling::LaunchConfiguration';
const GROUP = 'AWS::AutoScaling::AutoScalingGroup';

/** Where an Auto Scaling group names what it launches with. */
const POINTERS: Readonly<Record<string, readonly string[]>> = {
  [CONFIGURATION]: ['LaunchConfigurationName'],
  [TEMPLATE]: [
    'LaunchTemplate.LaunchTemplateId',
    'LaunchTemplate.LaunchTemplateName',
    'MixedInstancesPolicy.LaunchTemplate.LaunchTemplateSpecification.LaunchTemplateId',
  ],
};

const template = (data: JsonObject) => ({ Template: { Type: TEMPLATE, Properties: { LaunchTemplateData: data } } });
const asked = (answer: Json) => template({ NetworkInterfaces: [{ DeviceIndex: 0, AssociatePublicIpAddress: answer }] });
const configuration = (properties: JsonObject) => ({
  Configuration: { Type: CONFIGURATION, Properties: { ImageId: 'ami-1', InstanceType: 'm5.large', ...properties } },
});
const group = (properties: JsonObject) => ({
  Group: { Type: GROUP, Properties: { MinSize: '2', MaxSize: '4', ...properties } },
});
const ofTemplate = { LaunchTemplate: { LaunchTemplateId: { Ref: 'Template' }, Version: '1' } };
const subnet = (isPublic: Json) => ({
  Subnet: { Type: 'AWS::EC2::Subnet', Properties: { VpcId: 'vpc-1', MapPublicIpOnLaunch: isPublic } },
});
const inSubnet = { VPCZoneIdentifier: [{ Ref: 'Subnet' }] };

export default defineRule({
  id: 'EC2.25',
  slug: 'ec2-launch-template-no-public-ip',
  title: 'Launch templates and configurations assign no public address',
  criteria: [Criterion.CC6_6, Criterion.CC6_1],
  control: 'public-exposure',
  severity: 'error',
  resourceTypes: [TEMPLATE, CONFIGURATION],
  rationale: 'What a group launches by itself at night must not turn up on the internet.',
  remediation:
    'Set `associatePublicIpAddress: false` on the launch template or the Auto Scaling group, or give the group private subnets (`vpcSubnets`).',
  references: [
    'Security Hub EC2.25',
    'Security Hub AutoScaling.5',
    'AWS Config EC2_LAUNCH_TEMPLATE_PUBLIC_IP_DISABLED',
    'cdk-nag AutoScalingLaunchConfigPublicIpDisabled',
    'CT.EC2.PR.9',
  ],
  check: (resource) => {
    const interfaces = resource.at('LaunchTemplateData.NetworkInterfaces').items();
    const parts = resource.type === TEMPLATE ? interfaces : [resource.properties];
    const answers = parts.map((each) => each.at('AssociatePublicIpAddress')).filter((each) => !each.isAbsent);
    if (answers.length > 0) return answers.flatMap((each) => each.mustBe(false));
    const named = interfaces.map((each) => each.at('SubnetId')).filter((each) => !each.isAbsent);
    if (named.length > 0) return named.flatMap(assignedBy);
    const found = groupsOf(resource).flatMap(assignedToMembers);
    return found.length > 0 ? found : [{ kind: 'note', resource, text: 'it asks for no public address; the subnet decides' }];
  },
  examples: {
    pass: {
      'the template refuses one': asked(false),
      'the configuration refuses one': configuration({ AssociatePublicIpAddress: 'false' }),
      'the subnets of its group assign none': { ...template({}), ...group({ ...ofTemplate, ...inSubnet }), ...subnet(false) },
      'the template does not say, and nothing uses it': template({ ImageId: 'ami-1' }),
    },
    fail: {
      'the template asks for one': asked(true),
      'the configuration asks for one': configuration({ AssociatePublicIpAddress: true }),
      'the subnets of its group assign one': { ...template({}), ...group({ ...ofTemplate, ...inSubnet }), ...subnet(true) },
      'its group names zones, and so the default subnets': {
        ...configuration({}),
        ...group({ LaunchConfigurationName: { Ref: 'Configuration' }, AvailabilityZones: ['eu-west-1a'] }),
      },
      'one branch of a condition asks for one': {
        Parameters: { Stage: { Type: 'String' } },
        Conditions: { IsTest: { 'Fn::Equals': [{ Ref: 'Stage' }, 'test'] } },
        Resources: asked({ 'Fn::If': ['IsTest', true, false] }),
      },
    },
    undetermined: {
      'the answer is a parameter': { Parameters: { Public: { Type: 'String' } }, Resources: asked({ Ref: 'Public' }) },
      'the subnets of its group are elsewhere': {
        ...template({}),
        ...group({ ...ofTemplate, VPCZoneIdentifier: ['subnet-0123456789abcdef0'] }),
      },
    },
  },
});

function groupsOf(resource: Resource): Resource[] {
  return [...new Set((POINTERS[resource.type] ?? []).flatMap((path) => resource.pointedAtBy(GROUP, path)))];
}

function assignedToMembers(group: Resource): Observation[] {
  const subnets = group.at('VPCZoneIdentifier');
  return subnets.isAbsent ? assignedBy(subnets) : subnets.items().flatMap(assignedBy);
}
