import type * as sns from 'aws-cdk-lib/aws-sns';
import { domainKey } from '../environment/domain-keys';
import type { Defaults } from './hardening';
import { withDefaults } from './with-defaults';

/**
 * Encrypted with the data key. Nothing of it replaces a topic.
 *
 * A topic that may be deployed keeps its encryption: publishers that the app does not know lack rights to a new key. That only TLS
 * is let in takes a policy, and a topic with a policy no longer lets alarms in by itself: `SecureTopic` sees to both.
 */
export const topicDefaults: Defaults<sns.TopicProps> = (props, { scope, mayBeDeployed }) =>
  withDefaults<sns.TopicProps>(
    props,
    mayBeDeployed || props?.masterKey !== undefined ? {} : { masterKey: domainKey(scope, 'data') },
  );
