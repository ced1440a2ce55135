import { App, Duration, Stack } from 'aws-cdk-lib';
import { Annotations } from 'aws-cdk-lib/assertions';
import * as acm from 'aws-cdk-lib/aws-certificatemanager';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as route53 from 'aws-cdk-lib/aws-route53';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as sns from 'aws-cdk-lib/aws-sns';
import * as wafv2 from 'aws-cdk-lib/aws-wafv2';
import { EnvironmentKind, SecureLoadBalancer, type SecureLoadBalancerProps, Soc2Environment } from '../../src';
import { type Built, build, objections, only } from '../helpers/construct';
import { keepsItsPromises } from '../helpers/promises';

const LISTENER = 'AWS::ElasticLoadBalancingV2::Listener';
const BALANCER = 'AWS::ElasticLoadBalancingV2::LoadBalancer';
const CERTIFICATE = 'arn:aws:acm:eu-west-1:111122223333:certificate/12345678-1234-1234-1234-123456789012';
const WEB_ACL = 'arn:aws:wafv2:eu-west-1:111122223333:regional/webacl/edge/473e64fd-f30b-4765-81a0-62ad96dd167a';

type More = Partial<SecureLoadBalancerProps>;

const network = (stack: Stack, zones = ['eu-west-1a', 'eu-west-1b']) =>
  ec2.Vpc.fromVpcAttributes(stack, 'Vpc', {
    vpcId: 'vpc-0123456789abcdef0',
    vpcCidrBlock: '10.0.0.0/16',
    availabilityZones: zones,
    publicSubnetIds: zones.map((_, index) => `subnet-0123456789abcdef${index}`),
    publicSubnetRouteTableIds: zones.map((_, index) => `rtb-0123456789abcdef${index}`),
    privateSubnetIds: zones.map((_, index) => `subnet-1123456789abcdef${index}`),
    privateSubnetRouteTableIds: zones.map((_, index) => `rtb-1123456789abcdef${index}`),
  });

const make = (stack: Stack, more: More = {}) =>
  new SecureLoadBalancer(stack, 'Balancer', { vpc: network(stack), certificateArn: CERTIFICATE, ...more });

const adopted = (stack: Stack, more: More = {}) => {
  const balancer = new SecureLoadBalancer(stack, 'Balancer', { vpc: network(stack), alreadyDeployed: true, ...more });
  serve(balancer);
  return balancer;
};

function serve(balancer: elbv2.ApplicationLoadBalancer): void {
  balancer.addListener('Web', {
    port: 443,
    certificates: [elbv2.ListenerCertificate.fromArn(CERTIFICATE)],
    defaultAction: elbv2.ListenerAction.fixedResponse(200),
  });
}

const listeners = ({ template }: Built) =>
  Object.values(template.Resources)
    .filter(({ Type }) => Type === LISTENER)
    .map(({ Properties }) => Properties);
const listener = (built: Built, port: number) => listeners(built).find(({ Port }) => Port === port);
const attributes = (built: Built): Record<string, unknown> =>
  Object.fromEntries(
    only(built, BALANCER).Properties.LoadBalancerAttributes.map(({ Key, Value }: Record<string, unknown>) => [Key, Value]),
  );
const types = ({ template }: Built) => Object.values(template.Resources).map(({ Type }) => Type);
const built = (more: More = {}, kind?: EnvironmentKind) => build((stack) => make(stack, more), kind);

keepsItsPromises({
  make,
  plain: (stack) => serve(new elbv2.ApplicationLoadBalancer(stack, 'Balancer', { vpc: network(stack) })),
  adopted,
});

describe('by default', () => {
  const made = built();

  test('it speaks HTTPS with TLS 1.2 or later, and answers 404 until it has targets', () => {
    expect(listener(made, 443)).toMatchObject({
      Protocol: 'HTTPS',
      SslPolicy: 'ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09',
      Certificates: [{ CertificateArn: CERTIFICATE }],
      DefaultActions: [{ Type: 'fixed-response', FixedResponseConfig: { StatusCode: '404' } }],
    });
  });

  test('it redirects HTTP to it for good', () => {
    expect(listener(made, 80).DefaultActions).toEqual([
      { Type: 'redirect', RedirectConfig: { Port: '443', Protocol: 'HTTPS', StatusCode: 'HTTP_301' } },
    ]);
  });

  test('it drops invalid headers and mitigates desynchronisation', () => {
    expect(attributes(made)).toMatchObject({
      'routing.http.drop_invalid_header_fields.enabled': 'true',
      'routing.http.desync_mitigation_mode': 'defensive',
    });
  });

  test('it writes access logs and connection logs to a bucket that S3 encrypts', () => {
    const bucket = { Ref: expect.stringContaining('Soc2AccessLogs') };
    expect(attributes(made)).toMatchObject({
      'access_logs.s3.enabled': 'true',
      'access_logs.s3.bucket': bucket,
      'connection_logs.s3.enabled': 'true',
      'connection_logs.s3.bucket': bucket,
    });
    const [rule] = only(made, 'AWS::S3::Bucket').Properties.BucketEncryption.ServerSideEncryptionConfiguration;
    expect(rule.ServerSideEncryptionByDefault.SSEAlgorithm).toBe('AES256');
  });

  test('it stands behind a firewall of its own', () => {
    expect(
      types(made)
        .filter((type) => type.startsWith('AWS::WAFv2::'))
        .sort(),
    ).toEqual(['AWS::WAFv2::LoggingConfiguration', 'AWS::WAFv2::WebACL', 'AWS::WAFv2::WebACLAssociation']);
  });

  test('an internal one lets nobody in', () => {
    expect(only(made, 'AWS::EC2::SecurityGroup').Properties.SecurityGroupIngress).toBeUndefined();
  });

  test('there are no alarms without a topic', () => expect(types(made)).not.toContain('AWS::CloudWatch::Alarm'));
});

test.each([
  [EnvironmentKind.PRODUCTION, 'true'],
  [EnvironmentKind.STAGING, 'false'],
  [EnvironmentKind.DEVELOPMENT, 'false'],
])('in %s, protection against deletion is %s', (kind, expected) => {
  expect(attributes(built({}, kind))['deletion_protection.enabled']).toBe(expected);
});

test('one that faces the internet opens 443 and 80 and nothing else', () => {
  const { SecurityGroupIngress } = only(built({ internetFacing: true }), 'AWS::EC2::SecurityGroup').Properties;
  expect(SecurityGroupIngress.map(({ FromPort, ToPort, CidrIp }: Record<string, unknown>) => [FromPort, ToPort, CidrIp])).toEqual(
    [
      [443, 443, '0.0.0.0/0'],
      [80, 80, '0.0.0.0/0'],
    ],
  );
});

test('one that faces the internet can be closed', () => {
  const made = built({ internetFacing: true, open: false });
  expect(only(made, 'AWS::EC2::SecurityGroup').Properties.SecurityGroupIngress).toBeUndefined();
});

describe('the certificate', () => {
  test('is there for other listeners', () => {
    const made = build((stack) => {
      const balancer = make(stack);
      balancer.addListener('Other', {
        port: 8443,
        certificates: [balancer.certificate!],
        defaultAction: elbv2.ListenerAction.fixedResponse(404),
      });
    });
    expect(listener(made, 8443).Certificates).toEqual(listener(made, 443).Certificates);
  });

  test('can be a construct', () => {
    const made = build((stack) =>
      make(stack, {
        certificateArn: undefined,
        certificate: acm.Certificate.fromCertificateArn(stack, 'Own', CERTIFICATE),
      }),
    );
    expect(listener(made, 443).Certificates).toEqual([{ CertificateArn: CERTIFICATE }]);
  });

  test('can be made and validated in a hosted zone', () => {
    const made = build((stack) =>
      make(stack, { certificateArn: undefined, hostedZone: zone(stack), domainName: 'app.example.com' }),
    );
    expect(only(made, 'AWS::CertificateManager::Certificate').Properties).toMatchObject({
      DomainName: 'app.example.com',
      ValidationMethod: 'DNS',
      DomainValidationOptions: [{ DomainName: 'app.example.com', HostedZoneId: 'Z0123456789ABCDEFGHIJ' }],
    });
  });

  test.each<[string, (stack: Stack) => More, string]>([
    ['none is given', () => ({ certificateArn: undefined }), 'must be given in one way'],
    ['two are given', (stack) => ({ hostedZone: zone(stack), domainName: 'a.example.com' }), "'certificateArn' and 'hostedZone'"],
    ['a zone has no name', (stack) => ({ certificateArn: undefined, hostedZone: zone(stack) }), "'domainName' must be set"],
    ['a name has no zone', () => ({ certificateArn: undefined, domainName: 'a.example.com' }), "'hostedZone' must be set"],
    ['the ARN is none', () => ({ certificateArn: 'app.example.com' }), "got 'app.example.com'"],
    [
      'it is in another Region',
      () => ({ certificateArn: CERTIFICATE.replace('eu-west-1', 'us-east-1') }),
      'got one in us-east-1',
    ],
  ])('fails when %s', (_, more, message) => {
    expect(() => build((stack) => make(stack, more(stack)))).toThrow(message);
  });

  const zone = (stack: Stack) =>
    route53.PublicHostedZone.fromHostedZoneAttributes(stack, 'Zone', {
      hostedZoneId: 'Z0123456789ABCDEFGHIJ',
      zoneName: 'example.com',
    });
});

describe('targets', () => {
  const withTarget = (stack: Stack) => {
    const balancer = make(stack);
    balancer.httpsListener.addTargets('App', { port: 443 });
    return balancer;
  };

  test('take the place of the answer 404', () => {
    expect(listener(build(withTarget), 443).DefaultActions).toEqual([{ Type: 'forward', TargetGroupArn: expect.anything() }]);
  });

  test('raise no warning', () => {
    const stack = new Stack(new App(), 'Stack', { env: { account: '111122223333', region: 'eu-west-1' } });
    withTarget(stack);
    Annotations.fromStack(stack).hasNoWarning('*', /default Action/);
  });
});

describe('the firewall', () => {
  test('can be a web ACL that exists', () => {
    const made = built({ webAclArn: WEB_ACL });
    expect(only(made, 'AWS::WAFv2::WebACLAssociation').Properties.WebACLArn).toBe(WEB_ACL);
    expect(types(made)).not.toContain('AWS::WAFv2::WebACL');
  });

  test('can be left to the app', () => {
    const made = built({ attachWebAcl: false });
    expect(types(made).filter((type) => type.startsWith('AWS::WAFv2::'))).toEqual([]);
  });

  test('fails when it is named and not wanted', () => {
    expect(() => built({ attachWebAcl: false, webAclArn: WEB_ACL })).toThrow(
      "'attachWebAcl' must not be false with a 'webAclArn'",
    );
  });
});

describe('in the place of what is deployed', () => {
  test('it makes no listener, and those of the app speak TLS 1.2 or later', () => {
    const made = build(adopted);
    expect(listeners(made).map(({ Port, SslPolicy }) => [Port, SslPolicy])).toEqual([
      [443, 'ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09'],
    ]);
  });

  test('the association of the app can stay', () => {
    const made = build((stack) => {
      const { loadBalancerArn } = adopted(stack, { attachWebAcl: false });
      new wafv2.CfnWebACLAssociation(stack, 'Own', { webAclArn: WEB_ACL, resourceArn: loadBalancerArn });
    });
    expect(only(made, 'AWS::WAFv2::WebACLAssociation').Properties.WebACLArn).toBe(WEB_ACL);
  });

  test.each<[string, More]>([
    ['certificateArn', { certificateArn: CERTIFICATE }],
    ['sslPolicy', { sslPolicy: elbv2.SslPolicy.TLS13_RES }],
  ])('fails when %s of a listener is given, for it makes none', (property, more) => {
    expect(() => build((stack) => adopted(stack, more))).toThrow(
      `'${property}' of 'Stack/Balancer' must not be given with 'alreadyDeployed'`,
    );
  });

  test('fails when its own listener is asked for', () => {
    expect(() => build((stack) => adopted(stack).httpsListener)).toThrow("'httpsListener' of 'Stack/Balancer' is not there");
  });
});

describe('fails', () => {
  test('when a port gets a second listener', () => {
    expect(() => build((stack) => make(stack).addListener('Second', { protocol: elbv2.ApplicationProtocol.HTTPS }))).toThrow(
      "got 443, which 'Stack/Balancer/Https' has",
    );
  });

  test.each<[string, (stack: Stack) => More]>([
    ['the VPC is in one zone', (stack) => ({ vpc: network(new Stack(stack, 'Other'), ['eu-west-1a']) })],
    ['the subnets are in one zone', () => ({ vpcSubnets: { availabilityZones: ['eu-west-1a'] } })],
  ])('when %s', (_, more) => {
    expect(() => build((stack) => make(stack, more(stack)))).toThrow('must reach two Availability Zones or more, got 1');
  });

  test('when the bucket for logs has a key of the customer', () => {
    const withKey = (stack: Stack) => make(stack, { accessLogsBucket: bucketWithKey(stack) });
    expect(() => build(withKey)).toThrow("'accessLogsBucket' of 'Stack/Balancer' must be encrypted by S3 itself");
  });

  test('when the stack has no Region', () => {
    expect(() => make(new Stack(new App(), 'Stack'))).toThrow("the stack 'Stack' of 'Stack/Balancer' must have a Region");
  });

  const bucketWithKey = (stack: Stack) => new s3.Bucket(stack, 'Logs', { encryptionKey: new kms.Key(stack, 'Key') });
});

describe('what an app sets comes before a default', () => {
  const made = built({
    dropInvalidHeaderFields: false,
    deletionProtection: false,
    desyncMitigationMode: elbv2.DesyncMitigationMode.STRICTEST,
    sslPolicy: elbv2.SslPolicy.RECOMMENDED,
  });
  test('the policy of TLS', () => expect(listener(made, 443).SslPolicy).toBe('ELBSecurityPolicy-2016-08'));
  test('attributes', () => {
    expect(attributes(made)).toMatchObject({
      'routing.http.drop_invalid_header_fields.enabled': 'false',
      'routing.http.desync_mitigation_mode': 'strictest',
      'deletion_protection.enabled': 'false',
    });
  });
  test('and a rule says so', () => {
    const failed = made.ledger.evaluations.filter(({ verdict }) => verdict === 'fail').map(({ slug }) => slug);
    expect(failed).toEqual(expect.arrayContaining(['alb-drop-invalid-headers', 'elb-deletion-protection', 'elb-tls-policy-12']));
  });
});

describe('alarms', () => {
  const thresholds = ({ template }: Built) =>
    Object.fromEntries(
      Object.entries(template.Resources)
        .filter(([, { Type }]) => Type === 'AWS::CloudWatch::Alarm')
        .map(([id, { Properties }]) => [id.slice('Balancer'.length, -8), Properties.Threshold]),
    );
  const topic = (stack: Stack) => sns.Topic.fromTopicArn(stack, 'Topic', 'arn:aws:sns:eu-west-1:111122223333:alarms');

  test('go to the topic that is given', () => {
    const made = build((stack) => make(stack, { alarmTopic: topic(stack) }));
    expect(thresholds(made)).toEqual({ UnhealthyTargets: 0, SlowAnswers: 3, LoadBalancerErrors: 10, TargetErrors: 10 });
    expect([...objections(made), ...made.validation]).toEqual([]);
  });

  test('go to the topic of the environment', () => {
    const made = build((stack) => {
      Soc2Environment.of(stack).sendAlarmsTo(topic(stack));
      make(stack, {
        maxUnhealthyTargets: 1,
        maxResponseTime: Duration.millis(500),
        maxLoadBalancerErrors: 1,
        maxTargetErrors: 2,
      });
    });
    expect(thresholds(made)).toEqual({ UnhealthyTargets: 1, SlowAnswers: 0.5, LoadBalancerErrors: 1, TargetErrors: 2 });
  });
});
