import { Criterion } from '../../criteria/criterion';
import type { JsonObject } from '../../model/json';
import type { Resource } from '../../model/resource';
import { defineRule } from '../rule';

const group = (properties: JsonObject) => ({
  Servers: {
    Type: 'AWS::AutoScaling::AutoScalingGroup',
    Properties: { MinSize: '2', MaxSize: '4', TargetGroupARNs: ['arn'], ...properties },
  },
});

export default defineRule({
  id: 'AutoScaling.1',
  slug: 'asg-elb-health-check',
  title: 'Auto Scaling groups behind a load balancer replace servers that the load balancer finds unhealthy',
  criteria: [Criterion.A1_2],
  control: 'high-availability',
  severity: 'warning',
  resourceTypes: ['AWS::AutoScaling::AutoScalingGroup'],
  applies: isBalanced,
  rationale: 'A server may run and answer nothing: only the health check of the load balancer sees that, and has it replaced.',
  remediation:
    'Set `healthChecks: autoscaling.HealthChecks.withAdditionalChecks({ additionalTypes: [autoscaling.AdditionalHealthCheckType.ELB], gracePeriod })`.',
  references: [
    'Security Hub AutoScaling.1',
    'AWS Config AUTOSCALING_GROUP_ELB_HEALTHCHECK_REQUIRED',
    'cdk-nag AutoScalingGroupELBHealthCheckRequired',
  ],
  check: (group) =>
    group
      .at('HealthCheckType')
      .must("'ELB' among the types", (type) => type.text.split(',').some((each) => each.trim() === 'ELB')),
  examples: {
    pass: {
      'the health check is that of the load balancer': group({ HealthCheckType: 'ELB' }),
      'it is one of two': group({ HealthCheckType: 'EBS,ELB' }),
    },
    fail: {
      'the health check is not mentioned': group({}),
      'the health check is that of the server': group({ HealthCheckType: 'EC2' }),
      'a classic load balancer is not asked either': group({ TargetGroupARNs: [], LoadBalancerNames: ['web'] }),
      'a load balancer that is a traffic source is not asked': group({
        TargetGroupARNs: [],
        TrafficSources: [{ Identifier: 'arn', Type: 'elbv2' }],
      }),
    },
    undetermined: {
      'the type is a parameter': {
        Parameters: { Type: { Type: 'String' } },
        Resources: group({ HealthCheckType: { Ref: 'Type' } }),
      },
    },
  },
});

function isBalanced(group: Resource): boolean {
  if (['TargetGroupARNs', 'LoadBalancerNames'].some((name) => group.at(name).items().length > 0)) return true;
  const sources = group.at('TrafficSources').items();
  return sources.some((source) => source.at('Type').string?.startsWith('elb') ?? true);
}
