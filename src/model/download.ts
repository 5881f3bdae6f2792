/** Fetching with byte progress, and sentences for what can go wrong on the way. */
import { InspectorError, type ErrorCode } from '../core/errors.js';

export interface DownloadOptions {
  /** What is fetched, as the subject of a sentence: "The model". */
  readonly what: string;
  /** The code when the server says that it doesn't have it. */
  readonly missing: ErrorCode;
  /** Expected size in bytes; the server's Content-Length by default. */
  readonly total?: number;
  readonly signal?: AbortSignal;
  readonly cache?: RequestCache;
  /** `total` is 0 where nobody knows it. */
  readonly onProgress?: (loaded: number, total: number) => void;
}

/** @throws {InspectorError} 'offline', 'cancelled' or the code given as `missing` */
export async function download(url: string, options: DownloadOptions): Promise<Uint8Array<ArrayBuffer>> {
  try {
    const response = await fetch(url, { signal: options.signal ?? null, cache: options.cache ?? 'default' });
    checkResponse(response, url, options);
    return await readBody(response, options);
  } catch (error) {
    if (error instanceof InspectorError) throw error;
    if (options.signal?.aborted) {
      throw new InspectorError('cancelled', 'Loading was cancelled.', { cause: error });
    }
    throw new InspectorError(
      'offline',
      `${options.what} could not be loaded from ${url}. Check the connection, then try again.`,
      { cause: error },
    );
  }
}

function checkResponse(response: Response, url: string, { what, missing }: DownloadOptions): void {
  if (response.status >= 500) {
    throw new InspectorError(
      'offline',
      `${what} could not be loaded: the server at ${url} answered ${response.status}. Try again later.`,
    );
  }
  if (!response.ok) {
    throw new InspectorError(
      missing,
      `${what} was not found at ${url} (the server answered ${response.status}).`,
    );
  }
  // Hosts of single-page apps and captive portals answer with a page for everything.
  if (/^text\/html/i.test(response.headers.get('content-type') ?? '')) {
    throw new InspectorError(missing, `${what} was not found: there is a web page at ${url}.`);
  }
}

async function readBody(response: Response, options: DownloadOptions): Promise<Uint8Array<ArrayBuffer>> {
  // Of a compressed answer, Content-Length counts other bytes than those that arrive here.
  const stated = response.headers.has('content-encoding')
    ? 0
    : Number(response.headers.get('content-length'));
  const total = options.total ?? stated;
  options.onProgress?.(0, total);
  const chunks: Uint8Array[] = [];
  let loaded = 0;
  const reader = response.body?.getReader();
  for (let part = await reader?.read(); part && !part.done; part = await reader?.read()) {
    chunks.push(part.value);
    loaded += part.value.length;
    options.onProgress?.(loaded, Math.max(loaded, total));
  }
  const bytes = new Uint8Array(loaded);
  let offset = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, offset);
    offset += chunk.length;
  }
  return bytes;
}
