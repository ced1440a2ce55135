import { Criterion } from '../../criteria/criterion';
import type { Json, JsonObject } from '../../model/json';
import { defineRule } from '../rule';
import { judgeIngressOf } from '../shared/host-ingress';
import { Launch } from '../shared/launch';

const host = (enabled: Json, ...ingress: JsonObject[]) => ({
  Group: { Type: 'AWS::EC2::SecurityGroup', Properties: { GroupDescription: 'Enclaves', SecurityGroupIngress: ingress } },
  Host: {
    Type: 'AWS::EC2::Instance',
    Properties: { EnclaveOptions: { Enabled: enabled }, SecurityGroupIds: [{ 'Fn::GetAtt': ['Group', 'GroupId'] }] },
  },
});
const open = (from: number, to = from) => ({ IpProtocol: 'tcp', FromPort: from, ToPort: to, CidrIp: '0.0.0.0/0' });

export default defineRule({
  id: 'EC2.30',
  slug: 'ec2-enclave-host-ingress',
  title: 'Hosts of enclaves open nothing but HTTPS to the world',
  criteria: [Criterion.CC6_6, Criterion.CC6_1],
  control: 'network-boundary',
  severity: 'error',
  resourceTypes: ['AWS::EC2::Instance', 'AWS::EC2::LaunchTemplate'],
  applies: (resource) => {
    const enabled = new Launch(resource).at('EnclaveOptions.Enabled');
    return !enabled.isAbsent && enabled.boolean !== false;
  },
  rationale:
    'The host passes on what an enclave says and hears; an open port, and above all that of the proxy (8000 and the like), leads to the enclave.',
  remediation: 'Narrow the security group of the instance to port 443, or to the security group of a load balancer.',
  references: [
    'Prowler ec2_confidential_workload_host_unrestricted_ingress',
    'Prowler ec2_confidential_workload_host_vsock_proxy_exposed',
  ],
  check: (resource) => {
    const found = judgeIngressOf(resource, (rule) => {
      const within = rule.staysWithin([443]);
      return rule.openToWorld(within === undefined ? undefined : !within, 'a port other than 443 is', 'a narrower source');
    });
    const enabled = new Launch(resource).at('EnclaveOptions.Enabled');
    return found.length > 0 && enabled.isUnknown ? [enabled.undetermined('no enclaves behind an open port')] : found;
  },
  examples: {
    pass: {
      'https is open': host(true, open(443)),
      'the proxy is open to a private network': host(true, { ...open(8000), CidrIp: '10.0.0.0/8' }),
      'nothing is open': host('true'),
    },
    fail: {
      'the proxy is open': host(true, open(8000)),
      'a range of ports is open': host(true, open(8000, 8090)),
      'everything is open': host('true', { IpProtocol: '-1', CidrIpv6: '::/0' }),
      'the launch template makes such hosts': {
        Group: host(true, open(9000)).Group,
        Template: {
          Type: 'AWS::EC2::LaunchTemplate',
          Properties: { LaunchTemplateData: { EnclaveOptions: { Enabled: true }, SecurityGroupIds: [{ Ref: 'Group' }] } },
        },
      },
    },
    undetermined: {
      'the group is elsewhere': {
        Host: {
          Type: 'AWS::EC2::Instance',
          Properties: { EnclaveOptions: { Enabled: true }, SecurityGroupIds: ['sg-0123456789abcdef0'] },
        },
      },
      'whether there are enclaves is a parameter': {
        Parameters: { Enclaves: { Type: 'String' } },
        Resources: host({ Ref: 'Enclaves' }, open(8000)),
      },
      'the source is a parameter': {
        Parameters: { Source: { Type: 'String' } },
        Resources: host(true, { ...open(8000), CidrIp: { Ref: 'Source' } }),
      },
    },
  },
});
