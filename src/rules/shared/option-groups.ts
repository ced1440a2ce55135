import type { Resource } from '../../model/resource';
import { ownerOf, type Setting } from './parameter-groups';

/** An option of the option group of an RDS instance. */
export function optionOf(instance: Resource, name: string): Setting {
  const at = ownerOf(instance, 'OptionGroupName').at('OptionGroupName');
  const group = at.targets('AWS::RDS::OptionGroup')[0];
  if (!group) return at.isAbsent || at.string?.startsWith('default:') ? { kind: 'default', at } : { kind: 'unknown', at };
  const options = group.at('OptionConfigurations');
  const option = options.pick('OptionName', name);
  if (options.isUnknown || option.isUnknown) return { kind: 'unknown', at: options };
  return option.isAbsent ? { kind: 'default', at: options } : { kind: 'set', value: option };
}
