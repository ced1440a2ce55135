import { Criterion } from '../../criteria/criterion';
import { anyOf, type Observation } from '../../model/observation';
import type { Resource } from '../../model/resource';
import type { Value } from '../../model/value';
import { defineRule } from '../rule';
import { fromJsonText } from '../shared/json-text';
import { publicGrants } from '../shared/public-grants';

const permission = (properties: object) => ({
  Permission: {
    Type: 'AWS::Lambda::Permission',
    Properties: { Action: 'lambda:InvokeFunction', FunctionName: 'orders', ...properties },
  },
});

export default defineRule({
  id: 'Lambda.2',
  slug: 'lambda-no-public-access',
  aliases: ['lambda-layer-not-public'],
  title: 'Lambda functions and layers do not admit everyone',
  criteria: [Criterion.CC6_6, Criterion.CC6_1],
  control: 'public-exposure',
  severity: 'error',
  resourceTypes: [
    'AWS::Lambda::Permission',
    'AWS::Lambda::Url',
    'AWS::Lambda::LayerVersionPermission',
    'AWS::Lambda::ResourcePolicy',
  ],
  rationale:
    'Whoever may invoke a function acts with its role; and a service that is let in without its source carries out the orders of any AWS customer.',
  remediation:
    'Name the principal, and pass `sourceArn` or `sourceAccount` to `addPermission` for a service; use `FunctionUrlAuthType.AWS_IAM` for function URLs, behind CloudFront or API Gateway where the public comes in; pass `organizationId` to the permission of a layer.',
  references: [
    'Security Hub Lambda.1',
    'AWS Config LAMBDA_FUNCTION_PUBLIC_ACCESS_PROHIBITED',
    'cdk-nag LambdaFunctionPublicAccessProhibited',
    'Checkov CKV_AWS_364',
    'NIST 800-53 AC-3',
  ],
  check: (resource) => {
    switch (resource.type) {
      case 'AWS::Lambda::Url':
        return resource.at('AuthType').mustBe('AWS_IAM');
      case 'AWS::Lambda::ResourcePolicy':
        return publicGrants(fromJsonText(resource.at('PolicyDocument')));
      default:
        return judge(resource);
    }
  },
  examples: {
    pass: {
      'an account is admitted': permission({ Principal: 111122223333 }),
      'the own account is admitted': permission({ Principal: { Ref: 'AWS::AccountId' } }),
      'a role of the template is admitted': {
        ...permission({ Principal: { 'Fn::GetAtt': ['Role', 'Arn'] } }),
        Role: { Type: 'AWS::IAM::Role', Properties: {} },
      },
      'a service is admitted for one topic': {
        ...permission({ Principal: 'sns.amazonaws.com', SourceArn: { Ref: 'Topic' } }),
        Topic: { Type: 'AWS::SNS::Topic', Properties: {} },
      },
      'S3 is admitted for buckets of one account': permission({
        Principal: 's3.amazonaws.com',
        SourceAccount: { Ref: 'AWS::AccountId' },
        SourceArn: 'arn:aws:s3:::orders',
      }),
      'everyone of the organization is admitted': permission({ Principal: '*', PrincipalOrgID: 'o-aa111bb222' }),
      'load balancers are admitted': permission({ Principal: 'elasticloadbalancing.amazonaws.com' }),
      'the URL asks for signed requests': { Url: { Type: 'AWS::Lambda::Url', Properties: { AuthType: 'AWS_IAM' } } },
      'the layer is for the organization': {
        Layer: { Type: 'AWS::Lambda::LayerVersionPermission', Properties: { Principal: '*', OrganizationId: 'o-aa111bb222' } },
      },
    },
    fail: {
      'everyone is admitted': permission({ Principal: '*' }),
      'everyone is admitted through the function URL': permission({ Principal: '*', FunctionUrlAuthType: 'NONE' }),
      'every AWS customer is admitted through the function URL': permission({ Principal: '*', FunctionUrlAuthType: 'AWS_IAM' }),
      'a service is admitted for any source': permission({ Principal: 'sns.amazonaws.com' }),
      'a service is admitted for sources of any account': permission({
        Principal: { 'Fn::Sub': 'sns.${AWS::URLSuffix}' },
        SourceArn: 'arn:aws:sns:eu-west-1:*:orders',
      }),
      'S3 is admitted for a bucket, whoever owns it': permission({
        Principal: 's3.amazonaws.com',
        SourceArn: 'arn:aws:s3:::orders',
      }),
      'the URL is open': { Url: { Type: 'AWS::Lambda::Url', Properties: { AuthType: 'NONE' } } },
      'a statement of the resource policy admits everyone': {
        Policy: {
          Type: 'AWS::Lambda::ResourcePolicy',
          Properties: {
            PolicyDocument: '{"Statement":{"Effect":"Allow","Principal":"*","Action":"lambda:InvokeFunction","Resource":"*"}}',
          },
        },
      },
      'the layer is for everyone': { Layer: { Type: 'AWS::Lambda::LayerVersionPermission', Properties: { Principal: '*' } } },
    },
    undetermined: {
      'the principal is a parameter': {
        Parameters: { Who: { Type: 'String' } },
        Resources: permission({ Principal: { Ref: 'Who' } }),
      },
      'the source is a parameter': {
        Parameters: { Source: { Type: 'String' } },
        Resources: permission({ Principal: 'events.amazonaws.com', SourceArn: { Ref: 'Source' } }),
      },
    },
  },
});

/** Services that may be admitted without a source, and why. */
const SELF_LIMITED: Readonly<Record<string, string>> = {
  elasticloadbalancing: 'a load balancer only invokes functions of its own account',
  secretsmanager: 'a rotation function can only open the secrets that its own role may open',
};

const SERVICE = /^([a-z0-9.-]+)\.(amazonaws\.com(\.cn)?|amazon\.com|\$\{AWS::URLSuffix\})$/;

const OWNER = 'SourceAccount, for the name of a bucket may pass to somebody else';

const SOURCE = 'a source of a known account: SourceArn, SourceAccount, or the organization';

function judge(permission: Resource): Observation[] {
  const principal = permission.at('Principal');
  const service = SERVICE.exec(principal.text)?.[1];
  if (service && SELF_LIMITED[service])
    return [{ kind: 'note', resource: permission, path: principal.path, text: SELF_LIMITED[service] }];
  if (service) {
    const problem = `the service '${service}' is admitted on behalf of any AWS customer`;
    return narrowed(permission, service, principal.fails(service === 's3' ? OWNER : SOURCE, problem));
  }
  if (principal.text === '*')
    return narrowed(permission, undefined, principal.fails('a named principal', 'everyone is admitted'));
  const named = principal.mentions().length > 0 || /^(arn:|\$\{AWS::AccountId\}$)/.test(principal.text);
  return principal.isUnknown && !named
    ? narrowed(permission, undefined, principal.undetermined('a named principal'))
    : principal.mustBeSet('a named principal');
}

/** What limits a permission to known accounts; `otherwise` when nothing does. */
function narrowed(permission: Resource, service: string | undefined, otherwise: Observation): Observation[] {
  const set = (path: string) => permission.at(path).mustBeSet(SOURCE);
  const source = permission.at('SourceArn');
  // The ARN of a bucket names no account.
  const isOfBucket = service === 's3' || (service === undefined && source.targets('AWS::S3::Bucket').length > 0);
  return anyOf(
    [
      set('SourceAccount'),
      set('PrincipalOrgID'),
      set('OrganizationId'),
      ...(service === undefined ? [] : [set('EventSourceToken')]),
      ...(isOfBucket ? [] : [ofKnownAccount(source)]),
    ],
    () => otherwise,
  );
}

/** Expect an ARN with an account; that of a bucket has none, and a bucket may change hands. */
function ofKnownAccount(arn: Value): Observation[] {
  if (arn.isAbsent) return [arn.fails(SOURCE)];
  const account = arn.text.replace(/\$\{AWS::(\w+)\}/g, '<$1>').split(':')[4];
  if (/^(\d{12}|<AccountId>)$/.test(account ?? '') || arn.mentions().length > 0) return [];
  return arn.isUnknown && (account === undefined || account.includes('${')) ? [arn.undetermined(SOURCE)] : [arn.fails(SOURCE)];
}
