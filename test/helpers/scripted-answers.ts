import { Readable } from 'node:stream';
import { CLIENT_OPTIONS } from '../../src/functions/client-options';

/** An answer of a service, or the name of the error that it answers with. */
export type Answer = string | object;

interface Request {
  readonly path: string;
  readonly body?: string | Uint8Array;
}

/**
 * Options of a client of ours whose requests get the answers that are listed, one after the other, and the last one from then on:
 * unlike a mock, everything of the client is there, with its retries.
 */
export function scriptedAnswers(answers: readonly Answer[]) {
  const requests: { path: string; body: unknown }[] = [];
  const handle = async ({ path, body }: Request) => {
    const said = typeof body === 'object' ? new TextDecoder().decode(body) : (body ?? '');
    requests.push({ path, body: said === '' ? undefined : JSON.parse(said) });
    const answer = answers[Math.min(requests.length, answers.length) - 1];
    const text = JSON.stringify(typeof answer === 'string' ? { message: `${answer} of the test` } : answer);
    return {
      response: {
        statusCode: typeof answer !== 'string' ? 200 : /Throttl|TooMany/.test(answer) ? 429 : 403,
        headers: {
          'content-type': 'application/json',
          ...(typeof answer === 'string' ? { 'x-amzn-errortype': answer } : {}),
        },
        body: Readable.from(Buffer.from(text)),
      },
    };
  };
  const options = {
    ...CLIENT_OPTIONS,
    region: 'eu-west-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    requestHandler: { handle },
  };
  return { options, requests };
}
