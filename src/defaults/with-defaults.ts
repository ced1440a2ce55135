/** Properties with defaults for those that are not set; one that is `undefined` is not set. */
export function withDefaults<Props extends object>(props: Props | undefined, defaults: Partial<Props>): Props {
  const set = Object.entries(props ?? {}).filter(([, value]) => value !== undefined);
  return { ...defaults, ...Object.fromEntries(set) } as Props;
}
