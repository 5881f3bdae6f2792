/** The browser's locks. Undefined where there are none (on plain http), or a page may not ask for them. */
export function locks(): LockManager | undefined {
  try {
    return (navigator as { readonly locks?: LockManager }).locks;
  } catch {
    // A page without an origin of its own.
    return undefined;
  }
}
