import { metBy, type Note } from '../../model/observation';
import type { Resource } from '../../model/resource';

/** Hands over what a service logs, to be delivered to CloudWatch Logs, S3 or Firehose. */
export const DELIVERY_SOURCE = 'AWS::Logs::DeliverySource';
export const DELIVERY = 'AWS::Logs::Delivery';

/** The deliveries of a resource's logs of given types; none when nothing takes what the source hands over. */
export function deliveriesOf(resource: Resource, logTypes: readonly string[]): Note[] {
  return resource
    .pointedAtBy(DELIVERY_SOURCE, 'ResourceArn')
    .filter((source) => logTypes.includes(source.at('LogType').string ?? '') && isDelivered(source))
    .map((source) => metBy(source, 'it delivers the access log'));
}

function isDelivered(source: Resource): boolean {
  const name = source.at('Name').string;
  return source.peers(DELIVERY).some((delivery) => {
    const wanted = delivery.at('DeliverySourceName');
    return wanted.pointsTo(source) || (name !== undefined && wanted.string === name);
  });
}
