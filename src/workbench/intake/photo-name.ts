import type { ImageInput } from '../../detector/types.js';

/** The name that an input brings along: a file's, or the last part of a URL. */
export function photoName(input: ImageInput): string | undefined {
  if (typeof input === 'string' || input instanceof URL) return lastPart(String(input));
  // A program may hand in anything.
  if (typeof input !== 'object' || (input as unknown) === null) return undefined;
  // Files and Blobs alone have a size, also those of another window.
  if ('size' in input) return 'name' in input ? input.name || undefined : undefined;
  if ('currentSrc' in input) return lastPart(input.currentSrc || input.src);
  return undefined;
}

function lastPart(url: string): string | undefined {
  if (/^(data|blob):/.test(url)) return undefined;
  const last = url
    .replace(/[?#].*$/, '')
    .split('/')
    .at(-1);
  if (!last) return undefined;
  try {
    return decodeURIComponent(last);
  } catch {
    return last;
  }
}
