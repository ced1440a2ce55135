import type { Resource } from '../../model/resource';
import type { Value } from '../../model/value';

const TEMPLATE = 'AWS::EC2::LaunchTemplate';

/** What an instance, a launch template or a launch configuration launches instances with. */
export class Launch {
  private readonly template?: Resource;

  constructor(private readonly resource: Resource) {
    this.template = resource.type === TEMPLATE ? resource : templateOf(resource);
  }

  /** A setting: the resource's own, or else that of the launch template. */
  public at(path: string): Value {
    const own = this.resource.at(path);
    return own.isAbsent && this.template ? this.template.at(`LaunchTemplateData.${path}`) : own;
  }

  /** The launch template, when it is not among the templates: what it says is not known. */
  public get elsewhere(): Value | undefined {
    const named = this.resource.at('LaunchTemplate');
    return named.isAbsent || this.template ? undefined : named;
  }
}

/** CDK names the launch template of an instance by its version, which is an attribute of it. */
function templateOf(instance: Resource): Resource | undefined {
  const named = instance.at('LaunchTemplate');
  if (named.isAbsent) return undefined;
  const target = named.at('LaunchTemplateId').target ?? named.at('LaunchTemplateName').target ?? named.at('Version').target;
  if (target?.type === TEMPLATE) return target;
  const name = named.at('LaunchTemplateName').string;
  return instance.peers(TEMPLATE).find((peer) => name !== undefined && peer.at('LaunchTemplateName').string === name);
}
