import { Criterion } from '../../criteria/criterion';
import { defineRule } from '../rule';
import { mustNotBeWritten, passwordExamples } from '../shared/written-password';

const PASSWORDS = ['BasicAuthConfig.Password'];

export default defineRule({
  id: 'Amplify.2',
  slug: 'amplify-no-plaintext-password',
  title: 'Passwords of Amplify branches are not written into templates',
  criteria: [Criterion.CC6_1, Criterion.CC6_2],
  control: 'secret-management',
  severity: 'error',
  resourceTypes: ['AWS::Amplify::App', 'AWS::Amplify::Branch'],
  rationale: 'The password keeps unfinished work from strangers, and a template is read by many and kept for ever.',
  remediation: 'Pass a value of Secrets Manager: `SecretValue.secretsManager("…").unsafeUnwrap()`.',
  references: ['CloudFormation Guard AMPLIFY_BRANCH_NO_PLAINTEXT_PASSWORD', 'CWE-798', 'NIST 800-53 IA-5'],
  applies: (resource) => PASSWORDS.some((path) => !resource.at(path).isAbsent),
  check: (resource) =>
    PASSWORDS.map((path) => resource.at(path)).flatMap((each) => (each.isAbsent ? [] : mustNotBeWritten(each))),
  examples: passwordExamples((password) => ({
    Branch: {
      Type: 'AWS::Amplify::Branch',
      Properties: { BasicAuthConfig: { EnableBasicAuth: true, Username: 'team', Password: password } },
    },
  })),
});
