import type { Plugin } from 'vite';
import { CONTENT_SECURITY_POLICY, HOST_HEADERS } from '../workers/headers.js';

const REVALIDATED = { 'cache-control': 'no-cache' };
const PAGE = { 'content-security-policy': CONTENT_SECURITY_POLICY, ...REVALIDATED };

/**
 * Rules by path. Where several are about one file, Cloudflare Pages joins their values, so that no header may stand in two of them.
 * Examples have inline scripts, so that the policy is about the page and its workers alone.
 */
const RULES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  '/*': HOST_HEADERS,
  // Cloudflare Pages leaves out the ends of pages' names.
  '/': PAGE,
  '/index.html': PAGE,
  '/embed': PAGE,
  '/embed.html': PAGE,
  '/embed.json': REVALIDATED,
  '/service-worker.js': REVALIDATED,
  // Their names carry a hash.
  '/assets/*': {
    'content-security-policy': CONTENT_SECURITY_POLICY,
    'cache-control': 'public, max-age=31536000, immutable',
  },
};

/** `_headers`, which Netlify and Cloudflare Pages read. */
export function hostHeaders(): Plugin {
  return {
    name: 'host-headers',
    apply: 'build',
    generateBundle() {
      const blocks = Object.entries(RULES).map(([path, headers]) =>
        [path, ...Object.entries(headers).map(([name, value]) => `  ${name}: ${value}`)].join('\n'),
      );
      this.emitFile({ type: 'asset', fileName: '_headers', source: `${blocks.join('\n\n')}\n` });
    },
  };
}
