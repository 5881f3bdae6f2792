/**
 * Hosts as their documentation and their answers describe them. None of them was reached for these tests; what is said here is all that
 * is emulated of them.
 */
import type { HostProfile } from './static-host.js';

const COMMON = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'application/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.webmanifest': 'application/manifest+json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.webp': 'image/webp',
};
const NOT_FOUND = '<!doctype html><title>Page not found</title><h1>404</h1>';

/** A project's page lies under the name of its repository; no header can be set; files may be ten minutes old; a page for what isn't there. */
export const gitHubPages: HostProfile = {
  base: '/defect-inspector/',
  types: COMMON,
  defaultType: 'application/octet-stream',
  headers: { 'cache-control': 'max-age=600', 'access-control-allow-origin': '*' },
  compresses: true,
  index: 'index.html',
  missing: { status: 404, headers: { 'content-type': 'text/html; charset=utf-8' }, body: NOT_FOUND },
};

/** https://docs.netlify.com/manage/routing/headers: reads `_headers`; everything is to be asked for anew unless a rule says otherwise. */
export const netlify: HostProfile = {
  types: COMMON,
  defaultType: 'application/octet-stream',
  headers: { 'cache-control': 'public,max-age=0,must-revalidate' },
  compresses: true,
  readsRules: true,
  index: 'index.html',
  missing: { status: 404, headers: { 'content-type': 'text/html; charset=utf-8' }, body: NOT_FOUND },
};

/**
 * https://developers.cloudflare.com/pages/configuration/serving-pages: pages lose their extension by a redirect, and where there is no
 * 404.html, whatever isn't there is answered with index.html. It reads `_headers`.
 */
export const cloudflarePages: HostProfile = {
  types: { ...COMMON, '.js': 'application/javascript' },
  defaultType: 'application/octet-stream',
  headers: {
    'cache-control': 'public, max-age=0, must-revalidate',
    'access-control-allow-origin': '*',
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'strict-origin-when-cross-origin',
  },
  compresses: true,
  readsRules: true,
  index: 'index.html',
  redirect(path) {
    if (path === '/_headers') return { status: 404, headers: {} };
    if (!path.endsWith('.html')) return undefined;
    const location = path.replace(/(index)?\.html$/, '');
    return { status: 308, headers: { location } };
  },
  missing: { file: 'index.html' },
};

/**
 * The addresses of a bucket's objects: https://docs.aws.amazon.com/AmazonS3/latest/userguide/WebsiteEndpoints.html says what they lack
 * against its website. A folder is no object; what isn't there is forbidden to whoever may not list; types are those that `aws s3 sync`
 * guesses from names, and of all other objects `binary/octet-stream`.
 */
export const s3: HostProfile = {
  base: '/bucket/inspector/',
  start: 'index.html',
  types: {
    '.html': 'text/html',
    '.css': 'text/css',
    '.js': 'text/javascript',
    '.json': 'application/json',
    '.svg': 'image/svg+xml',
    '.png': 'image/png',
    '.jpg': 'image/jpeg',
    '.webp': 'image/webp',
  },
  defaultType: 'binary/octet-stream',
  headers: {},
  compresses: false,
  missing: {
    status: 403,
    headers: { 'content-type': 'application/xml' },
    body: '<?xml version="1.0" encoding="UTF-8"?><Error><Code>AccessDenied</Code></Error>',
  },
};

/**
 * https://huggingface.co/docs/hub/spaces-sdks-static and spaces-config-reference: a domain of its own for each Space, the headers that
 * the README's front matter names, and the Space's variables written into pages by a script. huggingface.co shows it in a frame.
 */
export const huggingFaceSpace = (headers: Readonly<Record<string, string>>): HostProfile => ({
  domain: 'somebody-defect-inspector.localhost',
  types: { ...COMMON, '.js': 'text/javascript; charset=utf-8' },
  defaultType: 'application/octet-stream',
  headers,
  compresses: true,
  index: 'index.html',
  missing: { status: 404, headers: { 'content-type': 'text/plain' }, body: 'Not found' },
  rewrite: (html) =>
    html.replace(
      '<head>',
      '<head><script>window.huggingface={variables:{"SPACE_ID":"somebody/x"}};</script>',
    ),
});
