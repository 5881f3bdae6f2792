import type { Request } from 'playwright-core';
import { expect } from 'vitest';

/** Of the page's own files, without a body, and with no room for a picture in the address. */
export function expectPrivate(requests: readonly Request[], origin: string): void {
  for (const request of requests) {
    const url = new URL(request.url());
    // What is in memory already.
    if (url.protocol === 'blob:' || url.protocol === 'data:') continue;
    expect(url.origin, request.url()).toBe(origin);
    expect(request.method(), request.url()).toBe('GET');
    expect(request.postDataBuffer(), request.url()).toBeNull();
    expect(url.pathname.length, request.url()).toBeLessThan(100);
    expect(url.search.length, request.url()).toBeLessThan(100);
  }
}
