/** A static host as the real ones are: their types, headers, redirects, folders, compression, and what they answer for a file that isn't there. */
import { existsSync, statSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createServer, type OutgoingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Site } from '../../scripts/site.js';

/** Status, headers and text of an answer that is no file. */
export interface Answer {
  readonly status: number;
  readonly headers: OutgoingHttpHeaders;
  readonly body?: string;
}

export interface HostProfile {
  /** The path that the folder lies under; '/' by default. It begins and ends with a slash. */
  readonly base?: string;
  /** Where a visitor begins, below the base. */
  readonly start?: string;
  /** The host of the address; the port is added. */
  readonly domain?: string;
  /** By extension, with its dot. */
  readonly types: Readonly<Record<string, string>>;
  /** Of every other file. */
  readonly defaultType: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Whether it compresses texts. */
  readonly compresses: boolean;
  /** Whether it reads the rules of `_headers`. */
  readonly readsRules?: boolean;
  /** What it answers before it looks for a file; `path` begins at the base with a slash. */
  readonly redirect?: (path: string) => Answer | undefined;
  /** The file that a folder's address means; none where it has no such thing. */
  readonly index?: string;
  readonly missing: Answer | { readonly file: string };
  /** What it does to pages on their way. */
  readonly rewrite?: (html: string) => string;
}

const TEXT = /^(text\/|application\/(javascript|json|manifest)|image\/svg)/;

export async function openHost(profile: HostProfile, root = 'dist'): Promise<Site> {
  const { base = '/', start = '', domain = 'localhost', headers, readsRules } = profile;
  const rules = readsRules ? parseRules(await readFile(join(root, '_headers'), 'utf8')) : [];
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://host');
    answerTo(profile, root, pathname, rules)
      .then(({ status, headers: own, body = '' }) => {
        const type = String(own['content-type'] ?? '');
        const packs =
          profile.compresses && TEXT.test(type) && /gzip/.test(request.headers['accept-encoding'] ?? '');
        const packed = packs ? gzipSync(body) : body;
        const encoding = packs ? { 'content-encoding': 'gzip', vary: 'Accept-Encoding' } : {};
        response.writeHead(status, { ...headers, ...own, ...encoding }).end(packed);
      })
      .catch((error: unknown) => response.writeHead(500).end(String(error)));
  });
  await new Promise<void>((resolve) => server.listen(0, resolve));
  return {
    url: `http://${domain}:${(server.address() as AddressInfo).port}${base}${start}`,
    close: () =>
      new Promise((resolve, reject) => {
        server.closeAllConnections();
        server.close((error) => (error ? reject(error) : resolve()));
      }),
  };
}

async function answerTo(
  profile: HostProfile,
  root: string,
  pathname: string,
  rules: readonly Rule[],
): Promise<{ status: number; headers: OutgoingHttpHeaders; body?: string | Buffer }> {
  const { base = '/', redirect, index, missing, types, defaultType, rewrite } = profile;
  if (`${pathname}/` === base) return { status: 301, headers: { location: base } };
  const path = pathname.startsWith(base) ? pathname.slice(base.length - 1) : undefined;
  const redirected = path === undefined ? undefined : redirect?.(path);
  if (redirected) return redirected;
  const found = path === undefined ? undefined : fileAt(root, path, index);
  if (!found && !('file' in missing)) return missing;
  const file = found ?? join(root, (missing as { readonly file: string }).file);
  const bytes = await readFile(file);
  const isPage = extname(file) === '.html';
  return {
    status: 200,
    headers: { 'content-type': types[extname(file)] ?? defaultType, ...headersFor(path ?? '/', rules) },
    body: isPage && rewrite ? rewrite(String(bytes)) : bytes,
  };
}

function fileAt(root: string, path: string, index: string | undefined): string | undefined {
  const named = join(root, decodeURIComponent(path.endsWith('/') ? path + (index ?? '') : path));
  return existsSync(named) && statSync(named).isFile() ? named : undefined;
}

interface Rule {
  readonly path: string;
  readonly headers: readonly (readonly [string, string])[];
}

/** A path, then its headers, indented. */
function parseRules(text: string): Rule[] {
  return text
    .split(/\n\s*\n/)
    .map((block) => block.trimEnd().split('\n'))
    .map(([path = '', ...lines]) => ({
      path,
      headers: lines.map((line) => {
        const [, name, value] = line.match(/^\s+([\w-]+): (.+)$/) ?? [];
        if (!name || !value) throw new Error(`_headers has a line that is no header: ${line}`);
        return [name, value] as const;
      }),
    }));
}

/** Of all rules that fit; where several set a header, their values are joined. */
function headersFor(path: string, rules: readonly Rule[]): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const rule of rules) {
    const fits = rule.path.endsWith('*') ? path.startsWith(rule.path.slice(0, -1)) : path === rule.path;
    if (!fits) continue;
    for (const [name, value] of rule.headers)
      headers[name] = name in headers ? `${headers[name]}, ${value}` : value;
  }
  return headers;
}
