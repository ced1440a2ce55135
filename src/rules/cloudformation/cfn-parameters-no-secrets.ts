import { Criterion } from '../../criteria/criterion';
import { isObject, isScalar, type Json, type JsonObject } from '../../model/json';
import type { Finding } from '../../model/observation';
import type { Template } from '../../model/template';
import { defineRule } from '../rule';
import { isHidden } from '../shared/plain-secrets';
import { isSecretText, secretIn } from '../shared/secret-formats';
import { isSecretName } from '../shared/secret-names';

const template = (Parameters: JsonObject) => ({ Parameters, Resources: { Topic: { Type: 'AWS::SNS::Topic' } } });

export default defineRule({
  id: 'CloudFormation.1',
  slug: 'cfn-parameters-no-secrets',
  title: 'Parameters of templates hold no secrets that can be read',
  criteria: [Criterion.CC6_1, Criterion.CC6_2],
  control: 'secret-management',
  severity: 'error',
  scope: 'environment',
  resourceTypes: ['AWS::CloudFormation::Stack'],
  rationale:
    'CloudFormation shows parameters to everyone who may look at the stack, and a default is in the source of the template.',
  remediation:
    'Read the secret from Secrets Manager instead of passing it; where it must be a parameter, set `noEcho: true` and no `default`.',
  references: [
    'ElectricEye Secrets.CloudFormation.1',
    'Prowler cloudformation_stack_outputs_find_secrets',
    'NIST 800-53 IA-5(7)',
  ],
  check: ({ environment }) => environment.templates.flatMap(judge),
  examples: {
    pass: {
      'there are no parameters': { Topic: { Type: 'AWS::SNS::Topic' } },
      'a password is hidden': template({ DbPassword: { Type: 'String', NoEcho: true } }),
      'a parameter names a secret': template({
        DbSecretArn: { Type: 'String' },
        ApiToken: { Type: 'AWS::SSM::Parameter::Value<String>', Default: '/shop/api/token' },
        DbSecret: { Type: 'String', Description: 'ARN of the secret of the database' },
      }),
      'a default is a dynamic reference': template({
        DbPassword: { Type: 'String', NoEcho: 'true', Default: '{{resolve:secretsmanager:db}}' },
      }),
    },
    fail: {
      'a password is shown': template({ DbPassword: { Type: 'String' } }),
      'a token is shown': template({ GitHubTokenParameter: { Type: 'String', NoEcho: false } }),
      'a hidden password has a default': template({ Password: { Type: 'String', NoEcho: true, Default: 'correct-horse' } }),
      'the default of another parameter is an access key': template({
        Uploader: { Type: 'String', Default: 'AKIAIOSFODNN7EXAMPLE' },
      }),
    },
  },
});

function judge(template: Template): Finding[] {
  const { Parameters: parameters } = template.body;
  if (!isObject(parameters)) return [];
  return Object.entries(parameters).flatMap(([name, declaration]) => {
    if (!isObject(declaration)) return [];
    const wrong = problemOf(name, declaration);
    if (!wrong) return [];
    const [key, problem, expected] = wrong;
    const found = `parameter '${name}' of '${template.path}'`;
    return [{ kind: 'fail', path: `Parameters.${name}.${key}`, problem: `${problem} (${template.path})`, found, expected }];
  });
}

/** What is wrong with a parameter, where, and what is right. */
function problemOf(name: string, declaration: JsonObject): [key: string, problem: string, expected: string] | undefined {
  const { Default: fallback, Description: description = '', Type: type } = declaration;
  const text = isScalar(fallback) ? String(fallback) : '';
  const kind = secretIn(text);
  if (kind !== undefined) return ['Default', `the default of '${name}' holds ${kind}`, 'no default'];
  if (!isSecret(name, type, description)) return undefined;
  if (isSecretText(text) && !text.startsWith('{{resolve:'))
    return ['Default', `the default of '${name}' is a secret`, 'no default'];
  return isHidden(declaration) ? undefined : ['NoEcho', `CloudFormation shows the secret '${name}'`, 'true'];
}

/** Parameters of the types of AWS are names, and so are those that say that they are. */
function isSecret(name: string, type: Json | undefined, description: Json): boolean {
  if (typeof type === 'string' && type.startsWith('AWS::')) return false;
  return isSecretName(name.replace(/(Param(eter)?|Value)$/, '')) && !/\b(arn|name|path) of\b/i.test(String(description));
}
