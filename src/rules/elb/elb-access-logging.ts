import { Criterion } from '../../criteria/criterion';
import type { JsonObject } from '../../model/json';
import type { Observation } from '../../model/observation';
import type { Resource } from '../../model/resource';
import { defineRule } from '../rule';
import { attribute, CLASSIC_LOAD_BALANCER, LOAD_BALANCER } from '../shared/load-balancers';
import { DELIVERY, DELIVERY_SOURCE, deliveriesOf } from '../shared/log-delivery';
import { LISTENER } from '../shared/plain-listeners';

const KEY = 'access_logs.s3.enabled';

const balancer = (properties: JsonObject) => ({ Balancer: { Type: LOAD_BALANCER, Properties: properties } });
const classic = (properties: JsonObject) => ({ Classic: { Type: CLASSIC_LOAD_BALANCER, Properties: properties } });
const on = { Key: KEY, Value: 'true' };
const bucket = { Key: 'access_logs.s3.bucket', Value: 'balancer-logs' };
const source = {
  Source: {
    Type: DELIVERY_SOURCE,
    Properties: { Name: 'alb', LogType: 'ALB_ACCESS_LOGS', ResourceArn: { Ref: 'Balancer' } },
  },
};
const listener = (protocol: string) => ({
  Listener: { Type: LISTENER, Properties: { LoadBalancerArn: { Ref: 'Balancer' }, Port: 443, Protocol: protocol } },
});

export default defineRule({
  id: 'ELB.4',
  slug: 'elb-access-logging',
  title: 'Load balancers write access logs',
  criteria: [Criterion.CC7_2, Criterion.CC7_3],
  control: 'network-logging',
  severity: 'error',
  resourceTypes: [LOAD_BALANCER, CLASSIC_LOAD_BALANCER],
  applies: (resource) => resource.at('Type').string !== 'gateway',
  rationale: 'The access log is the only record of who called the service, and the first thing that an investigation asks for.',
  remediation: 'Call `loadBalancer.logAccessLogs(bucket)`; for a classic load balancer set `accessLoggingPolicy`.',
  references: ['Security Hub ELB.5', 'AWS Config ELB_LOGGING_ENABLED', 'cdk-nag ELBLoggingEnabled', 'checkov CKV_AWS_91'],
  check: (resource) => {
    if (resource.type === CLASSIC_LOAD_BALANCER) return resource.at('AccessLoggingPolicy.Enabled').mustBe(true);
    const delivered = deliveriesOf(resource, ['ALB_ACCESS_LOGS', 'NLB_ACCESS_LOGS']);
    if (delivered.length > 0) return delivered;
    return hasNothingToLog(resource) ?? attribute(resource, KEY).mustBe(true, { problem: `attribute '${KEY}' is not 'true'` });
  },
  examples: {
    pass: {
      'access logs go to a bucket': balancer({ LoadBalancerAttributes: [on, bucket] }),
      'a classic load balancer logs': classic({ AccessLoggingPolicy: { Enabled: true, S3BucketName: 'balancer-logs' } }),
      'access logs go to cloudwatch': {
        ...balancer({}),
        ...source,
        Delivery: { Type: DELIVERY, Properties: { DeliverySourceName: { Ref: 'Source' }, DeliveryDestinationArn: 'arn' } },
      },
      'a network load balancer has no tls listener': { ...balancer({ Type: 'network' }), ...listener('TCP') },
    },
    fail: {
      'there are no attributes': balancer({}),
      'nothing takes the logs that are handed over': { ...balancer({}), ...source },
      'logging is off': balancer({ LoadBalancerAttributes: [{ Key: KEY, Value: false }, bucket] }),
      'a network load balancer with a tls listener does not log': { ...balancer({ Type: 'network' }), ...listener('TLS') },
      'a classic load balancer does not log': classic({}),
    },
    undetermined: {
      'the attributes are a parameter': {
        Parameters: { Logs: { Type: 'String' } },
        Resources: balancer({ LoadBalancerAttributes: [{ Key: KEY, Value: { Ref: 'Logs' } }] }),
      },
    },
  },
});

/** A network load balancer logs TLS connections only. */
function hasNothingToLog(resource: Resource): Observation[] | undefined {
  if (resource.at('Type').string !== 'network') return undefined;
  const protocols = resource.pointedAtBy(LISTENER, 'LoadBalancerArn').map((each) => each.at('Protocol').string);
  if (protocols.length === 0 || protocols.some((each) => each === undefined || each === 'TLS')) return undefined;
  return [{ kind: 'note', resource, text: 'it has no TLS listener, and logs nothing else; flow logs record its connections' }];
}
