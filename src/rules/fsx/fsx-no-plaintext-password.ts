import { Criterion } from '../../criteria/criterion';
import { defineRule } from '../rule';
import { passwordExamples, writtenPasswords } from '../shared/written-password';

const PASSWORDS = {
  'AWS::FSx::FileSystem': [
    'OntapConfiguration.FsxAdminPassword',
    'WindowsConfiguration.SelfManagedActiveDirectoryConfiguration.Password',
  ],
  'AWS::FSx::StorageVirtualMachine': [
    'SvmAdminPassword',
    'ActiveDirectoryConfiguration.SelfManagedActiveDirectoryConfiguration.Password',
  ],
};

const { pass, fail } = passwordExamples((Password) => ({
  Files: {
    Type: 'AWS::FSx::FileSystem',
    Properties: { WindowsConfiguration: { SelfManagedActiveDirectoryConfiguration: { Password } } },
  },
}));

export default defineRule({
  id: 'FSx.2',
  slug: 'fsx-no-plaintext-password',
  title: 'Passwords of FSx file systems are not written into templates',
  criteria: [Criterion.CC6_1, Criterion.CC6_2],
  control: 'secret-management',
  severity: 'error',
  ...writtenPasswords(PASSWORDS),
  rationale:
    'These passwords open the file system as a whole, or the company directory; a template is read by many and kept for ever.',
  remediation: 'Pass `SecretValue.secretsManager("…").unsafeUnwrap()`, which becomes a reference that CloudFormation follows.',
  references: ['CWE-798', 'AWS Well-Architected SEC02-BP03', 'NIST 800-53 IA-5'],
  examples: {
    pass,
    fail: {
      ...fail,
      'the password of a virtual machine stands in the template': {
        Machine: { Type: 'AWS::FSx::StorageVirtualMachine', Properties: { Name: 'svm', SvmAdminPassword: 'correct horse' } },
      },
    },
  },
});
