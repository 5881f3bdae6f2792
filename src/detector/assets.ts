/** Where the build has put what is loaded on demand. */
import runtimeMjs from 'onnxruntime-web/ort-wasm-simd-threaded.mjs?url';
import { bytes, url as runtimeWasm } from 'virtual:runtime-wasm';
import evaluator from '../../workers/evaluation.ts?worker&url';
import pictures from '../../workers/picture.ts?worker&url';
import teaching from '../../workers/teaching.ts?worker&url';
import worker from '../../workers/inference.ts?worker&url';
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
 * Absolute URLs, relative to this module or, when the caller has moved the files, to `base`.
 * @throws {InspectorError} 'assets-unavailable' when `base` is no address
 */
export function locateAssets(base?: string | URL): Assets {
  // The worker lies one folder below the root, in development as in a build.
  const root = new URL('..', new URL(worker, import.meta.url));
  const target =
    base === undefined ? root : new URL(absoluteUrl(base, 'assets-unavailable').replace(/\/?$/, '/'));
  const locate = (url: string) =>
    new URL(new URL(url, import.meta.url).href.slice(root.href.length), target).href;
  return {
    worker: locate(worker),
    evaluator: locate(evaluator),
    pictures: locate(pictures),
    teaching: locate(teaching),
    runtime: { wasm: locate(runtimeWasm), mjs: locate(runtimeMjs), bytes },
    catalogue: new URL('models/catalogue.json', target).href,
  };
}
