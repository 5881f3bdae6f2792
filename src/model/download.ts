/** Fetching with byte progress, and reasons for what can go wrong on the way. */
import { InspectorError, type ErrorCode } from '../core/errors.js';
import type { Download } from '../messages/error-text.js';

export interface DownloadOptions {
  /** What is fetched. */
  readonly what: Download;
  /** The code when the server says that it doesn't have it. */
  readonly missing: ErrorCode;
  /** Expected size in bytes; the server's Content-Length by default. */
  readonly total?: number;
  readonly signal?: AbortSignal;
  readonly cache?: RequestCache;
  /** `total` is 0 where nobody knows it. */
  readonly onProgress?: (loaded: number, total: number) => void;
}

/**
 * Into memory, once where the size is known.
 * @throws {InspectorError} 'offline', 'cancelled', 'out-of-memory' or the code given as `missing`
 */
export function download(url: string, options: DownloadOptions): Promise<Uint8Array<ArrayBuffer>> {
  return request(url, options, (response) => readBytes(response, options));
}

/**
 * Into a file of the browser's, which takes no memory of the page.
 * @throws {InspectorError} as `download`
 */
export function downloadFile(url: string, options: DownloadOptions): Promise<Blob> {
  return request(url, options, (response) => {
    const count = counter(response, options);
    const counting = new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>({
      transform(chunk, controller) {
        count(chunk.length);
        controller.enqueue(chunk);
      },
    });
    return new Response(response.body?.pipeThrough(counting) ?? null).blob();
  });
}

async function request<T>(
  url: string,
  options: DownloadOptions,
  read: (response: Response) => Promise<T>,
): Promise<T> {
  const { what, signal, cache } = options;
  const policy = watchPolicy(url);
  try {
    const response = await fetch(url, { signal: signal ?? null, cache: cache ?? 'default' });
    checkResponse(response, url, options);
    return await read(response);
  } catch (cause) {
    if (cause instanceof InspectorError) throw cause;
    if (signal?.aborted)
      throw new InspectorError({ code: 'cancelled', reason: 'loading-cancelled' }, { cause });
    if (cause instanceof RangeError) {
      throw new InspectorError(
        { code: 'out-of-memory', reason: 'download-too-large', params: { what } },
        { cause },
      );
    }
    if (await policy.hasRefused()) throw refused(url, options, cause);
    const params = { what, url: shortUrl(url), isForeign: isForeign(url) };
    throw new InspectorError({ code: 'offline', reason: 'download-failed', params }, { cause });
  } finally {
    policy.stop();
  }
}

/**
 * Asks the page's own Content-Security-Policy about a request that a worker is to make: a policy that a tag sets, on hosts
 * that send no headers, doesn't apply to workers.
 * @throws {InspectorError} the code given as `missing`
 */
export async function requirePermission(
  url: string,
  options: Pick<DownloadOptions, 'what' | 'missing'>,
): Promise<void> {
  if (!isForeign(url)) return;
  const policy = watchPolicy(url);
  try {
    await fetch(url, { method: 'HEAD', mode: 'no-cors' });
  } catch (cause) {
    // Any other failure is reported by the worker's own request.
    if (await policy.hasRefused()) throw refused(url, options, cause);
  } finally {
    policy.stop();
  }
}

function refused(
  url: string,
  { what, missing }: Pick<DownloadOptions, 'what' | 'missing'>,
  cause: unknown,
): InspectorError {
  // Addresses of what is in memory have no host.
  const params = { what, host: new URL(url).host || shortUrl(url) };
  return new InspectorError({ code: missing, reason: 'page-allows-no-download', params }, { cause });
}

function isForeign(url: string): boolean {
  return 'location' in globalThis && !/^(data|blob):/.test(url) && new URL(url).origin !== location.origin;
}

/** A `data:` address can be as long as the photo. */
const shortUrl = (url: string): string => (url.length > 200 ? `${url.slice(0, 100)}…` : url);

/** Tells a request that the page's Content-Security-Policy has refused from one that failed on its way. */
function watchPolicy(url: string): { hasRefused: () => Promise<boolean>; stop: () => void } {
  let isRefused = false;
  const listen = (event: Event) => {
    const { blockedURI } = event as SecurityPolicyViolationEvent;
    isRefused ||= blockedURI !== '' && url.startsWith(blockedURI);
  };
  // The global scope of a page or of a worker; outside of browsers it is no event target.
  const target = globalThis as Partial<Pick<EventTarget, 'addEventListener' | 'removeEventListener'>>;
  target.addEventListener?.('securitypolicyviolation', listen);
  return {
    async hasRefused() {
      // The event comes in a task of its own, maybe after the rejection.
      await new Promise((resolve) => setTimeout(resolve));
      return isRefused;
    },
    stop: () => target.removeEventListener?.('securitypolicyviolation', listen),
  };
}

function checkResponse(response: Response, url: string, { what, missing }: DownloadOptions): void {
  const { status } = response;
  if (status >= 500) {
    throw new InspectorError({
      code: 'offline',
      reason: 'server-failed',
      params: { what, url, status },
    });
  }
  if (!response.ok) {
    throw new InspectorError({
      code: missing,
      reason: 'not-on-server',
      params: { what, url, status },
    });
  }
  // Hosts of single-page apps and captive portals answer every request with a page.
  if (/^text\/html/i.test(response.headers.get('content-type') ?? '')) {
    throw new InspectorError({ code: missing, reason: 'web-page-instead', params: { what, url } });
  }
}

/** Counts arriving bytes, and reports them. */
function counter(response: Response, { total, onProgress }: DownloadOptions): (bytes: number) => void {
  const expected = total ?? statedSize(response);
  let loaded = 0;
  onProgress?.(0, expected);
  return (bytes) => {
    loaded += bytes;
    onProgress?.(loaded, Math.max(loaded, expected));
  };
}

/** In bytes, 0 where the server doesn't say. Of a compressed answer, Content-Length counts other bytes than arrive. */
function statedSize({ headers }: Response): number {
  return headers.has('content-encoding') ? 0 : Number(headers.get('content-length'));
}

async function readBytes(response: Response, options: DownloadOptions): Promise<Uint8Array<ArrayBuffer>> {
  const count = counter(response, options);
  let bytes = new Uint8Array(options.total ?? statedSize(response));
  let loaded = 0;
  const reader = response.body?.getReader();
  for (let part = await reader?.read(); part && !part.done; part = await reader?.read()) {
    const end = loaded + part.value.length;
    if (end > bytes.length) {
      const larger = new Uint8Array(Math.max(end, 2 * bytes.length));
      larger.set(bytes.subarray(0, loaded));
      bytes = larger;
    }
    bytes.set(part.value, loaded);
    loaded = end;
    count(part.value.length);
  }
  return loaded === bytes.length ? bytes : bytes.slice(0, loaded);
}
