/** What the page's responses say, wherever they come from: the dev server, the preview, the service worker. */

/** Together they make a page cross-origin isolated, which WebAssembly threads need; others may still embed it. */
export const ISOLATION_HEADERS: Readonly<Record<string, string>> = {
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-embedder-policy': 'require-corp',
  'cross-origin-resource-policy': 'cross-origin',
};

/** Nothing from elsewhere, nothing to elsewhere. Frames around the page are allowed: pages embed it. */
export const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "worker-src 'self'",
  // What is in memory already is fetched, too: photos by `blob:` and `data:` addresses.
  "connect-src 'self' blob: data:",
  "img-src 'self' blob: data:",
  "style-src 'self'",
  "manifest-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  // No text becomes a script. Lit's own templates and the addresses of workers go through these policies.
  "require-trusted-types-for 'script'",
  'trusted-types lit-html defect-inspector',
].join('; ');

/** What only a header can say, for hosts that send some: `_headers` in the build, and the configurations in docs/deploy.md. */
export const HOST_HEADERS: Readonly<Record<string, string>> = {
  ...ISOLATION_HEADERS,
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'permissions-policy':
    'camera=(), microphone=(), geolocation=(), display-capture=(), usb=(), serial=(), hid=(), midi=(), payment=()',
  // Also for what no Content-Security-Policy stops: WebRTC. Chromium knows it. Redirects, as of /index.html to /, stay within the policy.
  'connection-allowlist': '(response-origin); redirects=allow; webrtc=block',
};
