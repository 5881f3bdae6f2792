/**
 * What the page's own Content-Security-Policy says about requests, as far as a tag in the page tells: asked beforehand, no request
 * is made that the browser would refuse, and report in its console.
 */

interface Page {
  querySelectorAll(selector: string): Iterable<{ readonly content: string }>;
}

/** Whether a tag of the page refuses requests to an address of another origin. False where only the request itself can tell. */
export function pageRefuses(url: string): boolean {
  const { document } = globalThis as { readonly document?: Page };
  const tags = [...(document?.querySelectorAll('meta[http-equiv="content-security-policy" i]') ?? [])];
  return tags.some(({ content }) => {
    const allowed = sourcesOf(content, 'connect-src') ?? sourcesOf(content, 'default-src');
    return allowed !== undefined && !allowed.some((source) => mayAllow(source, new URL(url)));
  });
}

function sourcesOf(policy: string, directive: string): readonly string[] | undefined {
  const parts = policy.split(';').map((part) => part.trim().toLowerCase().split(/\s+/));
  return parts.find(([name]) => name === directive)?.slice(1);
}

/** Hosts and patterns of them are left to the browser. */
function mayAllow(source: string, { protocol, host }: URL): boolean {
  // The page's own host by another scheme is its own, too.
  if (source === "'self'") return host === location.host;
  if (source.startsWith("'")) return false;
  return source.endsWith(':') ? source === protocol : true;
}
