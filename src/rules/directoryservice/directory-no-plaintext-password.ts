import { Criterion } from '../../criteria/criterion';
import { defineRule } from '../rule';
import { passwordExamples, writtenPasswords } from '../shared/written-password';

const PASSWORDS = {
  'AWS::AppStream::DirectoryConfig': ['ServiceAccountCredentials.AccountPassword'],
  'AWS::DirectoryService::MicrosoftAD': ['Password'],
  'AWS::DirectoryService::SimpleAD': ['Password'],
};

const { pass, fail } = passwordExamples((Password) => ({
  Directory: { Type: 'AWS::DirectoryService::MicrosoftAD', Properties: { Name: 'corp.example.com', Password } },
}));

export default defineRule({
  id: 'DirectoryService.1',
  slug: 'directory-no-plaintext-password',
  title: 'Passwords of directories are not written into templates',
  criteria: [Criterion.CC6_1, Criterion.CC6_2],
  control: 'secret-management',
  severity: 'error',
  ...writtenPasswords(PASSWORDS),
  rationale:
    'The administrator of a directory is the administrator of every computer in it, and a template is read by many and kept for ever.',
  remediation:
    'Pass `SecretValue.secretsManager("…").unsafeUnwrap()` as the password: CloudFormation looks the secret up when it deploys.',
  references: ['CWE-798', 'AWS Well-Architected SEC02-BP03', 'NIST 800-53 IA-5'],
  examples: {
    pass,
    fail: {
      ...fail,
      'the password of a simple directory stands in the template': {
        Directory: {
          Type: 'AWS::DirectoryService::SimpleAD',
          Properties: { Name: 'corp.example.com', Password: 'correct horse' },
        },
      },
      'the account that joins a fleet has its password in the template': {
        Join: {
          Type: 'AWS::AppStream::DirectoryConfig',
          Properties: { ServiceAccountCredentials: { AccountName: 'corp\\\\join', AccountPassword: 'correct horse' } },
        },
      },
    },
  },
});
