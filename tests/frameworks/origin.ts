/** A web server for pages that are written in a test, and for folders. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import sirv from 'sirv';

export interface OriginOptions {
  /** Served at `/`. */
  readonly folder?: string;
  /** Pages by their paths. */
  readonly pages?: Readonly<Record<string, Page>>;
  /** Sent with everything. */
  readonly headers?: Readonly<Record<string, string>>;
}

export interface Page {
  readonly html: string;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface Origin {
  /** Ends with a slash. */
  readonly url: string;
  close(): Promise<void>;
}

export async function openOrigin({ folder, pages = {}, headers = {} }: OriginOptions): Promise<Origin> {
  const files = folder === undefined ? undefined : sirv(folder, { dev: true });
  const server = createServer((request, response) => {
    for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
    const path = (request.url ?? '/').replace(/\?.*/, '');
    const page = Object.hasOwn(pages, path) ? pages[path] : undefined;
    const missing = () => void response.writeHead(404).end('Not found');
    if (page) response.writeHead(200, { 'content-type': 'text/html', ...page.headers }).end(page.html);
    else if (files) files(request, response, missing);
    else missing();
  });
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve));
  return {
    url: `http://localhost:${(server.address() as AddressInfo).port}/`,
    close: () =>
      new Promise((resolve, reject) => {
        server.closeAllConnections();
        server.close((error) => (error ? reject(error) : resolve()));
      }),
  };
}

/** A page around some markup, which may bring its own scripts. */
export const htmlPage = (body: string, headers?: Record<string, string>): Page => ({
  html: `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Test</title><link rel="icon" href="data:,"></head><body>${body}</body></html>`,
  ...(headers && { headers }),
});

/** What makes a page cross-origin isolated. */
export const ISOLATED = {
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-embedder-policy': 'require-corp',
};
