/** The program's version, with the commit that it was built from; '' where it wasn't built, as in tests. */
export const VERSION: string =
  (import.meta as { readonly env?: Partial<Record<string, string>> }).env?.['VITE_VERSION'] ?? '';
