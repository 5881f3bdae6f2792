/** The name that an input brings along: a file's, or the last part of a URL. Programs may hand in anything. */
export function photoName(input: unknown): string | undefined {
  if (typeof input === 'string' || input instanceof URL) return lastPart(String(input));
  if (typeof input !== 'object' || input === null) return undefined;
  // Files and Blobs alone have a size, also those of another window.
  if ('size' in input) return textIn(input, 'name');
  if ('currentSrc' in input) return lastPart(textIn(input, 'currentSrc') ?? textIn(input, 'src') ?? '');
  return undefined;
}

/** The name that a program gives, be it the number of a part; undefined where it is none. */
export const givenName = (name: unknown): string | undefined =>
  typeof name === 'string' || typeof name === 'number' ? String(name) : undefined;

function textIn(owner: object, key: string): string | undefined {
  const value: unknown = (owner as Readonly<Record<string, unknown>>)[key];
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function lastPart(url: string): string | undefined {
  if (/^(data|blob):/.test(url)) return undefined;
  const last = url
    .replace(/[?#][^]*$/, '')
    .split('/')
    .at(-1);
  if (!last) return undefined;
  try {
    return decodeURIComponent(last);
  } catch {
    return last;
  }
}
