const COMPLETED = new WeakSet<object>();

/** Say that properties are complete: a class of this library has decided, and injectors have nothing to add. */
export function completed<Props extends object>(props: Props): Props {
  COMPLETED.add(props);
  return props;
}

/** Whether a class of this library has completed properties. */
export function isCompleted(props: object | undefined): boolean {
  return props !== undefined && COMPLETED.has(props);
}
