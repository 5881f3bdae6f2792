/** What a host has answered wrongly about a file of the program. It is noticed by the service worker and said by the page. */

interface Problems {
  /** It doesn't give the file. */
  readonly missing: { readonly status: number };
  /** Hosts of single-page apps and captive portals answer every request with a page. */
  readonly 'web-page': object;
  /** Browsers run a script only where it is called one. */
  readonly 'wrong-type': { readonly type: string; readonly wanted: string };
  /** Not what the build has made: cut, or changed on its way. Sizes in bytes. */
  readonly changed: { readonly bytes: number; readonly wanted: number };
}

export type HostFault = {
  [Problem in keyof Problems]: { readonly url: string; readonly problem: Problem } & Problems[Problem];
}[keyof Problems];

/** What the service worker tells the page. */
export interface HostFaults {
  readonly type: 'HOST_FAULTS';
  readonly faults: readonly HostFault[];
}
