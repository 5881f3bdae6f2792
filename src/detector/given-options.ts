/**
 * What a caller gives as options: none where it is null or no object, and without a signal that is none. Programs that nobody has
 * checked the types of give such things.
 */
export function givenOptions<T extends { readonly signal?: AbortSignal | undefined }>(options: T): T {
  const { signal, ...others } = Object(options) as T;
  return (isSignal(signal) ? { ...others, signal } : others) as T;
}

const isSignal = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && 'aborted' in value && 'addEventListener' in value;
