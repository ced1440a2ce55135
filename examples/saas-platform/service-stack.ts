import { Stack, type StackProps } from 'aws-cdk-lib';
import * as acm from 'aws-cdk-lib/aws-certificatemanager';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import type * as kms from 'aws-cdk-lib/aws-kms';
import * as logs from 'aws-cdk-lib/aws-logs';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import * as wafv2 from 'aws-cdk-lib/aws-wafv2';
import type { Construct } from 'constructs';
import type { DataStack } from './data-stack';

export interface ServiceStackProps extends StackProps {
  readonly vpc: ec2.IVpc;
  readonly data: DataStack;
  readonly accessLogs: s3.IBucket;
  readonly logKey: kms.IKey;
}

/** The service that customers use, behind a load balancer that speaks only TLS. */
export class ServiceStack extends Stack {
  constructor(scope: Construct, id: string, props: ServiceStackProps) {
    super(scope, id, props);
    const service = this.addService(props);
    const loadBalancer = this.addLoadBalancer(props, service);
    this.addFirewall(loadBalancer, props.logKey);
  }

  private addService({ vpc, data, logKey }: ServiceStackProps): ecs.FargateService {
    const task = new ecs.FargateTaskDefinition(this, 'Task', { cpu: 512, memoryLimitMiB: 1024 });
    task.addContainer('App', {
      image: ecs.ContainerImage.fromRegistry('public.ecr.aws/docker/library/nginx:1.29'),
      portMappings: [{ containerPort: 8080 }],
      readonlyRootFilesystem: true,
      secrets: { DATABASE: ecs.Secret.fromSecretsManager(data.database.secret!) },
      environment: { UPLOADS: data.uploads.bucketName },
      logging: ecs.LogDriver.awsLogs({
        streamPrefix: 'app',
        logGroup: new logs.LogGroup(this, 'AppLogs', { retention: logs.RetentionDays.ONE_YEAR, encryptionKey: logKey }),
      }),
    });
    data.uploads.grantReadWrite(task.taskRole);
    const service = new ecs.FargateService(this, 'Service', {
      cluster: new ecs.Cluster(this, 'Cluster', { vpc, containerInsightsV2: ecs.ContainerInsights.ENABLED }),
      taskDefinition: task,
      desiredCount: 2,
      minHealthyPercent: 100,
      circuitBreaker: { rollback: true },
    });
    // The rule stands here, so that the database's stack need not know the service.
    new ec2.CfnSecurityGroupIngress(this, 'ServiceToDatabase', {
      description: 'The service reaches the database',
      groupId: data.database.connections.securityGroups[0].securityGroupId,
      sourceSecurityGroupId: service.connections.securityGroups[0].securityGroupId,
      ipProtocol: 'tcp',
      fromPort: 5432,
      toPort: 5432,
    });
    return service;
  }

  private addLoadBalancer({ vpc, accessLogs }: ServiceStackProps, service: ecs.FargateService): elbv2.ApplicationLoadBalancer {
    const loadBalancer = new elbv2.ApplicationLoadBalancer(this, 'LoadBalancer', {
      vpc,
      internetFacing: true,
      dropInvalidHeaderFields: true,
      deletionProtection: true,
    });
    loadBalancer.logAccessLogs(accessLogs, 'load-balancer');
    const certificate = acm.Certificate.fromCertificateArn(
      this,
      'Certificate',
      `arn:aws:acm:${this.region}:${this.account}:certificate/12345678-1234-1234-1234-123456789012`,
    );
    const https = loadBalancer.addListener('Https', {
      port: 443,
      certificates: [certificate],
      sslPolicy: elbv2.SslPolicy.TLS13_12_RES_PQ,
    });
    https.addTargets('App', { port: 8080, protocol: elbv2.ApplicationProtocol.HTTP, targets: [service] });
    loadBalancer.addRedirect();
    return loadBalancer;
  }

  private addFirewall(loadBalancer: elbv2.ApplicationLoadBalancer, logKey: kms.IKey): void {
    const visible = (metricName: string) => ({ cloudWatchMetricsEnabled: true, sampledRequestsEnabled: true, metricName });
    const acl = new wafv2.CfnWebACL(this, 'Firewall', {
      scope: 'REGIONAL',
      defaultAction: { allow: {} },
      visibilityConfig: visible('firewall'),
      rules: [
        {
          name: 'common',
          priority: 0,
          overrideAction: { none: {} },
          statement: { managedRuleGroupStatement: { vendorName: 'AWS', name: 'AWSManagedRulesCommonRuleSet' } },
          visibilityConfig: visible('common'),
        },
      ],
    });
    new wafv2.CfnWebACLAssociation(this, 'FirewallAssociation', {
      webAclArn: acl.attrArn,
      resourceArn: loadBalancer.loadBalancerArn,
    });
    const log = new logs.LogGroup(this, 'FirewallLogs', {
      // AWS WAF writes to log groups with this prefix only.
      logGroupName: `aws-waf-logs-${this.stackName}`,
      retention: logs.RetentionDays.ONE_YEAR,
      encryptionKey: logKey,
    });
    new wafv2.CfnLoggingConfiguration(this, 'FirewallLogging', {
      resourceArn: acl.attrArn,
      logDestinationConfigs: [log.logGroupArn],
    });
  }
}
