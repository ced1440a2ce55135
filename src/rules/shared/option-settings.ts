import type { Json, JsonObject } from '../../model/json';
import type { Observation } from '../../model/observation';
import type { Resource } from '../../model/resource';
import type { Value } from '../../model/value';
import { byParameter } from './deciding-examples';

const TEMPLATE = 'AWS::ElasticBeanstalk::ConfigurationTemplate';

/** An option of Elastic Beanstalk. */
export interface BeanstalkOption {
  readonly namespace: string;
  readonly name: string;
}

/** Expect an option of an environment to have a value, which it has by itself or from its configuration template. */
export function mustHaveOption(environment: Resource, option: BeanstalkOption, wanted: string, absent?: string): Observation[] {
  const own = settingsOf(environment, option);
  const named = environment.at('TemplateName');
  const template = named.target?.type === TEMPLATE ? named.target : undefined;
  const found = own.value ?? (template && settingsOf(template, option).value);
  const expected = `${option.namespace} ${option.name}: ${wanted}`;
  if (found) return found.must(expected, (value) => value.string?.toLowerCase() === wanted);
  const open = own.open ?? (template ? settingsOf(template, option).open : undefined);
  if (open) return [open.undetermined(expected)];
  if (absent !== undefined) return [{ kind: 'note', resource: environment, path: 'Properties.OptionSettings', text: absent }];
  if (!named.isAbsent && !template)
    return [named.undetermined(expected, 'the configuration template is not among these templates')];
  return [environment.at('OptionSettings').fails(expected, `the option '${option.name}' is not set`)];
}

/** The last setting of an option counts; `open` may be it, for all that is known before deployment. */
function settingsOf(resource: Resource, { namespace, name }: BeanstalkOption): { value?: Value; open?: Value } {
  const settings = resource.at('OptionSettings').items();
  const matching = settings.filter((each) => each.at('Namespace').string === namespace && each.at('OptionName').string === name);
  const open = settings.find((each) => each.at('Namespace').isUnknown || each.at('OptionName').isUnknown);
  return { value: matching.pop()?.at('Value'), open };
}

/** An environment, for examples. */
export function beanstalkEnvironment(properties: JsonObject = {}): JsonObject {
  return { Site: { Type: 'AWS::ElasticBeanstalk::Environment', Properties: { ApplicationName: 'shop', ...properties } } };
}

/** Examples of a rule that expects an option to have a value. */
export function optionExamples({ namespace, name }: BeanstalkOption, right: string, wrong: string) {
  const settings = (Value: Json) => ({ OptionSettings: [{ Namespace: namespace, OptionName: name, Value }] });
  const environment = (value: Json) => beanstalkEnvironment(settings(value));
  return {
    pass: {
      'the environment says so': environment(right),
      'the configuration template says so': {
        ...beanstalkEnvironment({ TemplateName: { Ref: 'Template' } }),
        Template: { Type: TEMPLATE, Properties: { ApplicationName: 'shop', ...settings(right) } },
      },
    },
    fail: { 'it is not mentioned': beanstalkEnvironment(), 'the environment says otherwise': environment(wrong) },
    undetermined: {
      'it is a parameter': byParameter(environment),
      'the configuration template is elsewhere': beanstalkEnvironment({ TemplateName: 'web' }),
    },
  };
}
