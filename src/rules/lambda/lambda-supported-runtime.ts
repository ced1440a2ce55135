import { Criterion } from '../../criteria/criterion';
import type { JsonObject } from '../../model/json';
import { defineRule } from '../rule';
import { withParameter } from '../shared/iam-examples';
import { DEPRECATED_RUNTIMES, RUNTIME_NAME } from '../shared/lambda-runtimes';

const lambda = (properties: JsonObject) => ({ Function: { Type: 'AWS::Lambda::Function', Properties: { ...properties } } });

export default defineRule({
  id: 'Lambda.5',
  slug: 'lambda-supported-runtime',
  title: 'Lambda functions run on a runtime that is still mended',
  criteria: [Criterion.CC7_1],
  control: 'patch-management',
  severity: 'error',
  resourceTypes: ['AWS::Lambda::Function'],
  applies: (lambda) => lambda.at('PackageType').string !== 'Image' && lambda.at('Code.ImageUri').isAbsent,
  rationale:
    'Lambda mends flaws of a runtime only while it supports it; after that, every new flaw stays in the function for good.',
  remediation: 'Set `runtime` to one that is supported, such as `lambda.Runtime.NODEJS_24_X` or `lambda.Runtime.PYTHON_3_14`.',
  references: [
    'Security Hub Lambda.2',
    'AWS Config LAMBDA_FUNCTION_SETTINGS_CHECK',
    'cdk-nag LambdaLatestVersion',
    'checkov CKV_AWS_363',
    'NIST 800-53 SI-2',
  ],
  check: (lambda) => {
    const runtime = lambda.at('Runtime');
    const name = runtime.string ?? '';
    const ended = Object.hasOwn(DEPRECATED_RUNTIMES, name) ? DEPRECATED_RUNTIMES[name] : undefined;
    const problem = ended && `${name} is no longer mended since ${ended}`;
    if (runtime.isKnown && ended === undefined && !RUNTIME_NAME.test(name))
      return [runtime.undetermined('a supported runtime', 'it is no runtime that Lambda is known to have')];
    return runtime.must('a supported runtime', () => ended === undefined, { problem });
  },
  examples: {
    pass: {
      'the runtime is supported': lambda({ Runtime: 'nodejs24.x' }),
      'the runtime is older, and supported': lambda({ Runtime: 'java17' }),
      'one of two runtimes is chosen, and both are supported': {
        Parameters: { Runtime: { Type: 'String', AllowedValues: ['python3.13', 'python3.14'], Default: 'python3.14' } },
        Resources: lambda({ Runtime: { Ref: 'Runtime' } }),
      },
    },
    fail: {
      'the runtime was given up': lambda({ Runtime: 'nodejs20.x' }),
      'the runtime was given up lately': lambda({ Runtime: 'python3.10' }),
      'the operating system was given up': lambda({ Runtime: 'provided.al2' }),
      'a runtime is not mentioned': lambda({ PackageType: 'Zip' }),
    },
    undetermined: {
      'the runtime is a parameter': withParameter('Runtime', lambda({ Runtime: { Ref: 'Runtime' } })),
      'the runtime is one of the account': lambda({ Runtime: 'arn:aws:lambda:eu-west-1:111122223333:runtime:own' }),
    },
  },
});
