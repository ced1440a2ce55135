import { Criterion } from '../../criteria/criterion';
import type { Json } from '../../model/json';
import { defineRule } from '../rule';
import { byParameter, byStage } from '../shared/deciding-examples';

const nodes = (SourceSecurityGroups: Json) => ({
  Nodes: {
    Type: 'AWS::EKS::Nodegroup',
    Properties: { ClusterName: 'shop', RemoteAccess: { Ec2SshKey: 'operators', SourceSecurityGroups } },
  },
});

export default defineRule({
  id: 'EKS.5',
  slug: 'eks-nodegroup-ssh-restricted',
  title: 'Nodes of EKS take SSH from named security groups only',
  criteria: [Criterion.CC6_6, Criterion.CC6_1],
  control: 'host-access',
  severity: 'error',
  resourceTypes: ['AWS::EKS::Nodegroup'],
  rationale:
    'With a key and no security group, EKS itself opens port 22 of every node to 0.0.0.0/0, and no rule of a security group in the template shows it.',
  remediation:
    'Leave out `remoteAccess`, and use Session Manager; or name groups in its `sourceSecurityGroups`. The node group is replaced by that change.',
  references: ['Checkov CKV_AWS_100', 'Prowler eks_cluster_node_group_remote_access', 'NIST 800-53 AC-17'],
  applies: (group) => !group.at('RemoteAccess.Ec2SshKey').isAbsent,
  check: (group) =>
    group.at('RemoteAccess.SourceSecurityGroups').mustBeSet('the security groups that may connect', {
      problem: 'EKS opens SSH on the nodes to the whole internet, as no security group is named',
    }),
  examples: {
    pass: { 'a security group is named': nodes([{ 'Fn::GetAtt': ['Bastion', 'GroupId'] }]) },
    fail: {
      'no security group is named': nodes({ Ref: 'AWS::NoValue' }),
      'the list of security groups is empty': nodes([]),
      'only production names one': byStage(nodes, ['sg-0123456789abcdef0'], { Ref: 'AWS::NoValue' }),
    },
    undetermined: { 'the security groups are a parameter': byParameter(nodes) },
  },
});
