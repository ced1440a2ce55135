import { Criterion } from '../../criteria/criterion';
import type { Json } from '../../model/json';
import { defineRule } from '../rule';
import { byParameter, byStage } from '../shared/deciding-examples';

const service = (AssignPublicIp?: Json) => ({
  Service: {
    Type: 'AWS::ECS::Service',
    Properties: {
      NetworkConfiguration: {
        AwsvpcConfiguration: { Subnets: ['subnet-1'], ...(AssignPublicIp === undefined ? {} : { AssignPublicIp }) },
      },
    },
  },
});

export default defineRule({
  id: 'ECS.8',
  slug: 'ecs-no-public-ip',
  title: 'Containers have no public addresses',
  criteria: [Criterion.CC6_6, Criterion.CC6_1],
  control: 'public-exposure',
  severity: 'error',
  resourceTypes: ['AWS::ECS::Service', 'AWS::ECS::TaskSet'],
  rationale:
    'A container with a public address is one rule of a security group away from the internet, past load balancer and firewall.',
  remediation: 'Set `assignPublicIp: false` and private subnets on the service; let a load balancer face the internet.',
  references: ['Security Hub ECS.2', 'AWS Config ECS_SERVICE_ASSIGN_PUBLIC_IP_DISABLED', 'NIST 800-53 AC-4'],
  applies: (service) => !service.at('NetworkConfiguration').isAbsent,
  check: (service) =>
    ['AwsvpcConfiguration', 'AwsVpcConfiguration'].flatMap((key) =>
      service
        .at('NetworkConfiguration')
        .at(key)
        .at('AssignPublicIp')
        .must("'DISABLED'", ({ string }) => string === 'DISABLED', { absent: '' }),
    ),
  examples: {
    pass: { 'nothing is said, which means no': service(), 'it is switched off': service('DISABLED') },
    fail: {
      'it is switched on': service('ENABLED'),
      'it is switched on in one branch of a condition': byStage((value) => service(value), 'DISABLED', 'ENABLED'),
    },
    undetermined: { 'it is a parameter': byParameter((value) => service(value)) },
  },
});
