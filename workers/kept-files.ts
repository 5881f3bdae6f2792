/** The files that the service worker keeps, which are checked whenever they are asked for. */
import { toHex } from '../src/core/hex.js';

/** How long the browser's storage may take before the network is asked, ms. */
const PATIENCE = 1000;
/** And how long where the network doesn't give it either. */
const LAST_PATIENCE = 10_000;

/** A `FetchEvent`, as far as it is needed here. */
interface Asked {
  readonly request: Request;
  waitUntil(work: Promise<unknown>): void;
}

interface Kept {
  readonly response: Response;
  /** Whether it is what the build has made. */
  readonly isWhole: boolean;
}

/**
 * A file that the browser has damaged or lost, or that its storage doesn't give, comes from the network again: otherwise a
 * page whose script is damaged would stay dead however often it is loaded.
 */
export class KeptFiles {
  private patience = PATIENCE;

  /**
   * @param cacheName the cache that holds them
   * @param hashes by their keys in the cache: SHA-256, hex, of what the build has made
   */
  constructor(
    private readonly cacheName: string,
    private readonly hashes: ReadonlyMap<string, string>,
  ) {}

  /** @throws {TypeError} when neither the storage nor the network gives it */
  async answer(event: Asked, key: string): Promise<Response> {
    const lookUp = this.find(key)
      .catch(() => undefined)
      .finally(() => (this.patience = PATIENCE));
    const found = await Promise.race([lookUp, after(this.patience)]);
    if (found === 'late') this.patience = 0;
    else if (found?.isWhole) return found.response;
    const network = this.fetch(event, key, lookUp, found !== 'late');
    return Promise.race([lookUp.then((kept) => (kept?.isWhole ? kept.response : network)), network]);
  }

  /** A file of a former version, whose hash nobody knows any more; undefined where it isn't kept, or the storage doesn't say in time. */
  async former(url: string): Promise<Response | undefined> {
    const find = async () => (await caches.open(this.cacheName)).match(url);
    const found = await Promise.race([find().catch(() => undefined), after(this.patience)]);
    return found === 'late' ? undefined : found;
  }

  /** Deletes what other versions have kept. It takes no longer than the page can wait for its first answer. */
  async dropFormer(): Promise<void> {
    const drop = async () => {
      const cache = await caches.open(this.cacheName);
      const former = (await cache.keys()).filter(({ url }) => !this.hashes.has(url));
      await Promise.all(former.map((request) => cache.delete(request)));
    };
    // What is left does no harm; the next version tries again.
    await Promise.race([drop().catch(() => undefined), after(PATIENCE)]);
  }

  /** What the network answers; where it doesn't, or with an error, whatever is kept. */
  private async fetch(
    event: Asked,
    key: string,
    lookUp: Promise<Kept | undefined>,
    repairs: boolean,
  ): Promise<Response> {
    // The browser's own HTTP cache may hold a damaged copy, too.
    const fetching = fetch(new Request(event.request, { cache: 'no-cache' }));
    const response = await fetching.catch(() => undefined);
    if (response?.ok) {
      if (repairs) event.waitUntil(this.repair(key, response.clone()));
      return response;
    }
    // What a host has changed on its way here is all there is.
    const kept = await Promise.race([lookUp, after(LAST_PATIENCE)]);
    return kept === undefined || kept === 'late' ? fetching : kept.response;
  }

  private async find(key: string): Promise<Kept | undefined> {
    const kept = await (await caches.open(this.cacheName)).match(key);
    if (!kept) return undefined;
    const bytes = await kept.arrayBuffer();
    const { status, statusText, headers } = kept;
    const response = new Response(bytes, { status, statusText, headers });
    return { response, isWhole: await this.isWhole(key, bytes) };
  }

  /** Keeps what came instead, unless it is of another version of the page. */
  private async repair(key: string, response: Response): Promise<void> {
    try {
      const bytes = await response.arrayBuffer();
      if (!(await this.isWhole(key, bytes))) return;
      const cache = await caches.open(this.cacheName);
      await cache.put(key, new Response(bytes, { headers: response.headers }));
    } catch {
      // Then the network is asked again next time.
    }
  }

  private async isWhole(key: string, bytes: ArrayBuffer): Promise<boolean> {
    const digest = await crypto.subtle.digest('SHA-256', bytes);
    return toHex(new Uint8Array(digest)) === this.hashes.get(key);
  }
}

const after = (milliseconds: number) =>
  new Promise<'late'>((resolve) => setTimeout(resolve, milliseconds, 'late'));
