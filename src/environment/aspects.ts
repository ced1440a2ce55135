import { Aspects, type IAspect, Stage } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';

/** Apply an aspect to everything below a scope, stages included: of itself, an aspect stops at the stages of an app. */
export function applyEverywhere(scope: IConstruct, aspect: IAspect): void {
  for (const each of new Set([scope, ...scope.node.findAll().filter(Stage.isStage)])) Aspects.of(each).add(aspect);
}
