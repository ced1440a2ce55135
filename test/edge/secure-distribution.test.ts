import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as acm from 'aws-cdk-lib/aws-certificatemanager';
import * as cloudfront from 'aws-cdk-lib/aws-cloudfront';
import * as origins from 'aws-cdk-lib/aws-cloudfront-origins';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { SecureDistribution, type SecureDistributionProps, WebFirewall, WebFirewallScope } from '../../src';
import { build, objections, only } from '../helpers/construct';
import { keepsItsPromises } from '../helpers/promises';

const DISTRIBUTION = 'AWS::CloudFront::Distribution';
const CERTIFICATE = 'arn:aws:acm:us-east-1:111122223333:certificate/12345678-1234-1234-1234-123456789012';
const WEB_ACL = 'arn:aws:wafv2:us-east-1:111122223333:global/webacl/edge/473e64fd-f30b-4765-81a0-62ad96dd167a';
const SECURITY_HEADERS = '67f7725c-6f97-4210-82d7-5512b31e9d03';

type More = Partial<SecureDistributionProps>;

const basics = (stack: Stack) => ({
  defaultBehavior: { origin: new origins.HttpOrigin('app.example.com') },
  certificate: acm.Certificate.fromCertificateArn(stack, 'Certificate', CERTIFICATE),
  domainNames: ['www.example.com'],
});
const make = (stack: Stack, more: More = {}) =>
  new SecureDistribution(stack, 'Site', { ...basics(stack), webAclId: WEB_ACL, ...more });
const configOf = (more?: (stack: Stack) => More) =>
  only(
    build((stack) => make(stack, more?.(stack))),
    DISTRIBUTION,
  ).Properties.DistributionConfig;
const emptyApp = () => new App({ context: { '@aws-cdk/aws-s3:serverAccessLogsUseBucketPolicy': true } });
const inRegion = (region?: string, app = emptyApp()) =>
  new Stack(app, `Edge${region ?? ''}`, {
    env: { account: '111122223333', region },
    crossRegionReferences: region !== undefined,
  });

keepsItsPromises({
  make,
  plain: (stack) => new cloudfront.Distribution(stack, 'Site', basics(stack)),
  adopted: make,
});

describe('by default', () => {
  const config = configOf((stack) => ({
    additionalBehaviors: { 'api/*': { origin: new origins.HttpOrigin('api.example.com') } },
    comment: stack.stackName,
  }));

  test('every behavior serves HTTPS only, with security headers', () => {
    const served = { ViewerProtocolPolicy: 'redirect-to-https', ResponseHeadersPolicyId: SECURITY_HEADERS };
    expect([config.DefaultCacheBehavior, ...config.CacheBehaviors]).toEqual([
      expect.objectContaining(served),
      expect.objectContaining(served),
    ]);
  });

  test('viewers speak TLS 1.2 or later', () => {
    expect(config.ViewerCertificate).toMatchObject({ MinimumProtocolVersion: 'TLSv1.2_2021', SslSupportMethod: 'sni-only' });
  });

  test('standard logs are written', () => {
    expect(config.Logging).toEqual({
      Bucket: { 'Fn::GetAtt': [expect.stringContaining('Soc2DistributionLogs'), 'RegionalDomainName'] },
      Prefix: 'Stack/Site/',
    });
  });

  test('the web ACL is the one that is named', () => expect(config.WebACLId).toBe(WEB_ACL));
});

test('a behavior that is added later is hardened as well', () => {
  const made = build((stack) => make(stack).addBehavior('api/*', new origins.HttpOrigin('api.example.com')));
  expect(only(made, DISTRIBUTION).Properties.DistributionConfig.CacheBehaviors).toMatchObject([
    { ViewerProtocolPolicy: 'redirect-to-https', ResponseHeadersPolicyId: SECURITY_HEADERS },
  ]);
});

test('two distributions share a bucket for logs', () => {
  const made = build((stack) => {
    make(stack);
    new SecureDistribution(stack, 'Other', {
      ...basics(new Stack(stack, 'Inner')),
      domainNames: ['other.example.com'],
      webAclId: WEB_ACL,
    });
  });
  const buckets = Object.keys(made.template.Resources).filter((id) => /^Soc2DistributionLogs[0-9A-F]{8}$/.test(id));
  expect(buckets).toHaveLength(1);
});

test('a bucket as origin is reached with an origin access control, and no rule objects', () => {
  const made = build((stack) => {
    const site = new s3.Bucket(stack, 'Files', { blockPublicAccess: s3.BlockPublicAccess.BLOCK_ALL });
    make(stack, {
      defaultBehavior: { origin: origins.S3BucketOrigin.withOriginAccessControl(site) },
      defaultRootObject: 'index.html',
    });
  });
  expect(objections(made).filter((each) => each.startsWith('cloudfront-'))).toEqual([]);
});

describe('what an app sets comes before a default', () => {
  const config = configOf(() => ({
    defaultBehavior: {
      origin: new origins.HttpOrigin('app.example.com'),
      viewerProtocolPolicy: cloudfront.ViewerProtocolPolicy.HTTPS_ONLY,
    },
    minimumProtocolVersion: cloudfront.SecurityPolicyProtocol.TLS_V1_3_2025,
    enableLogging: false,
  }));
  test('HTTPS', () => expect(config.DefaultCacheBehavior.ViewerProtocolPolicy).toBe('https-only'));
  test('TLS', () => expect(config.ViewerCertificate.MinimumProtocolVersion).toBe('TLSv1.3_2025'));
  test('logs', () => expect(config.Logging).toBeUndefined());
});

describe('the web ACL', () => {
  test('is made in us-east-1 where none is named', () => {
    const stack = inRegion('us-east-1');
    const site = make(stack, { webAclId: undefined });
    const template = Template.fromStack(stack);
    template.hasResourceProperties('AWS::WAFv2::WebACL', { Scope: 'CLOUDFRONT' });
    template.hasResourceProperties(DISTRIBUTION, {
      DistributionConfig: { WebACLId: stack.resolve(site.firewall?.webAclArn) },
    });
  });

  test('can be one of a stack in us-east-1', () => {
    const app = emptyApp();
    const firewall = new WebFirewall(inRegion('us-east-1', app), 'Firewall', { scope: WebFirewallScope.CLOUDFRONT });
    const stack = inRegion('eu-west-1', app);
    make(stack, { webAclId: firewall.webAclArn });
    expect(() => app.synth()).not.toThrow();
  });

  test.each([
    ['eu-west-1', "the stack 'Edgeeu-west-1' is in eu-west-1"],
    [undefined, "the stack 'Edge' has no Region"],
  ])('fails when none is named in a stack in %s', (region, message) => {
    expect(() => make(inRegion(region), { webAclId: undefined })).toThrow(message);
  });

  test.each([
    'arn:aws:wafv2:eu-west-1:111122223333:regional/webacl/edge/473e64fd',
    'arn:aws:wafv2:us-east-1:111122223333:regional/webacl/edge/473e64fd',
    '473e64fd-f30b-4765-81a0-62ad96dd167a',
  ])('fails for %s', (webAclId) => {
    expect(() => make(inRegion('eu-west-1'), { webAclId })).toThrow(
      `must be the ARN of a web ACL of the scope CLOUDFRONT, got '${webAclId}'`,
    );
  });
});

test.each<[string, More]>([
  ['certificate', { certificate: undefined }],
  ['domainNames', { domainNames: undefined }],
])('fails without %s', (name, more) => {
  expect(() => make(inRegion('us-east-1'), more)).toThrow(`'${name}' of 'Edgeus-east-1/Site' must be given, got none`);
});
