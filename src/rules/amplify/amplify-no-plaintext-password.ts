import { Criterion } from '../../criteria/criterion';
import { defineRule } from '../rule';
import { passwordExamples, writtenPasswords } from '../shared/written-password';

const PASSWORDS = {
  'AWS::Amplify::App': ['BasicAuthConfig.Password', 'AutoBranchCreationConfig.BasicAuthConfig.Password'],
  'AWS::Amplify::Branch': ['BasicAuthConfig.Password'],
};

export default defineRule({
  id: 'Amplify.2',
  slug: 'amplify-no-plaintext-password',
  title: 'Passwords of Amplify branches are not written into templates',
  criteria: [Criterion.CC6_1, Criterion.CC6_2],
  control: 'secret-management',
  severity: 'error',
  ...writtenPasswords(PASSWORDS),
  rationale: 'The password keeps unfinished work from strangers, and a template is read by many and kept for ever.',
  remediation: 'Pass a value of Secrets Manager: `SecretValue.secretsManager("…").unsafeUnwrap()`.',
  references: ['CloudFormation Guard AMPLIFY_BRANCH_NO_PLAINTEXT_PASSWORD', 'CWE-798', 'NIST 800-53 IA-5'],
  examples: passwordExamples((password) => ({
    Branch: {
      Type: 'AWS::Amplify::Branch',
      Properties: { BasicAuthConfig: { EnableBasicAuth: true, Username: 'team', Password: password } },
    },
  })),
});
