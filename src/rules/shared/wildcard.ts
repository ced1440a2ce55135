/** Whether a text follows a pattern in which `*` stands for any text, or for none. Case matters. */
export function followsWildcard(pattern: string, text: string): boolean {
  const [start, ...parts] = pattern.split('*');
  const end = parts.pop();
  if (end === undefined) return text === pattern;
  if (!text.startsWith(start)) return false;
  let position = start.length;
  for (const part of parts) {
    const found = text.indexOf(part, position);
    if (found < 0) return false;
    position = found + part.length;
  }
  return text.length >= position + end.length && text.endsWith(end);
}
