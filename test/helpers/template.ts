import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { EnvironmentKind, Soc2Environment } from '../../src';
import { type Built, type CloudFormationTemplate, ENV } from './construct';

/** The template of one stack, which no pack judges: for tests that only read it. */
export function template(make: (stack: Stack) => void, kind = EnvironmentKind.PRODUCTION): Pick<Built, 'template'> {
  const app = new App({ context: require('aws-cdk-lib/recommended-feature-flags.json') });
  Soc2Environment.declare(app, { kind, owner: 'platform team' });
  const stack = new Stack(app, 'Stack', { env: ENV });
  make(stack);
  return { template: Template.fromStack(stack).toJSON() as CloudFormationTemplate };
}

/** The resources of a type in a template. */
export function resources({ template: { Resources } }: Pick<Built, 'template'>, type: string) {
  return Object.values(Resources).filter((resource) => resource.Type === type);
}

/** The statements of the policies of the roles whose logical ids match. */
export function statements(built: Pick<Built, 'template'>, role: RegExp) {
  return resources(built, 'AWS::IAM::Policy')
    .filter(({ Properties }) => role.test(JSON.stringify(Properties.Roles)))
    .flatMap(({ Properties }) => Properties.PolicyDocument.Statement);
}

/** The actions that roles may do, sorted. */
export function actions(built: Pick<Built, 'template'>, role: RegExp): string[] {
  return statements(built, role)
    .flatMap(({ Action }) => Action)
    .sort();
}
