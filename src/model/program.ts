/** Parts of the program that are fetched while it runs: what a host can do wrong about them. */
import { InspectorError } from '../core/errors.js';
import { download, notAllowed, watchPolicy } from './download.js';

const PROGRAM = { what: 'program', missing: 'assets-unavailable' } as const;

export interface ScriptWatch {
  /**
   * To be asked when the browser could not run the script; resolves where the script is not to blame.
   * @param said what the browser says about it
   * @throws {InspectorError} 'assets-unavailable' or 'offline'
   */
  readonly explain: (said?: string) => Promise<void>;
  readonly stop: () => void;
}

/**
 * Browsers tell a program next to nothing about a script that they didn't run. To be called before the browser gets it.
 * @param address what the browser gets, where that is another script, which imports this one
 */
export function watchScript(url: string, address = url): ScriptWatch {
  const policy = watchPolicy(url, address);
  return {
    async explain(said = '') {
      const directive = await policy.refusal();
      if (directive !== undefined) throw notAllowed(address, PROGRAM, directive);
      // The browser's own HTTP cache may hold what the browser could not run.
      await download(url, { ...PROGRAM, isScript: true, cache: 'reload' });
      if (/SyntaxError/.test(said)) throw damaged(url);
    },
    stop: () => policy.stop(),
  };
}

/** A part of the program that is served, but of which the browser makes nothing. */
export const damaged = (url: string, cause?: unknown): InspectorError =>
  new InspectorError({ code: 'assets-unavailable', reason: 'program-damaged', params: { url } }, { cause });
