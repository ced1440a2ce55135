import { Aspects, type IAspect, Stack } from 'aws-cdk-lib';
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import type { IConstruct } from 'constructs';

/** Let a listener answer 404 where the app gives it no default action: one that is set later takes its place without a warning. */
export function answerNotFound(listener: elbv2.ApplicationListener): void {
  Aspects.of(listener).add(new NotFound(listener));
}

class NotFound implements IAspect {
  constructor(private readonly listener: elbv2.ApplicationListener) {}

  public visit(node: IConstruct): void {
    if (!(node instanceof elbv2.CfnListener)) return;
    const actions: unknown = Stack.of(node).resolve(node.defaultActions);
    if (Array.isArray(actions) && actions.length > 0) return;
    const action = elbv2.ListenerAction.fixedResponse(404, { contentType: 'text/plain', messageBody: 'Not found' });
    this.listener.addAction('NotFound', { action });
  }
}
