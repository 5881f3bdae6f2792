import { downloadFile } from '../model/download.js';
import { absoluteUrl } from './absolute-url.js';
import { cancellable } from './cancellation.js';

/** Addresses whose photo is kept, by the object that stands for one, and the photo once it was asked for. */
const kept = new WeakMap<URL, Promise<Blob> | undefined>();

/**
 * An address that stands for one photo: it is fetched once, however often `fetchPhoto` is asked. What is inspected, shown and drawn
 * small is then one picture, though a camera gives another one to each request.
 * @throws {InspectorError} 'unsupported-image' where it is no address
 */
export function keepAddress(address: string | URL): URL {
  const url = new URL(absoluteUrl(address, 'unsupported-image'));
  kept.set(url, undefined);
  // These are in memory, and may be gone soon. Where one can't be had, its turn tells why.
  if (/^(blob|data):$/.test(url.protocol)) fetchPhoto(url).catch(() => undefined);
  return url;
}

/** @throws {InspectorError} 'offline', 'cancelled', 'out-of-memory', 'unsupported-image' */
export async function fetchPhoto(url: string | URL, signal?: AbortSignal): Promise<Blob> {
  const address = absoluteUrl(url, 'unsupported-image');
  if (typeof url === 'string' || !kept.has(url)) return request(address, signal);
  // Others may wait for it as well: it goes on when one of them no longer does.
  const known = kept.get(url) ?? request(address);
  kept.set(url, known);
  known.catch(() => kept.set(url, undefined));
  return cancellable(known, signal);
}

function request(address: string, signal?: AbortSignal): Promise<Blob> {
  return downloadFile(address, {
    what: 'photo',
    missing: 'unsupported-image',
    ...(signal && { signal }),
  });
}
