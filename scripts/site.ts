/** Serves the built page to the tests, the measurements and the benchmarks, as a static host would. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import sirv from 'sirv';

export interface Site {
  readonly url: string;
  close(): Promise<void>;
}

export interface SiteOptions {
  /** Folder to serve. */
  root?: string;
  /** Whether to send the headers that make a page cross-origin isolated. */
  isolated?: boolean;
  /** Fixed port; a free one by default. */
  port?: number;
}

export async function serveSite({
  root = 'dist',
  isolated = true,
  port = 0,
}: SiteOptions = {}): Promise<Site> {
  const files = sirv(root, { dev: true, etag: true });
  const server = createServer((request, response) => {
    if (isolated) {
      response.setHeader('Cross-Origin-Opener-Policy', 'same-origin');
      response.setHeader('Cross-Origin-Embedder-Policy', 'require-corp');
      response.setHeader('Cross-Origin-Resource-Policy', 'cross-origin');
    }
    files(request, response, () => void response.writeHead(404).end('Not found'));
  });
  await new Promise<void>((resolve) => server.listen(port, 'localhost', resolve));
  return {
    url: `http://localhost:${(server.address() as AddressInfo).port}/`,
    close: () =>
      new Promise((resolve, reject) => {
        server.closeAllConnections();
        server.close((error) => (error ? reject(error) : resolve()));
      }),
  };
}
