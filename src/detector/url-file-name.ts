/** The last part of a web address's path, as a person would write it; undefined where it has none. */
export function urlFileName(href: string): string | undefined {
  const path = /^https?:\/\/[^/]+\/([^?#]*)/.exec(href)?.[1];
  const last = path?.split('/').at(-1) || undefined;
  try {
    return last && decodeURIComponent(last);
  } catch {
    return last;
  }
}
