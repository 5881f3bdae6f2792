/** Whether an answer is the file that the build has made. */
import { toHex } from '../src/core/hex.js';
import type { HostFault } from '../src/model/host-fault.js';

/** A file of the page, as the build lists it. */
export interface BuiltFile {
  /** Relative to the service worker. */
  readonly url: string;
  readonly bytes: number;
  /** Hex. */
  readonly sha256: string;
}

export interface Verdict {
  /** The answer, read to its end; where it is the file, under the type that it must have. */
  readonly response: Response;
  readonly isRight: boolean;
  /** What whoever runs the page has to mend. A file under a wrong type is the file all the same. */
  readonly fault?: HostFault;
}

const PAGE = /^text\/html\b/i;
/** What browsers insist on. They take all other files, whatever those are called. */
const TYPES: readonly { readonly files: RegExp; readonly type: string; readonly accepted: RegExp }[] = [
  { files: /\.html$/, type: 'text/html', accepted: PAGE },
  { files: /\.css$/, type: 'text/css', accepted: /^text\/css\b/i },
  {
    files: /\.js$/,
    type: 'text/javascript',
    accepted: /^(text|application)\/(x-)?(java|ecma)script\b/i,
  },
];

/**
 * @param url the file's address, absolute
 * @param parts names of all of the build's files in `assets`
 * @throws {TypeError} where the answer doesn't arrive whole
 */
export async function judgeAnswer(
  file: BuiltFile,
  url: string,
  answer: Response,
  parts: ReadonlySet<string>,
): Promise<Verdict> {
  const { status, ok } = answer;
  if (!ok) return { response: answer, isRight: false, fault: { url, problem: 'missing', status } };
  const bytes = await answer.arrayBuffer();
  const headers = new Headers(answer.headers);
  // Made anew, it is also none that a redirect has led to: browsers take no such answer for a page.
  const response = () => new Response(bytes, { headers });
  const given = headers.get('content-type') ?? '';
  const rule = TYPES.find(({ files }) => files.test(file.url));
  if (!(await isTheFile(file, bytes, parts))) {
    const isPage = PAGE.test(given) && rule?.accepted !== PAGE;
    const fault: HostFault = isPage
      ? { url, problem: 'web-page' }
      : { url, problem: 'changed', bytes: bytes.byteLength, wanted: file.bytes };
    return { response: response(), isRight: false, fault };
  }
  if (!rule || rule.accepted.test(given)) return { response: response(), isRight: true };
  headers.set('content-type', rule.type);
  const fault: HostFault = { url, problem: 'wrong-type', type: given, wanted: rule.type };
  return { response: response(), isRight: true, fault };
}

/** Some hosts write into pages: one that names parts of this build alone is still its page. */
async function isTheFile(file: BuiltFile, bytes: ArrayBuffer, parts: ReadonlySet<string>): Promise<boolean> {
  const digest = await crypto.subtle.digest('SHA-256', bytes);
  if (toHex(new Uint8Array(digest)) === file.sha256) return true;
  if (!file.url.endsWith('.html')) return false;
  const named = new TextDecoder().decode(bytes).match(/(?<=["'/]assets\/)[\w.-]+/g) ?? [];
  return named.length > 0 && named.every((part) => parts.has(part));
}
