/** Fetching with byte progress, and reasons for what can go wrong on the way. */
import { InspectorError, type ErrorCode } from '../core/errors.js';
import type { Download } from '../messages/error-text.js';
import { pageRefuses } from './page-policy.js';

export interface DownloadOptions {
  /** What is fetched. */
  readonly what: Download;
  /** The code when the server says that it doesn't have it. */
  readonly missing: ErrorCode;
  /** Expected size in bytes; the server's Content-Length by default. */
  readonly total?: number;
  readonly signal?: AbortSignal | undefined;
  /** For how long nothing may come, ms; half a minute by default. */
  readonly patience?: number;
  readonly cache?: RequestCache;
  /** Whether it must be called a script: browsers run nothing else. */
  readonly isScript?: boolean;
  /** `total` is 0 where nobody knows it. */
  readonly onProgress?: (loaded: number, total: number) => void;
}

/** A server that sends nothing for so long has stopped sending, ms. */
const STALL = 30_000;

/**
 * Into memory, once where the size is known.
 * @throws {InspectorError} 'offline', 'cancelled', 'out-of-memory' or the code given as `missing`
 */
export function download(url: string, options: DownloadOptions): Promise<Uint8Array<ArrayBuffer>> {
  return request(url, options, (response, onBytes) => readBytes(response, options, onBytes));
}

/**
 * Into a file of the browser's, which takes no memory of the page.
 * @throws {InspectorError} as `download`
 */
export function downloadFile(url: string, options: DownloadOptions): Promise<Blob> {
  return request(url, options, (response, onBytes) => {
    const count = counter(response, options, onBytes);
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
  read: (response: Response, onBytes: () => void) => Promise<T>,
): Promise<T> {
  const { what, signal, cache, patience = STALL } = options;
  if (isForeign(url) && pageRefuses(url)) throw refused(url, options, 'connect-src');
  const policy = watchPolicy(url);
  const stall = watchStall(signal, patience);
  try {
    const response = await fetch(url, { signal: stall.signal, cache: cache ?? 'default' });
    stall.postpone();
    checkResponse(response, url, options);
    return await read(response, () => stall.postpone());
  } catch (cause) {
    if (cause instanceof InspectorError) throw cause;
    if (signal?.aborted)
      throw new InspectorError({ code: 'cancelled', reason: 'loading-cancelled' }, { cause });
    if (stall.signal.aborted) {
      const params = { what, url, seconds: patience / 1000 };
      throw new InspectorError({ code: 'offline', reason: 'download-stalled', params }, { cause });
    }
    if (cause instanceof RangeError) {
      throw new InspectorError(
        { code: 'out-of-memory', reason: 'download-too-large', params: { what } },
        { cause },
      );
    }
    const directive = await policy.refusal();
    if (directive !== undefined) throw refused(url, options, directive, cause);
    const params = { what, url: shortUrl(url), isForeign: isForeign(url) };
    throw new InspectorError({ code: 'offline', reason: 'download-failed', params }, { cause });
  } finally {
    policy.stop();
    stall.stop();
  }
}

/** Aborted with the signal, or when nothing has come for too long. */
function watchStall(signal: AbortSignal | undefined, patience: number) {
  const controller = new AbortController();
  const abort = () => controller.abort(signal?.reason);
  if (signal?.aborted) abort();
  signal?.addEventListener('abort', abort);
  let timer: ReturnType<typeof setTimeout>;
  const postpone = () => {
    clearTimeout(timer);
    timer = setTimeout(() => controller.abort(), patience);
  };
  postpone();
  return {
    signal: controller.signal,
    postpone,
    stop() {
      clearTimeout(timer);
      signal?.removeEventListener('abort', abort);
    },
  };
}

/**
 * Asks the page's own Content-Security-Policy about a request that a worker is to make: a policy that a tag sets, on hosts
 * that send no headers, doesn't apply to workers.
 * @throws {InspectorError} the code given as `missing`
 */
export async function requirePermission(
  url: string,
  options: Pick<DownloadOptions, 'what' | 'missing' | 'signal'>,
): Promise<void> {
  if (!isForeign(url)) return;
  if (pageRefuses(url)) throw refused(url, options, 'connect-src');
  const policy = watchPolicy(url);
  const stall = watchStall(options.signal, STALL);
  try {
    await fetch(url, { method: 'HEAD', mode: 'no-cors', signal: stall.signal });
  } catch (cause) {
    // Any other failure is reported by the worker's own request.
    const directive = await policy.refusal();
    if (directive !== undefined) throw refused(url, options, directive, cause);
  } finally {
    policy.stop();
    stall.stop();
  }
}

function refused(
  url: string,
  { what, missing }: Pick<DownloadOptions, 'what' | 'missing'>,
  directive: string,
  cause?: unknown,
): InspectorError {
  // What a page may not even have from its own host is no other site's.
  if (!isForeign(url) && !/^(data|blob):/.test(url))
    return notAllowed(url, { what, missing }, directive, cause);
  // Addresses of what is in memory have no host.
  const params = { what, host: new URL(url).host || shortUrl(url) };
  return new InspectorError({ code: missing, reason: 'page-allows-no-download', params }, { cause });
}

/** What the policy of the page, or of the worker, has to allow, and doesn't. */
export function notAllowed(
  url: string,
  { what, missing }: Pick<DownloadOptions, 'what' | 'missing'>,
  directive: string,
  cause?: unknown,
): InspectorError {
  const params = { what, url, directive, source: sourceOf(url) };
  return new InspectorError({ code: missing, reason: 'policy-lacks-source', params }, { cause });
}

/** As a policy names it. */
function sourceOf(url: string): string {
  const { protocol, origin } = new URL(url);
  if (protocol === 'blob:') return 'blob:';
  return isForeign(url) ? origin : "'self'";
}

function isForeign(url: string): boolean {
  return 'location' in globalThis && !/^(data|blob):/.test(url) && new URL(url).origin !== location.origin;
}

/** A `data:` address can be as long as the photo. */
const shortUrl = (url: string): string => (url.length > 200 ? `${url.slice(0, 100)}…` : url);

export interface PolicyWatch {
  /** The directive that has refused the request; undefined where none has. */
  readonly refusal: () => Promise<string | undefined>;
  readonly stop: () => void;
}

/** Tells a request that the page's Content-Security-Policy has refused from one that failed on its way. */
export function watchPolicy(...urls: readonly string[]): PolicyWatch {
  let directive: string | undefined;
  const listen = (event: Event) => {
    const { blockedURI, effectiveDirective } = event as SecurityPolicyViolationEvent;
    // Policies speak of scripts, browsers of elements and attributes that bring them.
    if (blockedURI !== '' && urls.some((url) => url.startsWith(blockedURI)))
      directive ??= effectiveDirective.replace(/-(elem|attr)$/, '');
  };
  // The global scope of a page or of a worker; outside of browsers it is no event target.
  const target = globalThis as Partial<Pick<EventTarget, 'addEventListener' | 'removeEventListener'>>;
  target.addEventListener?.('securitypolicyviolation', listen);
  return {
    async refusal() {
      // The event comes in a task of its own, maybe after the rejection.
      await new Promise((resolve) => setTimeout(resolve));
      return directive;
    },
    stop: () => target.removeEventListener?.('securitypolicyviolation', listen),
  };
}

function checkResponse(response: Response, url: string, { what, missing, isScript }: DownloadOptions): void {
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
  const type = response.headers.get('content-type') ?? '';
  // Hosts of single-page apps and captive portals answer every request with a page.
  if (/^text\/html/i.test(type)) {
    throw new InspectorError({ code: missing, reason: 'web-page-instead', params: { what, url } });
  }
  if (isScript && !/^[^;]*(java|ecma)script/i.test(type)) {
    throw new InspectorError({ code: missing, reason: 'script-of-wrong-type', params: { url, type } });
  }
}

/** Counts arriving bytes, and reports them. */
function counter(
  response: Response,
  { total, onProgress }: DownloadOptions,
  onBytes: () => void,
): (bytes: number) => void {
  const expected = total ?? statedSize(response);
  let loaded = 0;
  onProgress?.(0, expected);
  return (bytes) => {
    onBytes();
    loaded += bytes;
    onProgress?.(loaded, Math.max(loaded, expected));
  };
}

/** In bytes, 0 where the server doesn't say. Of a compressed answer, Content-Length counts other bytes than arrive. */
function statedSize({ headers }: Response): number {
  return headers.has('content-encoding') ? 0 : Number(headers.get('content-length'));
}

async function readBytes(
  response: Response,
  options: DownloadOptions,
  onBytes: () => void,
): Promise<Uint8Array<ArrayBuffer>> {
  const count = counter(response, options, onBytes);
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
