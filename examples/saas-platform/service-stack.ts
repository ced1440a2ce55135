import { Stack, type StackProps } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import type * as ecr from 'aws-cdk-lib/aws-ecr';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as route53 from 'aws-cdk-lib/aws-route53';
import { LoadBalancerTarget } from 'aws-cdk-lib/aws-route53-targets';
import { SecureLoadBalancer, WebFirewall } from 'cdk-soc2';
import type { Construct } from 'constructs';
import type { DataStack } from './data-stack';

export interface ServiceStackProps extends StackProps {
  readonly vpc: ec2.IVpc;
  readonly data: DataStack;
  readonly images: ecr.IRepository;
  /** The host of the domain that customers reach it by; `app` where nothing is said. */
  readonly hostName?: string;
}

/** The service that customers use, behind a load balancer that speaks only TLS. */
export class ServiceStack extends Stack {
  public readonly loadBalancer: SecureLoadBalancer;

  constructor(scope: Construct, id: string, { vpc, data, images, hostName = 'app', ...props }: ServiceStackProps) {
    super(scope, id, props);

    const service = new ecs.FargateService(this, 'Service', {
      cluster: new ecs.Cluster(this, 'Cluster', { vpc }),
      taskDefinition: this.task(data, images),
      securityGroups: [new ec2.SecurityGroup(this, 'ServiceSecurityGroup', { vpc, allowAllOutbound: false })],
      desiredCount: 2,
      minHealthyPercent: 100,
      circuitBreaker: { rollback: true },
    });
    service.connections.allowToDefaultPort(data.database, 'The service reaches the database');
    service.connections.allowToAnyIpv4(ec2.Port.HTTPS, 'Images, secrets, uploads, logs');

    const hostedZone = route53.HostedZone.fromHostedZoneAttributes(this, 'Zone', {
      hostedZoneId: 'Z0123456789ABCDEFGHIJ',
      zoneName: 'example.com',
    });
    this.loadBalancer = new SecureLoadBalancer(this, 'LoadBalancer', {
      vpc,
      internetFacing: true,
      hostedZone,
      domainName: `${hostName}.example.com`,
      // Customers upload files, which are larger than what the firewall lets in by default.
      webAclArn: new WebFirewall(this, 'Firewall', { countedRules: ['SizeRestrictions_BODY'] }).webAclArn,
    });
    this.loadBalancer.httpsListener.addTargets('App', {
      port: 8080,
      protocol: elbv2.ApplicationProtocol.HTTP,
      targets: [service],
    });
    new route53.ARecord(this, 'Name', {
      zone: hostedZone,
      recordName: hostName,
      target: route53.RecordTarget.fromAlias(new LoadBalancerTarget(this.loadBalancer)),
    });
  }

  private task({ database, uploads }: DataStack, images: ecr.IRepository): ecs.FargateTaskDefinition {
    const task = new ecs.FargateTaskDefinition(this, 'Task', { cpu: 512, memoryLimitMiB: 1024 });
    task.addContainer('App', {
      image: ecs.ContainerImage.fromEcrRepository(images, '1.0.0'),
      user: '1000',
      portMappings: [{ containerPort: 8080 }],
      readonlyRootFilesystem: true,
      secrets: { DATABASE: ecs.Secret.fromSecretsManager(database.secret!) },
      environment: { UPLOADS: uploads.bucketName },
      logging: ecs.LogDriver.awsLogs({ streamPrefix: 'app', logGroup: new logs.LogGroup(this, 'AppLogs') }),
    });
    uploads.grantReadWrite(task.taskRole);
    return task;
  }
}
