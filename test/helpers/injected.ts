import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { type EnvironmentKind, Soc2 } from '../../src';
import { type CloudFormationTemplate, ENV } from './construct';

interface Enabled {
  /** Whether the defaults of plain constructs are on at all. */
  readonly enable?: boolean;
  readonly sinceFirstDeployment?: boolean;
  readonly kind?: EnvironmentKind;
}

/** The template of a stack of plain constructs in an app with `Soc2.enable`; findings do not throw here. */
export function injected(
  make: (stack: Stack) => void,
  { enable = true, sinceFirstDeployment, kind }: Enabled = {},
): CloudFormationTemplate {
  const app = new App({ context: { '@aws-cdk/core:failSynthOnValidationErrors': false } });
  if (enable) Soc2.enable(app, { sinceFirstDeployment, environment: kind && { kind, owner: 'platform team' } });
  const stack = new Stack(app, 'Stack', { env: ENV });
  make(stack);
  return Template.fromStack(stack).toJSON() as CloudFormationTemplate;
}
