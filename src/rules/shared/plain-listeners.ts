import type { Observation } from '../../model/observation';
import type { Resource } from '../../model/resource';

export const LISTENER = 'AWS::ElasticLoadBalancingV2::Listener';

/** Findings where a listener, or a rule of it, does anything with a request but redirect it to HTTPS or answer it itself. */
export function mustNotForward(listener: Resource): Observation[] {
  const rules = listener.pointedAtBy('AWS::ElasticLoadBalancingV2::ListenerRule', 'ListenerArn');
  const actions = [listener.at('DefaultActions'), ...rules.map((rule) => rule.at('Actions'))].flatMap((list) => list.items());
  if (actions.length === 0) return listener.at('DefaultActions').mustBeSet('a redirect to HTTPS');
  return actions.flatMap((action) => {
    const type = action.at('Type');
    if (type.string !== 'redirect')
      return type.mustBe(['redirect', 'fixed-response'], { problem: `what is done with a plain HTTP request is ${type.found}` });
    return action.at('RedirectConfig.Protocol').mustBe('HTTPS', { problem: 'the redirect does not lead to HTTPS' });
  });
}
