import Ajv from 'ajv/dist/2020';

/**
 * Schemas of documents of Systems Manager, as far as those here use them. AWS publishes one for Automation only, in the package
 * `aws-ssm-document-language-service`; these are made from its documentation.
 *
 * @see https://docs.aws.amazon.com/systems-manager/latest/userguide/documents-syntax-data-elements-parameters.html
 * @see https://docs.aws.amazon.com/systems-manager/latest/userguide/documents-command-ssm-plugin-reference.html
 * @see https://docs.aws.amazon.com/systems-manager/latest/userguide/session-manager-schema.html
 */
const text = { type: 'string' } as const;
const closed = (properties: object, required: readonly string[] = []) => ({
  type: 'object',
  additionalProperties: false,
  properties,
  required,
});

const script = closed(
  {
    runCommand: { anyOf: [text, { type: 'array', items: text, minItems: 1 }] },
    timeoutSeconds: {
      anyOf: [
        { type: 'string', pattern: '^(\\d+|\\{\\{ ?\\w+ ?\\}\\})$' },
        { type: 'integer', minimum: 1 },
      ],
    },
    workingDirectory: text,
  },
  ['runCommand'],
);

/** Plugins, and what they take. */
const PLUGINS: Readonly<Record<string, object>> = {
  'aws:runShellScript': script,
  'aws:runPowerShellScript': script,
  'aws:configurePackage': closed(
    {
      name: { type: 'string', pattern: '^(arn:.*|[\\w:./-]+)$' },
      action: { enum: ['Install', 'Uninstall'] },
      installationType: { enum: ['Uninstall and reinstall', 'In-place update'] },
      version: text,
      additionalArguments: { anyOf: [text, { type: 'object' }] },
    },
    ['name', 'action'],
  ),
  'aws:downloadContent': closed(
    { sourceType: { enum: ['GitHub', 'Git', 'HTTP', 'S3', 'SSMDocument'] }, sourceInfo: text, destinationPath: text },
    ['sourceType', 'sourceInfo'],
  ),
};

const parameter = closed(
  {
    type: { enum: ['String', 'StringList', 'StringMap', 'Integer', 'Boolean', 'MapList'] },
    description: text,
    default: true,
    allowedValues: { type: 'array', minItems: 1 },
    allowedPattern: text,
    displayType: { enum: ['textfield', 'textarea'] },
    interpolationType: { enum: ['ENV_VAR'] },
    minItems: { type: 'integer' },
    maxItems: { type: 'integer' },
    minChars: { type: 'integer' },
    maxChars: { type: 'integer' },
  },
  ['type'],
);

const step = (action: string, inputs: object) =>
  closed(
    {
      action: { const: action },
      name: { type: 'string', pattern: '^[a-zA-Z0-9_-]{3,128}$' },
      inputs,
      onFailure: { enum: ['exit', 'successAndExit'] },
      onSuccess: { enum: ['exit'] },
      finallyStep: { type: 'boolean' },
      precondition: closed(
        {
          StringEquals: {
            type: 'array',
            minItems: 2,
            maxItems: 2,
            prefixItems: [text, text],
          },
        },
        ['StringEquals'],
      ),
    },
    ['action', 'name', 'inputs'],
  );

const command = closed(
  {
    schemaVersion: { const: '2.2' },
    description: text,
    parameters: { type: 'object', additionalProperties: parameter },
    mainSteps: {
      type: 'array',
      minItems: 1,
      items: { oneOf: Object.entries(PLUGINS).map(([name, inputs]) => step(name, inputs)) },
    },
  },
  ['schemaVersion', 'mainSteps'],
);

const minutes = (most: number) => ({ type: 'string', pattern: '^[1-9]\\d*$', maxLength: String(most).length });

const session = closed(
  {
    schemaVersion: { const: '1.0' },
    description: text,
    sessionType: { enum: ['InteractiveCommands', 'NonInteractiveCommands', 'Port', 'Standard_Stream'] },
    parameters: { type: 'object', additionalProperties: parameter },
    inputs: closed({
      s3BucketName: text,
      s3KeyPrefix: text,
      s3EncryptionEnabled: { type: 'boolean' },
      cloudWatchLogGroupName: text,
      cloudWatchEncryptionEnabled: { type: 'boolean' },
      cloudWatchStreamingEnabled: { type: 'boolean' },
      kmsKeyId: text,
      runAsEnabled: { type: 'boolean' },
      runAsDefaultUser: text,
      idleSessionTimeout: minutes(60),
      maxSessionDuration: minutes(1_440),
      shellProfile: closed({ windows: text, linux: text }),
    }),
  },
  ['schemaVersion', 'sessionType', 'inputs'],
);

const ajv = new Ajv({ allErrors: true, strict: true, strictTypes: false, strictTuples: false });
const validators = { command: ajv.compile(command), session: ajv.compile(session) };

/** What the documentation has against a document of type Command, one line each. */
export function commandErrors(document: unknown): string[] {
  return errorsOf('command', document);
}

/** What the documentation has against a document of type Session, one line each. */
export function sessionErrors(document: unknown): string[] {
  return errorsOf('session', document);
}

function errorsOf(kind: keyof typeof validators, document: unknown): string[] {
  const validate = validators[kind];
  return validate(document) ? [] : (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}
