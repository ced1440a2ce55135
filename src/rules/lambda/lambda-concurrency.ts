import { Criterion } from '../../criteria/criterion';
import { anyOf } from '../../model/observation';
import { defineRule } from '../rule';

const lambda = (properties: object) => ({ Function: { Type: 'AWS::Lambda::Function', Properties: { ...properties } } });

export default defineRule({
  id: 'Lambda.4',
  slug: 'lambda-concurrency',
  title: 'Lambda functions have a limit of their own on concurrency',
  criteria: [Criterion.A1_1],
  control: 'capacity-management',
  severity: 'info',
  resourceTypes: ['AWS::Lambda::Function'],
  rationale: 'The functions of an account share one quota: a runaway function can leave none of it to the others.',
  remediation: 'Set `reservedConcurrentExecutions` on functions that must always be able to run, and on those that may run away.',
  references: ['AWS Config LAMBDA_CONCURRENCY_CHECK', 'cdk-nag LambdaConcurrency', 'Checkov CKV_AWS_115'],
  check: (lambda) => {
    const reserved = lambda.at('ReservedConcurrentExecutions').mustBeSet('a number of executions');
    /** The limit of functions that run on instances of a capacity provider. */
    const environments = lambda.at('FunctionScalingConfig.MaxExecutionEnvironments').mustBeSet('a number of environments');
    return reserved.length === 0 ? [] : anyOf([reserved, environments], () => reserved[0]);
  },
  examples: {
    pass: {
      'executions are reserved': lambda({ ReservedConcurrentExecutions: 10 }),
      'the function is switched off': lambda({ ReservedConcurrentExecutions: 0 }),
      'execution environments are limited': lambda({ FunctionScalingConfig: { MaxExecutionEnvironments: 5 } }),
    },
    fail: {
      'concurrency is not mentioned': lambda({}),
      'concurrency is limited in one branch of a condition': {
        Parameters: { Stage: { Type: 'String' } },
        Conditions: { IsProduction: { 'Fn::Equals': [{ Ref: 'Stage' }, 'production'] } },
        Resources: lambda({ ReservedConcurrentExecutions: { 'Fn::If': ['IsProduction', 10, { Ref: 'AWS::NoValue' }] } }),
      },
    },
    undetermined: {
      'the number is a parameter': {
        Parameters: { Executions: { Type: 'String' } },
        Resources: lambda({ ReservedConcurrentExecutions: { Ref: 'Executions' } }),
      },
    },
  },
});
