import type { ImageInput } from '../../detector/types.js';

/** The name that an input brings along: a file's, or the last part of a URL. */
export function photoName(input: ImageInput): string | undefined {
  if (typeof input === 'string' || input instanceof URL) return lastPart(String(input));
  if ('name' in input && typeof input.name === 'string') return input.name || undefined;
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
