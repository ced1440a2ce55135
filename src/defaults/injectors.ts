import { type InjectionContext, type IPropertyInjector, PropertyInjectors } from 'aws-cdk-lib';
import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import * as apigatewayv2 from 'aws-cdk-lib/aws-apigatewayv2';
import * as autoscaling from 'aws-cdk-lib/aws-autoscaling';
import * as cloudfront from 'aws-cdk-lib/aws-cloudfront';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as ecr from 'aws-cdk-lib/aws-ecr';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import * as efs from 'aws-cdk-lib/aws-efs';
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as opensearch from 'aws-cdk-lib/aws-opensearchservice';
import * as rds from 'aws-cdk-lib/aws-rds';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import * as sns from 'aws-cdk-lib/aws-sns';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import type { IConstruct } from 'constructs';
import { cdkProvider } from '../model/cdk-providers';
import { httpStageDefaults, restApiDefaults, restStageDefaults } from './api-stage';
import { autoScalingGroupDefaults } from './auto-scaling-group';
import { bucketDefaults } from './bucket';
import { isCompleted } from './completed';
import { databaseDefaults, restoredDatabaseDefaults } from './database';
import { databaseClusterDefaults } from './database-cluster';
import { distributionDefaults } from './distribution';
import { ecsClusterDefaults } from './ecs-cluster';
import { fileSystemDefaults } from './file-system';
import { functionDefaults } from './function';
import type { Defaults } from './hardening';
import { instanceDefaults } from './instance';
import { keyDefaults } from './key';
import {
  applicationListenerDefaults,
  applicationLoadBalancerDefaults,
  networkListenerDefaults,
  networkLoadBalancerDefaults,
} from './load-balancer';
import { logGroupDefaults } from './log-group';
import { queueDefaults } from './queue';
import { repositoryDefaults } from './repository';
import { searchDomainDefaults } from './search-domain';
import { secretDefaults } from './secret';
import { tableDefaults, tableV2Defaults } from './table';
import { topicDefaults } from './topic';
import { vpcDefaults } from './vpc';

/** A construct of the CDK, by the id of its class, and how its properties are completed. */
interface Injected {
  readonly constructUniqueId: string;
  // biome-ignore lint/suspicious/noExplicitAny: every class has properties of its own.
  readonly defaults: Defaults<any>;
}

/** The constructs of the CDK that are hardened where they are used as they are. */
const INJECTED: readonly Injected[] = [
  { constructUniqueId: s3.Bucket.PROPERTY_INJECTION_ID, defaults: bucketDefaults },
  { constructUniqueId: ecr.Repository.PROPERTY_INJECTION_ID, defaults: repositoryDefaults },
  { constructUniqueId: ecs.Cluster.PROPERTY_INJECTION_ID, defaults: ecsClusterDefaults },
  { constructUniqueId: dynamodb.Table.PROPERTY_INJECTION_ID, defaults: tableDefaults },
  { constructUniqueId: dynamodb.TableV2.PROPERTY_INJECTION_ID, defaults: tableV2Defaults },
  { constructUniqueId: efs.FileSystem.PROPERTY_INJECTION_ID, defaults: fileSystemDefaults },
  { constructUniqueId: kms.Key.PROPERTY_INJECTION_ID, defaults: keyDefaults },
  { constructUniqueId: lambda.Function.PROPERTY_INJECTION_ID, defaults: functionDefaults },
  { constructUniqueId: logs.LogGroup.PROPERTY_INJECTION_ID, defaults: logGroupDefaults },
  { constructUniqueId: rds.DatabaseInstance.PROPERTY_INJECTION_ID, defaults: databaseDefaults },
  { constructUniqueId: rds.DatabaseInstanceFromSnapshot.PROPERTY_INJECTION_ID, defaults: restoredDatabaseDefaults },
  { constructUniqueId: rds.DatabaseCluster.PROPERTY_INJECTION_ID, defaults: databaseClusterDefaults },
  { constructUniqueId: secretsmanager.Secret.PROPERTY_INJECTION_ID, defaults: secretDefaults },
  { constructUniqueId: sns.Topic.PROPERTY_INJECTION_ID, defaults: topicDefaults },
  { constructUniqueId: sqs.Queue.PROPERTY_INJECTION_ID, defaults: queueDefaults },
  { constructUniqueId: opensearch.Domain.PROPERTY_INJECTION_ID, defaults: searchDomainDefaults },
  { constructUniqueId: apigateway.RestApi.PROPERTY_INJECTION_ID, defaults: restApiDefaults },
  { constructUniqueId: apigateway.SpecRestApi.PROPERTY_INJECTION_ID, defaults: restApiDefaults },
  { constructUniqueId: apigateway.Stage.PROPERTY_INJECTION_ID, defaults: restStageDefaults },
  { constructUniqueId: apigatewayv2.HttpStage.PROPERTY_INJECTION_ID, defaults: httpStageDefaults },
  { constructUniqueId: cloudfront.Distribution.PROPERTY_INJECTION_ID, defaults: distributionDefaults },
  { constructUniqueId: autoscaling.AutoScalingGroup.PROPERTY_INJECTION_ID, defaults: autoScalingGroupDefaults },
  { constructUniqueId: ec2.Instance.PROPERTY_INJECTION_ID, defaults: instanceDefaults },
  { constructUniqueId: ec2.Vpc.PROPERTY_INJECTION_ID, defaults: vpcDefaults },
  { constructUniqueId: elbv2.ApplicationListener.PROPERTY_INJECTION_ID, defaults: applicationListenerDefaults },
  { constructUniqueId: elbv2.ApplicationLoadBalancer.PROPERTY_INJECTION_ID, defaults: applicationLoadBalancerDefaults },
  { constructUniqueId: elbv2.NetworkListener.PROPERTY_INJECTION_ID, defaults: networkListenerDefaults },
  { constructUniqueId: elbv2.NetworkLoadBalancer.PROPERTY_INJECTION_ID, defaults: networkLoadBalancerDefaults },
];

/**
 * Complete the properties of the CDK's own constructs below a scope, from now on.
 *
 * Injectors that the scope has already are asked first.
 */
export function injectDefaults(scope: IConstruct, mayBeDeployed: boolean): void {
  const injectors = PropertyInjectors.of(scope);
  for (const { constructUniqueId, defaults } of INJECTED)
    injectors.add(new DefaultsInjector(constructUniqueId, defaults, mayBeDeployed, injectors.for(constructUniqueId)));
}

class DefaultsInjector implements IPropertyInjector {
  constructor(
    public readonly constructUniqueId: string,
    private readonly defaults: Injected['defaults'],
    private readonly mayBeDeployed: boolean,
    private readonly earlier: IPropertyInjector | undefined,
  ) {}

  public inject(props: object | undefined, context: InjectionContext): object {
    const own = this.earlier ? this.earlier.inject(props, context) : props;
    const { scope, id } = context;
    // What the CDK makes for itself runs only while a stack is deployed; our own classes have decided.
    if (cdkProvider(`${scope.node.path}/${id}`) !== undefined || isCompleted(props)) return own;
    return this.defaults(own, { scope, id, mayBeDeployed: this.mayBeDeployed });
  }
}
