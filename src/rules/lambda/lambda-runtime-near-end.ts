import { Criterion } from '../../criteria/criterion';
import type { JsonObject } from '../../model/json';
import { defineRule } from '../rule';
import { withParameter } from '../shared/iam-examples';
import { DEPRECATED_RUNTIMES, ENDING_RUNTIMES, RUNTIME_NAME } from '../shared/lambda-runtimes';

const EXPECTED = 'a runtime that is mended for a year or more';

const lambda = (properties: JsonObject) => ({ Function: { Type: 'AWS::Lambda::Function', Properties: { ...properties } } });

export default defineRule({
  id: 'Lambda.11',
  slug: 'lambda-runtime-near-end',
  title: 'Lambda functions run on a runtime that will be mended for a while',
  criteria: [Criterion.CC7_1, Criterion.CC8_1],
  control: 'patch-management',
  severity: 'warning',
  resourceTypes: ['AWS::Lambda::Function'],
  applies: (lambda) => lambda.at('PackageType').string !== 'Image' && lambda.at('Code.ImageUri').isAbsent,
  rationale:
    'Code that has to move to another runtime takes months to test; who begins when the old one is given up is unpatched meanwhile.',
  remediation: 'Set `runtime` to a newer one, such as `lambda.Runtime.NODEJS_24_X` or `lambda.Runtime.PYTHON_3_14`, and test.',
  references: [
    'Trusted Advisor: Lambda functions using deprecated runtimes',
    'AWS documentation: Lambda runtimes',
    'NIST 800-53 SA-22',
  ],
  check: (lambda) => {
    const runtime = lambda.at('Runtime');
    const name = runtime.string ?? '';
    // What has ended is for lambda-supported-runtime to say, and so is what nobody knows.
    if (runtime.isAbsent || (runtime.isKnown && (Object.hasOwn(DEPRECATED_RUNTIMES, name) || !RUNTIME_NAME.test(name))))
      return [{ kind: 'note', resource: lambda, path: runtime.path, text: 'the runtime is none that Lambda supports' }];
    const ends = Object.hasOwn(ENDING_RUNTIMES, name) ? ENDING_RUNTIMES[name] : undefined;
    return runtime.must(EXPECTED, () => ends === undefined, { problem: ends && `${name} is mended until ${ends} only` });
  },
  examples: {
    pass: {
      'the runtime is a recent one': lambda({ Runtime: 'nodejs24.x' }),
      'the runtime has some years left': lambda({ Runtime: 'python3.13' }),
      'one of two runtimes is chosen, and both have time left': {
        Parameters: { Runtime: { Type: 'String', AllowedValues: ['python3.13', 'python3.14'], Default: 'python3.14' } },
        Resources: lambda({ Runtime: { Ref: 'Runtime' } }),
      },
    },
    fail: {
      'the runtime ends within the year': lambda({ Runtime: 'nodejs22.x' }),
      'the operating system of the runtime ends within the year': lambda({ Runtime: 'java17' }),
      'one branch of a condition ends within the year': {
        Parameters: { Stage: { Type: 'String' } },
        Conditions: { IsTest: { 'Fn::Equals': [{ Ref: 'Stage' }, 'test'] } },
        Resources: lambda({ Runtime: { 'Fn::If': ['IsTest', 'nodejs24.x', 'ruby3.3'] } }),
      },
    },
    undetermined: {
      'the runtime is a parameter': withParameter('Runtime', lambda({ Runtime: { Ref: 'Runtime' } })),
    },
  },
});
