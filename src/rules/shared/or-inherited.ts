/** How to say, in what a rule expects, that somebody else provides it. */
export function orInherited(slug: string): string {
  return `or, where another team provides it, \`inherited: [{ rule: '${slug}', owner: '…', pointer: '…' }]\``;
}
