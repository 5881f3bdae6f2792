/**
 * Where the program's own files are: worker, runtime and models are fetched from `assets/` and `models/` in the folder of the built module,
 * or in the one that the caller names.
 */
import { programFiles } from 'virtual:program-files';
import { InspectorError } from '../core/errors.js';
import { absoluteUrl } from './absolute-url.js';
import type { StartRequest } from './worker-api.js';

export interface Assets {
  readonly worker: string;
  /** The evaluation worker. */
  readonly evaluator: string;
  /** The picture worker. */
  readonly pictures: string;
  /** The teaching worker. */
  readonly teaching: string;
  readonly runtime: StartRequest['runtime'];
  readonly catalogue: string;
}

/**
 * Absolute URLs.
 * @param base the folder that holds `assets` and `models`, absolute or relative to the page; the module's own by default, also where it is empty
 * @throws {InspectorError} 'assets-unavailable' when `base` is no address, or none is given and a build tool has hidden where the module is
 */
export function locateAssets(base?: string | URL): Assets {
  const { inference, evaluation, picture, teaching, loader, binary, bytes } = programFiles;
  const folder = base ? absoluteUrl(base, 'assets-unavailable').replace(/\/?$/, '/') : besideModule();
  const locate = (path: string) => new URL(path, folder).href;
  return {
    worker: locate(inference),
    evaluator: locate(evaluation),
    pictures: locate(picture),
    teaching: locate(teaching),
    runtime: { wasm: locate(binary), mjs: locate(loader), bytes },
    catalogue: locate('models/catalogue.json'),
  };
}

function besideModule(): string {
  // In two steps: in one, build tools would take it for a file that they have to bring along.
  const module = new URL(import.meta.url);
  // Some write the module's place on the developer's disk here.
  if (module.protocol === 'file:' && 'location' in globalThis && location.protocol !== 'file:') {
    throw new InspectorError({ code: 'assets-unavailable', reason: 'assets-not-placed' });
  }
  return new URL(programFiles.base, module).href;
}
