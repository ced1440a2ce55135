import { Criterion } from '../../criteria/criterion';
import type { Json } from '../../model/json';
import { defineRule } from '../rule';
import { withParameter } from '../shared/iam-examples';
import { plainSecret } from '../shared/plain-secrets';

const lambda = (Variables: Record<string, Json>) => ({
  Function: { Type: 'AWS::Lambda::Function', Properties: { Environment: { Variables } } },
});

export default defineRule({
  id: 'Lambda.6',
  slug: 'lambda-no-plain-secrets',
  title: 'Environment variables of Lambda functions hold no secrets',
  criteria: [Criterion.CC6_1, Criterion.CC6_2],
  control: 'secret-management',
  severity: 'error',
  resourceTypes: ['AWS::Lambda::Function'],
  rationale: 'Variables are shown to everyone who may look at the function, and to every program that runs in it.',
  remediation:
    'Pass the name of the secret, let the function read it with `secret.grantRead(fn)`, and change the secret that was shown.',
  references: ['checkov CKV_AWS_45', 'Prowler awslambda_function_no_secrets_in_variables', 'NIST 800-53 IA-5(7)'],
  check: (lambda) =>
    lambda
      .at('Environment.Variables')
      .entries()
      .flatMap(([name, value]) => plainSecret(name, value)),
  examples: {
    pass: {
      'the variables are no secrets': lambda({ LOG_LEVEL: 'debug', TOKEN_URL: 'https://login.example.com', MAX_TOKENS: '4096' }),
      'a variable names a secret of the template': {
        ...lambda({
          DB_SECRET: { Ref: 'Login' },
          API_TOKEN: { 'Fn::Sub': 'arn:${AWS::Partition}:secretsmanager:eu-west-1:1:secret:x' },
        }),
        Login: { Type: 'AWS::SecretsManager::Secret' },
      },
      'the variables say where secrets are': lambda({ DB_PASSWORD: 'shop/db/password', ROTATE_SECRET: 'true', API_KEY: '' }),
      'a database is named, and its password is not': lambda({ DATABASE_URL: 'postgres://db.example.com:5432/shop' }),
    },
    fail: {
      'a variable is a password': lambda({ dbPassword: 'correct-horse' }),
      'a variable is a secret key of AWS': lambda({ AWS_SECRET_KEY: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY' }),
      'a variable holds a private key': lambda({ SIGNER: '-----BEGIN RSA PRIVATE KEY-----\nMIIB' }),
      'a variable holds an address with a password': lambda({ BROKER: 'amqps://shop:horse@mq.example.com:5671' }),
      'a variable is filled with a secret at deployment': lambda({
        LOGIN: { 'Fn::Join': ['', ['{{resolve:secretsmanager:', { Ref: 'Login' }, ':SecretString:::}}']] },
      }),
      'a variable shows a hidden parameter': {
        Parameters: { Password: { Type: 'String', NoEcho: true } },
        Resources: lambda({ CONNECTION: { 'Fn::Sub': 'app:${Password}' } }),
      },
      'a variable is the secret of an access key': {
        ...lambda({ UPLOADER: { 'Fn::GetAtt': ['Key', 'SecretAccessKey'] } }),
        Key: { Type: 'AWS::IAM::AccessKey', Properties: { UserName: 'uploader' } },
      },
      'a variable is the secret of a client of Cognito': {
        ...lambda({ CLIENT: { 'Fn::GetAtt': ['Client', 'ClientSecret'] } }),
        Client: { Type: 'AWS::Cognito::UserPoolClient', Properties: { UserPoolId: 'pool', GenerateSecret: true } },
      },
      'a password is the default of a parameter': {
        Parameters: { Password: { Type: 'String', Default: 'correct-horse' } },
        Resources: lambda({ DB_PASSWORD: { Ref: 'Password' } }),
      },
    },
    undetermined: {
      'the password is a parameter': withParameter('Password', lambda({ DB_PASSWORD: { Ref: 'Password' } })),
    },
  },
});
