import { Criterion } from '../../criteria/criterion';
import type { Json } from '../../model/json';
import { defineRule } from '../rule';
import { job, task } from '../shared/container-examples';
import { CONTAINER_TYPES, containersOf } from '../shared/containers';
import { withParameter } from '../shared/iam-examples';
import { plainSecret } from '../shared/plain-secrets';

const environment = (Name: string, Value: Json) => ({ Environment: [{ Name, Value }] });

export default defineRule({
  id: 'ECS.3',
  slug: 'ecs-no-plain-secrets',
  title: 'Environment variables of containers hold no secrets',
  criteria: [Criterion.CC6_1, Criterion.CC6_2],
  control: 'secret-management',
  severity: 'error',
  resourceTypes: CONTAINER_TYPES,
  rationale: 'Variables are shown to everyone who may look at the task definition, and stay in all its earlier revisions.',
  remediation: 'Pass the value in `secrets` with `ecs.Secret.fromSecretsManager(…)` instead of in `environment`, and change it.',
  references: [
    'Security Hub ECS.8',
    'AWS Config ECS_NO_ENVIRONMENT_SECRETS',
    'Control Tower CT.ECS.PR.12',
    'cdk-nag ECSTaskDefinitionNoEnvironmentVariables',
  ],
  check: (resource) =>
    containersOf(resource).flatMap((container) => [
      ...container
        .at('Environment')
        .items()
        .flatMap((each) => plainSecret(each.at('Name').text, each.at('Value'))),
      ...container
        .at('LogConfiguration.Options')
        .entries()
        .flatMap(([name, value]) => plainSecret(name, value)),
    ]),
  examples: {
    pass: {
      'there are no variables': task({}),
      'the variables are no secrets': task(
        environment('LOG_LEVEL', 'debug'),
        environment('TOKEN_URL', 'https://login.example.com'),
      ),
      'a variable names the secret': {
        ...task(environment('DB_SECRET', { Ref: 'Login' })),
        Login: { Type: 'AWS::SecretsManager::Secret' },
      },
      'a variable says where the password is': task(environment('DB_PASSWORD', '/shop/db/password')),
      'the secret is passed as one': task({
        Secrets: [{ Name: 'DB_PASSWORD', ValueFrom: 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:db' }],
      }),
      'the host of a database comes from its secret': task(
        environment('DB_HOST', '{{resolve:secretsmanager:db:SecretString:host}}'),
      ),
    },
    fail: {
      'a variable is a password': task(environment('DB_PASSWORD', 'correct-horse')),
      'a variable holds an access key': task(environment('UPLOADER', 'AKIAIOSFODNN7EXAMPLE')),
      'a variable holds a connection string with a password': task(
        environment('DATABASE_URL', { 'Fn::Sub': 'postgres://app:horse@${Host}:5432/shop' }),
      ),
      'a variable is filled with a secret at deployment': task(
        environment('DB_PASSWORD', '{{resolve:secretsmanager:db:SecretString:password}}'),
      ),
      'the token of a log driver is in its options': task({
        LogConfiguration: { LogDriver: 'splunk', Options: { 'splunk-token': 'correct-horse' } },
      }),
      'a job of Batch has a password': job(environment('dbPassword', 'correct-horse')),
    },
    undetermined: {
      'the password is a parameter': withParameter('Password', task(environment('DB_PASSWORD', { Ref: 'Password' }))),
    },
  },
});
