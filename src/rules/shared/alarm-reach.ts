import { anyOf, metBy, type Observation } from '../../model/observation';
import type { Resource } from '../../model/resource';
import type { Value } from '../../model/value';

/** Expect an alarm to reach somebody or something when it goes off: by its own actions, or because others watch it. */
export function reachesSomebody(alarm: Resource): Observation[] {
  const actions = alarm.at('AlarmActions');
  const own = anyOf(
    actions.items().map((action) => action.mustBeSet('an action')),
    () => actions.fails('an action for the state ALARM', 'nothing happens when the alarm goes off'),
  );
  if (own.length === 0) return own;
  const others = [...watchersOf(alarm), ...relaysNear(alarm)];
  return others.length > 0 ? others.map((each) => metBy(each, 'acts on the state of the alarm')) : own;
}

/** What acts on the state of an alarm by itself: type, and where it names the alarm. */
const WATCHERS: readonly (readonly [type: string, list: string, member?: string])[] = [
  ['AWS::CloudWatch::CompositeAlarm', 'AlarmRule'],
  ['AWS::CloudWatch::CompositeAlarm', 'ActionsSuppressor'],
  ['AWS::CodeDeploy::DeploymentGroup', 'AlarmConfiguration.Alarms', 'Name'],
  ['AWS::ECS::Service', 'DeploymentConfiguration.Alarms.AlarmNames'],
  ['AWS::AppConfig::Environment', 'Monitors', 'AlarmArn'],
];

function watchersOf(alarm: Resource): Resource[] {
  const name = alarm.at('AlarmName').string;
  const isAbout = (value: Value) =>
    value.mentions().includes(alarm.entry) ||
    (name !== undefined && (value.string === name || value.text.includes(`"${name}"`) || value.text.includes(`(${name})`)));
  return WATCHERS.flatMap(([type, list, member]) =>
    alarm.peers(type).filter((each) =>
      each
        .at(list)
        .items()
        .some((item) => isAbout(member === undefined ? item : item.at(member))),
    ),
  );
}

/** Rules that pass on every alarm that goes off. */
function relaysNear(alarm: Resource): Resource[] {
  return alarm.peers('AWS::Events::Rule').filter((rule) => {
    const pattern = rule.at('EventPattern');
    const has = (path: string, word: string) =>
      pattern
        .at(path)
        .items()
        .some(({ string }) => string === word);
    return (
      has('detail-type', 'CloudWatch Alarm State Change') &&
      pattern.at('resources').isAbsent &&
      (pattern.at('detail').isAbsent || has('detail.state.value', 'ALARM')) &&
      pattern.at('detail').entries().length <= 1 &&
      rule.at('State').mustBe('ENABLED', { absent: '' }).length === 0 &&
      rule.at('Targets').items().length > 0
    );
  });
}
