import {
  CreateDocumentCommand,
  DescribeDocumentCommand,
  SSMClient,
  UpdateDocumentCommand,
  UpdateDocumentDefaultVersionCommand,
} from '@aws-sdk/client-ssm';
import { CLIENT_OPTIONS } from '../../functions/client-options';
import { onLifecycle } from '../../functions/lifecycle';
import { readText } from '../../functions/properties';

interface Preferences {
  readonly name: string;
  readonly content: string;
}

/**
 * Make the preferences of Session Manager, or change those that somebody made before, in the console for one.
 *
 * They stay when the stack goes: without them sessions would no longer be logged.
 */
export function makeHandler(client: SSMClient) {
  return onLifecycle<Preferences>({
    read: (properties) => ({ name: readText(properties, 'DocumentName'), content: readContent(properties) }),
    id: ({ name }) => name,
    apply: async ({ name, content }) => {
      const version = (await created(client, name, content)) ?? (await updated(client, name, content));
      await client.send(new UpdateDocumentDefaultVersionCommand({ Name: name, DocumentVersion: version }));
      return undefined;
    },
    remove: async () => undefined,
  });
}

function readContent(properties: Readonly<Record<string, unknown>>): string {
  const content = readText(properties, 'Content');
  JSON.parse(content);
  return content;
}

/** The version of a document that is made now; nothing when there is one already. */
async function created(client: SSMClient, Name: string, Content: string): Promise<string | undefined> {
  try {
    await client.send(new CreateDocumentCommand({ Name, Content, DocumentType: 'Session', DocumentFormat: 'JSON' }));
    return '1';
  } catch (error) {
    if ((error as Error).name === 'DocumentAlreadyExists') return undefined;
    throw error;
  }
}

/** The version of a document that says what is wanted: a new one, or the latest where that says it already. */
async function updated(client: SSMClient, Name: string, Content: string): Promise<string> {
  try {
    const input = { Name, Content, DocumentVersion: '$LATEST', DocumentFormat: 'JSON' } as const;
    const { DocumentDescription: document } = await client.send(new UpdateDocumentCommand(input));
    return document!.DocumentVersion!;
  } catch (error) {
    if ((error as Error).name !== 'DuplicateDocumentContent') throw error;
    const { Document: document } = await client.send(new DescribeDocumentCommand({ Name, DocumentVersion: '$LATEST' }));
    return document!.DocumentVersion!;
  }
}

export const handler = makeHandler(new SSMClient(CLIENT_OPTIONS));
