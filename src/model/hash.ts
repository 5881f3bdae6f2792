import { toHex } from '../core/hex.js';

/**
 * SHA-256 in lower-case hex. Pages on plain http have no `crypto.subtle`; there it is computed in JavaScript, at
 * about 100 MB/s, so better in a worker.
 */
export async function sha256(bytes: Uint8Array<ArrayBuffer> | ArrayBuffer): Promise<string> {
  const digest = hasNativeHash()
    ? new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))
    : (await import('@noble/hashes/sha2.js')).sha256(new Uint8Array(bytes));
  return toHex(digest);
}

export function hasNativeHash(): boolean {
  return typeof crypto === 'object' && 'subtle' in crypto;
}
