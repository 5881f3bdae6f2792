/** Which pages may ask: the host's `embed.json` beside the page, `{"origins": ["https://mes.example"]}`. */
export interface AllowedOrigins {
  has(origin: string): boolean;
}

/** The file's own origin, and those that are listed; `*` stands for all. Whatever else the file says, or none, lists nobody. */
export function allowedOrigins(file: unknown, own: string): AllowedOrigins {
  const { origins } = (file ?? {}) as { readonly origins?: unknown };
  const listed = new Set<unknown>(Array.isArray(origins) ? origins : []);
  // Pages without an origin, sandboxed ones for instance, can't be told apart, nor answered.
  return { has: (origin) => origin !== 'null' && (origin === own || listed.has(origin) || listed.has('*')) };
}

/** Asked for anew at every start, so that what the host has changed counts. */
export async function readOrigins(own: string): Promise<AllowedOrigins> {
  const file: unknown = await fetch('./embed.json', { cache: 'no-cache' })
    .then((response): Promise<unknown> | undefined => (response.ok ? response.json() : undefined))
    .catch(() => undefined);
  return allowedOrigins(file, own);
}
