/** The part of the browser's CacheStorage that the program uses, in memory. */
export class FakeCaches {
  readonly caches = new Map<string, FakeCache>();
  /** With it, nothing more is stored. */
  failure: DOMException | undefined;

  async open(name: string): Promise<FakeCache> {
    const cache = this.caches.get(name) ?? new FakeCache(this);
    this.caches.set(name, cache);
    return cache;
  }
}

class FakeCache {
  readonly entries = new Map<string, Blob>();

  constructor(private readonly storage: FakeCaches) {}

  async match(url: string): Promise<Response | undefined> {
    const blob = this.entries.get(url);
    return blob && new Response(blob);
  }

  async put(url: string, response: Response): Promise<void> {
    if (this.storage.failure) throw this.storage.failure;
    this.entries.set(url, await response.blob());
  }

  async delete(url: string): Promise<boolean> {
    return this.entries.delete(url);
  }

  async keys(): Promise<{ url: string }[]> {
    return [...this.entries.keys()].map((url) => ({ url }));
  }
}
