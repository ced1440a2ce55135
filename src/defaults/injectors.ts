import { type InjectionContext, type IPropertyInjector, PropertyInjectors } from 'aws-cdk-lib';
import * as ecr from 'aws-cdk-lib/aws-ecr';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import * as s3 from 'aws-cdk-lib/aws-s3';
import type { IConstruct } from 'constructs';
import { cdkProvider } from '../model/cdk-providers';
import { bucketDefaults } from './bucket';
import { ecsClusterDefaults } from './ecs-cluster';
import type { Defaults } from './hardening';
import { repositoryDefaults } from './repository';

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
    // What the CDK makes for itself runs only while a stack is deployed.
    if (cdkProvider(`${scope.node.path}/${id}`) !== undefined) return own;
    return this.defaults(own, { scope, id, mayBeDeployed: this.mayBeDeployed });
  }
}
