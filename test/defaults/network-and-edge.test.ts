import type { Stack } from 'aws-cdk-lib';
import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import * as apigatewayv2 from 'aws-cdk-lib/aws-apigatewayv2';
import * as acm from 'aws-cdk-lib/aws-certificatemanager';
import * as cloudfront from 'aws-cdk-lib/aws-cloudfront';
import * as origins from 'aws-cdk-lib/aws-cloudfront-origins';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { only } from '../helpers/construct';
import { injected } from '../helpers/injected';
import { changes, replacing } from '../helpers/replacement';

type Make = (stack: Stack) => unknown;

const CERTIFICATE = 'arn:aws:acm:us-east-1:111122223333:certificate/12345678-1234-1234-1234-123456789012';
const TLS = 'ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09';

const network: Make = (stack) => new ec2.Vpc(stack, 'Vpc', { maxAzs: 2 });

const certificates = [elbv2.ListenerCertificate.fromArn(CERTIFICATE)];
const application =
  (sslPolicy?: elbv2.SslPolicy): Make =>
  (stack) => {
    const balancer = new elbv2.ApplicationLoadBalancer(stack, 'Balancer', { vpc: new ec2.Vpc(stack, 'Vpc', { maxAzs: 2 }) });
    balancer.addListener('Web', { port: 443, certificates, sslPolicy, defaultAction: elbv2.ListenerAction.fixedResponse(200) });
    balancer.addRedirect();
  };
const transport: Make = (stack) => {
  const vpc = new ec2.Vpc(stack, 'Vpc', { maxAzs: 2 });
  const balancer = new elbv2.NetworkLoadBalancer(stack, 'Balancer', { vpc });
  const targets = (id: string) => [new elbv2.NetworkTargetGroup(stack, id, { port: 80, vpc })];
  balancer.addListener('Tls', { port: 443, certificates, defaultTargetGroups: targets('TlsTargets') });
  balancer.addListener('Tcp', { port: 5432, defaultTargetGroups: targets('TcpTargets') });
};
const rest =
  (props?: apigateway.RestApiProps): Make =>
  (stack) =>
    new apigateway.RestApi(stack, 'Api', props).root.addMethod('GET');
const http =
  (props?: apigatewayv2.HttpStageOptions): Make =>
  (stack) => {
    const httpApi = new apigatewayv2.HttpApi(stack, 'Api', { createDefaultStage: props === undefined });
    if (props) new apigatewayv2.HttpStage(stack, 'Stage', { httpApi, ...props });
  };
const distribution =
  (props: Partial<cloudfront.DistributionProps> = {}): Make =>
  (stack) => {
    // The bucket for access logs cannot be made without this feature flag, which new apps have.
    stack.node.setContext('@aws-cdk/aws-s3:serverAccessLogsUseBucketPolicy', true);
    return new cloudfront.Distribution(stack, 'Site', {
      defaultBehavior: { origin: new origins.HttpOrigin('app.example.com') },
      certificate: acm.Certificate.fromCertificateArn(stack, 'Certificate', CERTIFICATE),
      domainNames: ['www.example.com'],
      ...props,
    });
  };

const one = (make: Make, type: string) => only({ template: injected(make) }, type).Properties;
const each = (make: Make, type: string) =>
  Object.values(injected(make).Resources).flatMap(({ Type, Properties }) => (Type === type ? [Properties] : []));

describe('in an app with Soc2.enable', () => {
  test.each<[string, Make]>([
    ['a network', network],
    ['an application load balancer', application()],
    ['a network load balancer', transport],
    ['a REST API', rest()],
    ['an HTTP API', http()],
    ['a distribution', distribution()],
  ])('%s is hardened, keeps its logical ids, and is not replaced', (_, make) => {
    const before = injected(make, { enable: false });
    const after = injected(make);
    expect(Object.keys(after.Resources)).toEqual(expect.arrayContaining(Object.keys(before.Resources)));
    expect(after).not.toEqual(before);
    expect(replacing(changes(before, after))).toEqual([]);
  });

  describe('a plain network', () => {
    test('logs traffic', () => expect(one(network, 'AWS::EC2::FlowLog')).toMatchObject({ TrafficType: 'ALL' }));

    test('hands out no public addresses', () => {
      expect(each(network, 'AWS::EC2::Subnet').map(({ MapPublicIpOnLaunch }) => MapPublicIpOnLaunch)).not.toContain(true);
    });

    test('gets no endpoint, which one of the app could collide with', () => {
      expect(each(network, 'AWS::EC2::VPCEndpoint')).toEqual([]);
    });
  });

  describe('a plain load balancer', () => {
    const policies = (make: Make) => each(make, 'AWS::ElasticLoadBalancingV2::Listener').map(({ SslPolicy }) => SslPolicy);
    const attributes = (make: Make) => one(make, 'AWS::ElasticLoadBalancingV2::LoadBalancer').LoadBalancerAttributes;

    test('for applications speaks TLS 1.2 or later where it speaks HTTPS', () => {
      expect(policies(application())).toEqual([TLS, undefined]);
    });

    test('for connections speaks TLS 1.2 or later where it speaks TLS', () =>
      expect(policies(transport)).toEqual([TLS, undefined]));

    test('keeps the policy of the app', () => {
      expect(policies(application(elbv2.SslPolicy.TLS13_13_PQ))[0]).toBe('ELBSecurityPolicy-TLS13-1-3-PQ-2025-09');
    });

    test('drops invalid headers and is protected in production', () => {
      expect(attributes(application())).toEqual(
        expect.arrayContaining([
          { Key: 'routing.http.drop_invalid_header_fields.enabled', Value: 'true' },
          { Key: 'deletion_protection.enabled', Value: 'true' },
        ]),
      );
      expect(attributes(transport)).toContainEqual({ Key: 'deletion_protection.enabled', Value: 'true' });
    });
  });

  describe('a plain REST API', () => {
    const stage = (props?: apigateway.RestApiProps) => one(rest(props), 'AWS::ApiGateway::Stage');

    test('logs who called and what went wrong, traces, and keeps data out of the log', () => {
      expect(stage()).toMatchObject({
        AccessLogSetting: { DestinationArn: { 'Fn::GetAtt': [expect.stringContaining('AccessLogs'), 'Arn'] } },
        MethodSettings: [{ HttpMethod: '*', ResourcePath: '/*', LoggingLevel: 'ERROR', DataTraceEnabled: false }],
        TracingEnabled: true,
      });
    });

    test('has the role that it writes logs by', () => expect(each(rest(), 'AWS::ApiGateway::Account')).toHaveLength(1));

    test('leaves the role to the account where the app says so', () => {
      expect(each(rest({ cloudWatchRole: false }), 'AWS::ApiGateway::Account')).toEqual([]);
    });

    test.each<[string, apigateway.StageOptions]>([
      ['caching', { cachingEnabled: true }],
      ['a cluster', { cacheClusterEnabled: true }],
      ['the size of a cluster', { cacheClusterSize: '0.5' }],
    ])('encrypts what it caches, by %s', (_, deployOptions) => {
      expect(stage({ deployOptions }).MethodSettings[0].CacheDataEncrypted).toBe(true);
    });

    test('keeps what the app sets', () => {
      const deployOptions = { loggingLevel: apigateway.MethodLoggingLevel.INFO, tracingEnabled: false };
      expect(stage({ deployOptions })).toMatchObject({ MethodSettings: [{ LoggingLevel: 'INFO' }], TracingEnabled: false });
    });
  });

  describe('a plain HTTP API', () => {
    test.each<[string, Make]>([
      ['its own stage', http()],
      ['a stage of the app', http({ stageName: 'live' })],
    ])('logs who called, in %s', (_, make) => {
      expect(one(make, 'AWS::ApiGatewayV2::Stage').AccessLogSettings).toEqual({
        DestinationArn: { 'Fn::GetAtt': [expect.stringContaining('AccessLogs'), 'Arn'] },
        Format: expect.stringContaining('$context.requestId'),
      });
    });
  });

  describe('a plain distribution', () => {
    const config = (props?: Partial<cloudfront.DistributionProps>) =>
      one(distribution(props), 'AWS::CloudFront::Distribution').DistributionConfig;

    test('serves HTTPS only with TLS 1.2, adds security headers, and logs', () => {
      expect(config()).toMatchObject({
        DefaultCacheBehavior: { ViewerProtocolPolicy: 'redirect-to-https', ResponseHeadersPolicyId: expect.any(String) },
        ViewerCertificate: { MinimumProtocolVersion: 'TLSv1.2_2021' },
        Logging: { Bucket: expect.anything() },
      });
    });

    test('keeps its name of CloudFront where it has no certificate', () => {
      expect(config({ certificate: undefined, domainNames: undefined }).ViewerCertificate).toBeUndefined();
    });

    test('keeps the bucket for logs that the CDK made for it', () => {
      const { Logging } = config({ enableLogging: true });
      expect(JSON.stringify(Logging)).toContain('SiteLoggingBucket');
    });
  });
});
