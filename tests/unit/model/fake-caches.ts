/** The part of the browser's CacheStorage that the program uses, in memory. */
export class FakeCaches {
  readonly caches = new Map<string, FakeCache>();

  async open(name: string): Promise<FakeCache> {
    const cache = this.caches.get(name) ?? new FakeCache();
    this.caches.set(name, cache);
    return cache;
  }

  async has(name: string): Promise<boolean> {
    return this.caches.has(name);
  }

  async delete(name: string): Promise<boolean> {
    return this.caches.delete(name);
  }
}

export class FakeCache {
  readonly entries = new Map<string, Blob>();
  private readonly headers = new Map<string, Headers>();
  /** Entries that can't be read. */
  readonly damaged = new Set<string>();

  async match(asked: string, { ignoreSearch = false } = {}): Promise<Response | undefined> {
    const isAsked = (key: string) => key.replace(/\?.*/, '') === asked.replace(/\?.*/, '');
    const url = (ignoreSearch ? [...this.entries.keys()].find(isAsked) : undefined) ?? asked;
    if (this.damaged.has(url)) throw new DOMException('', 'UnknownError');
    const blob = this.entries.get(url);
    return blob && new Response(blob, { headers: this.headers.get(url) ?? {} });
  }

  async put(url: string, response: Response): Promise<void> {
    this.headers.set(url, response.headers);
    this.entries.set(url, await response.blob());
  }

  async delete(request: string | { readonly url: string }): Promise<boolean> {
    return this.entries.delete(typeof request === 'string' ? request : request.url);
  }

  async keys(): Promise<{ url: string }[]> {
    return [...this.entries.keys()].map((url) => ({ url }));
  }
}
