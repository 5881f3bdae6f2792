/** Fetches the runtime's binary. */
import { InspectorError } from '../src/core/errors.js';
import type { StartRequest } from '../src/detector/worker-api.js';
import { download } from '../src/model/download.js';
import { damaged } from '../src/model/program.js';

/** A module with one function that needs SIMD: `() -> v128`, i32.const 0, i8x16.splat. */
const SIMD_MODULE = [
  0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0, 10, 8, 1, 6, 0, 65, 0, 253, 15, 11,
];

/** What every binary begins with. */
const WASM = [0, 97, 115, 109];

/** @throws {InspectorError} 'no-webassembly' */
export function requireWebAssembly(): void {
  const module = new Uint8Array(SIMD_MODULE);
  if (typeof WebAssembly !== 'object' || !WebAssembly.validate(module))
    throw new InspectorError({ code: 'no-webassembly', reason: 'no-simd' });
  try {
    new WebAssembly.Module(module);
  } catch (cause) {
    // It is valid: only a policy forbids it.
    throw new InspectorError({ code: 'no-webassembly', reason: 'webassembly-not-allowed' }, { cause });
  }
}

/**
 * The build ships the binary compressed, development as it is.
 * @throws {InspectorError} 'assets-unavailable', 'offline'
 */
export async function downloadRuntime(
  { wasm, bytes }: StartRequest['runtime'],
  onProgress: (loaded: number, total: number) => void,
): Promise<Uint8Array<ArrayBuffer>> {
  const request = { what: 'program', missing: 'assets-unavailable', total: bytes, onProgress } as const;
  const first = await inflate(await download(wasm, request)).catch(() => undefined);
  if (first) return first;
  // The browser's own HTTP cache may hold a damaged copy.
  const file = await download(wasm, { ...request, cache: 'reload' });
  return inflate(file).catch((cause: unknown) => {
    throw damaged(wasm, cause);
  });
}

/** @throws {TypeError} where it isn't the binary, or not all of it */
async function inflate(file: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
  const isGzip = file[0] === 0x1f && file[1] === 0x8b;
  if (!isGzip) {
    if (!WASM.every((byte, at) => file[at] === byte)) throw new TypeError('This is no WebAssembly.');
    return file;
  }
  const stream = new Blob([file]).stream().pipeThrough(new DecompressionStream('gzip'));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}
