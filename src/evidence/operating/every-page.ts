/** Ask for a list page by page until AWS names no next one. It throws when AWS leads in a circle: what comes after is not known then. */
export async function* everyPage<Answer>(
  ask: (token: string | undefined) => Promise<Answer>,
  next: (answer: Answer) => string | undefined,
): AsyncGenerator<Answer> {
  const seen = new Set<string>();
  let token: string | undefined;
  do {
    const answer: Answer = await ask(token);
    yield answer;
    token = next(answer) || undefined;
    if (token === undefined) return;
    if (seen.has(token)) throw new Error('AWS led to a page that it had given before: what comes after it is not known');
    seen.add(token);
  } while (true);
}
