/**
 * Pages may ask for Trusted Types (`require-trusted-types-for 'script'`): then browsers take the address of a worker, and markup, only from
 * a policy. This is that policy, one for the page and one for each worker; what it passes is decided here, and nobody else gets hold of it.
 */
import { InspectorError } from '../core/errors.js';

/** As it has to be listed under `trusted-types`; what Lit itself needs is called `lit-html`. */
const NAME = 'defect-inspector';

interface Policy {
  createScriptURL(url: string): unknown;
  createHTML(html: string): unknown;
}

interface Realm {
  readonly trustedTypes?: {
    createPolicy(name: string, rules: { [Rule in keyof Policy]: (text: string) => string }): Policy;
  };
}

let policy: Policy | 'refused' | undefined;

/** Undefined where the browser knows of none, or the page doesn't list ours: a default policy of its own may still pass what we do. */
function ourPolicy(): Policy | undefined {
  const { trustedTypes } = globalThis as Realm;
  if (!trustedTypes) return undefined;
  const asIs = (text: string): string => text;
  try {
    policy ??= trustedTypes.createPolicy(NAME, { createScriptURL: asIs, createHTML: asIs });
  } catch {
    policy = 'refused';
  }
  return policy === 'refused' ? undefined : policy;
}

/** Whether the page, or the host of this worker, has Trusted Types of which ours are none. */
export function isPolicyRefused(): boolean {
  ourPolicy();
  return policy === 'refused';
}

/** Whether it lies where the page itself does; what somebody made up in memory doesn't. */
export function isOfOwnOrigin(url: string): boolean {
  const { origin, protocol } = new URL(url);
  return origin === location.origin && protocol !== 'blob:';
}

/**
 * For the browser, which takes it as the address of a script.
 * @param url absolute, of the page's own origin
 * @param isMadeHere whether the caller itself has made what lies there, in memory
 * @throws {InspectorError} 'assets-unavailable' where it is of another origin, or somebody else's
 */
export function trustedScript(url: string, isMadeHere = false): string {
  if (!isMadeHere && !isOfOwnOrigin(url)) throw notTrusted(url);
  // An object, of which the types of browsers' functions don't know that they take it.
  return (ourPolicy()?.createScriptURL(url) ?? url) as string;
}

export const notTrusted = (url: string, cause?: unknown): InspectorError =>
  new InspectorError(
    { code: 'assets-unavailable', reason: 'program-not-trusted', params: { url } },
    { cause },
  );

/** Markup for `DOMParser`, in whose documents nothing runs or is fetched; for nothing else. */
export function trustedForParsing(html: string): string {
  return (ourPolicy()?.createHTML(html) ?? html) as string;
}
