import { InspectorError, type ErrorCode } from '../core/errors.js';

/** @throws {InspectorError} with that code when it is no URL, neither absolute nor relative to the page */
export function absoluteUrl(url: string | URL, code: ErrorCode): string {
  try {
    return new URL(url, 'document' in globalThis ? document.baseURI : undefined).href;
  } catch (cause) {
    throw new InspectorError({ code, reason: 'not-an-address', params: { text: String(url) } }, { cause });
  }
}
