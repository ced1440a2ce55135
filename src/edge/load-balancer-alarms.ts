import { Duration } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import type { AlarmOptions } from '../defaults/alarms';

/** What alarms of a load balancer go by. */
interface Limits {
  readonly maxUnhealthyTargets?: number;
  readonly maxResponseTime?: Duration;
  readonly maxLoadBalancerErrors?: number;
  readonly maxTargetErrors?: number;
}

/** The alarms of a load balancer, by id: targets that are unhealthy, slow or fail, and requests that reach no target. */
export function loadBalancerAlarms(balancer: elbv2.ApplicationLoadBalancer, limits: Limits): Record<string, AlarmOptions> {
  const comparisonOperator = cloudwatch.ComparisonOperator.GREATER_THAN_THRESHOLD;
  const responseTime = limits.maxResponseTime ?? Duration.seconds(3);
  const { metrics, node } = balancer;
  return {
    UnhealthyTargets: {
      metric: unhealthyTargets(balancer),
      threshold: limits.maxUnhealthyTargets ?? 0,
      evaluationPeriods: 3,
      comparisonOperator,
      alarmDescription: `Targets of ${node.path} fail their health check: look at the health of its target groups and at what the targets log`,
    },
    SlowAnswers: {
      metric: metrics.targetResponseTime({ statistic: 'p99' }),
      threshold: responseTime.toSeconds({ integral: false }),
      evaluationPeriods: 3,
      comparisonOperator,
      alarmDescription: `Targets of ${node.path} are slow: look at their load, and at the databases and services that they wait for`,
    },
    LoadBalancerErrors: {
      metric: metrics.httpCodeElb(elbv2.HttpCodeElb.ELB_5XX_COUNT),
      threshold: limits.maxLoadBalancerErrors ?? 10,
      evaluationPeriods: 1,
      comparisonOperator,
      alarmDescription: `${node.path} answers 5xx itself: look whether targets are there, healthy and in time, and at the access log`,
    },
    TargetErrors: {
      metric: metrics.httpCodeTarget(elbv2.HttpCodeTarget.TARGET_5XX_COUNT),
      threshold: limits.maxTargetErrors ?? 10,
      evaluationPeriods: 1,
      comparisonOperator,
      alarmDescription: `Targets of ${node.path} answer 5xx: look at what they log, and at the last deployment`,
    },
  };
}

/** CloudWatch counts them by target group: the query finds every group of the load balancer, those that come later too. */
function unhealthyTargets(balancer: elbv2.ApplicationLoadBalancer): cloudwatch.IMetric {
  return new cloudwatch.MathExpression({
    label: 'Unhealthy targets',
    expression:
      'SELECT MAX(UnHealthyHostCount) FROM SCHEMA("AWS/ApplicationELB", LoadBalancer, TargetGroup) ' +
      `WHERE LoadBalancer = '${balancer.loadBalancerFullName}'`,
    period: Duration.minutes(1),
  });
}
