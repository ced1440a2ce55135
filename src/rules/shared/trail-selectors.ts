import type { Resource } from '../../model/resource';
import type { Value } from '../../model/value';

/** Events that a trail may record. */
export interface TrailEvents {
  readonly category: 'Management' | 'Data';
  readonly access: 'Read' | 'Write';
  /** Data events only: the type as selectors name it, for example `AWS::S3::Object`. */
  readonly type?: string;
}

/** The part of some events that a selector records. */
export interface Recording {
  /** False when only deployment knows whether the selector records them at all. */
  readonly sure: boolean;
  /** ARNs, or their beginnings, of the only resources whose events are recorded; all resources when there are none. */
  readonly only: readonly Value[];
  /** What limits the selector further. */
  readonly limits: readonly Value[];
  /** What the selector leaves out. */
  readonly excluded: readonly Value[];
}

/** What the selectors of a trail record of some events. */
export function recordingsOf(trail: Resource, events: TrailEvents): Recording[] {
  const selectors = selectorsOf(trail);
  const read = selectors.path.endsWith('AdvancedEventSelectors') ? fromFields : fromSelector;
  return selectors.items().flatMap((selector) => read(selector, events));
}

/** The selectors of a trail, advanced or basic: it has one kind of them, or none. */
export function selectorsOf(trail: Resource): Value {
  const advanced = trail.at('AdvancedEventSelectors');
  return advanced.items().length > 0 ? advanced : trail.at('EventSelectors');
}

/** Management event sources that the selectors of a trail leave out. */
export function excludedSources(trail: Resource): Value[] {
  const fields = trail
    .at('AdvancedEventSelectors')
    .items()
    .map((selector) => selector.at('FieldSelectors'))
    .filter((each) => isOneOf(each.pick('Field', 'eventCategory').at('Equals'), ['Management'], false) !== false);
  return [
    ...fields.flatMap((each) => each.pick('Field', 'eventSource').at('NotEquals').items()),
    ...trail
      .at('EventSelectors')
      .items()
      .flatMap((selector) => selector.at('ExcludeManagementEventSources').items()),
  ];
}

function fromSelector(selector: Value, { category, access, type }: TrailEvents): Recording[] {
  const readWrite = isOneOf(selector.at('ReadWriteType'), ['All', `${access}Only`], true);
  if (category === 'Management') {
    const included = isOneOf(selector.at('IncludeManagementEvents'), ['true'], true);
    return recording([readWrite, included], { excluded: selector.at('ExcludeManagementEventSources').items() });
  }
  return selector
    .at('DataResources')
    .items()
    .filter((each) => each.at('Values').items().length > 0)
    .flatMap((each) => recording([readWrite, isOneOf(each.at('Type'), [type!], false)], { only: each.at('Values').items() }));
}

const ASKED = ['eventCategory', 'readOnly', 'resources.type'];

function fromFields(selector: Value, { category, access, type }: TrailEvents): Recording[] {
  const fields = selector.at('FieldSelectors');
  const equal = (field: string) => fields.pick('Field', field).at('Equals');
  const others = fields.items().filter((each) => !ASKED.includes(String(each.at('Field').string)));
  const of = (operators: readonly string[], among: readonly Value[]) =>
    among.flatMap((each) => operators.flatMap((operator) => each.at(operator).items()));
  const byArn = others.filter((each) => each.at('Field').string === 'resources.ARN');
  return recording(
    [
      isOneOf(equal('eventCategory'), [category], false),
      isOneOf(equal('readOnly'), [String(access === 'Read')], true),
      type === undefined || isOneOf(equal('resources.type'), [type], false),
      others.some((each) => each.at('Field').isUnknown) ? undefined : true,
    ],
    {
      only: of(['Equals', 'StartsWith'], byArn),
      limits: [
        ...of(['EndsWith'], byArn),
        ...of(
          ['Equals', 'StartsWith', 'EndsWith'],
          others.filter((each) => !byArn.includes(each)),
        ),
      ],
      excluded: of(['NotEquals', 'NotStartsWith', 'NotEndsWith'], others),
    },
  );
}

/** Undefined when only deployment knows. */
type Answer = boolean | undefined;

function isOneOf(value: Value, wanted: readonly string[], whenAbsent: boolean): Answer {
  if (value.isAbsent) return whenAbsent;
  if (value.items().some(({ string }) => string !== undefined && wanted.includes(string))) return true;
  return value.items().some(({ isUnknown }) => isUnknown) ? undefined : false;
}

function recording(answers: readonly Answer[], parts: Partial<Recording>): Recording[] {
  if (answers.includes(false)) return [];
  return [{ only: [], limits: [], excluded: [], ...parts, sure: !answers.includes(undefined) }];
}
