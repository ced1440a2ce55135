/** Input that cannot be judged: the message is one clear line for the person who gave it. */
export class InputError extends Error {
  public readonly name = 'InputError';
}
