/**
 * The JSON schemas of OSCAL 1.2.0 for component definitions and assessment results, without what our documents do not use: whatever
 * fits here fits them. They are published by NIST with the releases of https://github.com/usnistgov/OSCAL, and in the public domain.
 */

type Schema = Readonly<Record<string, unknown>>;

const string = (pattern: string, more: Schema = {}): Schema => ({ type: 'string', pattern, ...more });
const list = (items: Schema): Schema => ({ type: 'array', minItems: 1, items });
const oneOf = (...values: string[]): Schema => ({ allOf: [TOKEN, { enum: values }] });

/** An object that has these members, those whose names end in `?` not always, and no others. */
function object(members: Readonly<Record<string, Schema>>): Schema {
  const names = Object.keys(members);
  return {
    type: 'object',
    properties: Object.fromEntries(names.map((name) => [name.replace('?', ''), members[name]])),
    required: names.filter((name) => !name.endsWith('?')),
    additionalProperties: false,
  };
}

const UUID = string('^[0-9A-Fa-f]{8}-[0-9A-Fa-f]{4}-[45][0-9A-Fa-f]{3}-[89ABab][0-9A-Fa-f]{3}-[0-9A-Fa-f]{12}$');
const TOKEN = string('^(\\p{L}|_)(\\p{L}|\\p{N}|[.\\-_])*$');
const STRING = string('^\\S(.*\\S)?$');
const LINE = string('^[^\\n]+$');
const MULTILINE: Schema = { type: 'string' };
const URI = string('^[a-zA-Z][a-zA-Z0-9+\\-.]+:.+$', { format: 'uri' });
const URI_REFERENCE: Schema = { type: 'string', format: 'uri-reference' };
const DATE_TIME = string(
  '^(((2000|2400|2800|(19|2[0-9](0[48]|[2468][048]|[13579][26])))-02-29)|(((19|2[0-9])[0-9]{2})-02-(0[1-9]|1[0-9]|2[0-8]))|(((19|2[0-9])[0-9]{2})-(0[13578]|10|12)-(0[1-9]|[12][0-9]|3[01]))|(((19|2[0-9])[0-9]{2})-(0[469]|11)-(0[1-9]|[12][0-9]|30)))T(2[0-3]|[01][0-9]):([0-5][0-9]):([0-5][0-9])(\\.[0-9]+)?(Z|(-((0[0-9]|1[0-2]):00|0[39]:30)|\\+((0[0-9]|1[0-4]):00|(0[34569]|10):30|(0[58]|12):45)))$',
  { format: 'date-time' },
);

const PROPERTIES = list(object({ name: TOKEN, 'ns?': URI, value: STRING }));

const METADATA = object({
  title: LINE,
  'last-modified': DATE_TIME,
  version: STRING,
  'oscal-version': STRING,
  'props?': PROPERTIES,
  'remarks?': MULTILINE,
});

const STATEMENT = object({
  'statement-id': TOKEN,
  uuid: UUID,
  description: MULTILINE,
  'props?': PROPERTIES,
  'remarks?': MULTILINE,
});

const REQUIREMENT = object({
  uuid: UUID,
  'control-id': TOKEN,
  description: MULTILINE,
  'props?': PROPERTIES,
  'statements?': list(STATEMENT),
});

const CONTROL_IMPLEMENTATION = object({
  uuid: UUID,
  source: URI_REFERENCE,
  description: MULTILINE,
  'implemented-requirements': list(REQUIREMENT),
});

const COMPONENT = object({
  uuid: UUID,
  type: STRING,
  title: LINE,
  description: MULTILINE,
  'props?': PROPERTIES,
  'control-implementations?': list(CONTROL_IMPLEMENTATION),
});

const OBSERVATION = object({
  uuid: UUID,
  'title?': LINE,
  description: MULTILINE,
  methods: list(STRING),
  'types?': list(TOKEN),
  'props?': PROPERTIES,
  'subjects?': list(object({ 'subject-uuid': UUID, type: TOKEN, 'title?': LINE })),
  collected: DATE_TIME,
  'remarks?': MULTILINE,
});

const FINDING = object({
  uuid: UUID,
  title: LINE,
  description: MULTILINE,
  target: object({
    type: { allOf: [STRING, { enum: ['statement-id', 'objective-id'] }] },
    'target-id': TOKEN,
    status: object({ state: oneOf('satisfied', 'not-satisfied'), 'reason?': TOKEN }),
  }),
  'related-observations?': list(object({ 'observation-uuid': UUID })),
});

const SELECTION = {
  anyOf: [object({ 'include-all': object({}) }), object({ 'include-controls': list(object({ 'control-id': TOKEN })) })],
};

const RESULT = object({
  uuid: UUID,
  title: LINE,
  description: MULTILINE,
  start: DATE_TIME,
  'end?': DATE_TIME,
  'reviewed-controls': object({ 'control-selections': list(SELECTION) }),
  'observations?': list(OBSERVATION),
  'findings?': list(FINDING),
});

/** The schema of each document, by its path in the bundle. */
export const OSCAL_SCHEMAS: Readonly<Record<string, Schema>> = {
  'oscal/component-definition.json': object({
    'component-definition': object({ uuid: UUID, metadata: METADATA, 'components?': list(COMPONENT) }),
  }),
  'oscal/assessment-results.json': object({
    'assessment-results': object({
      uuid: UUID,
      metadata: METADATA,
      'import-ap': object({ href: URI_REFERENCE, 'remarks?': MULTILINE }),
      results: list(RESULT),
    }),
  }),
};
