/** Fetches the runtime's binary. */
import { InspectorError } from '../src/core/errors.js';
import type { StartRequest } from '../src/detector/worker-api.js';
import { download } from '../src/model/download.js';

/** A module with one function that needs SIMD: `() -> v128`, i32.const 0, i8x16.splat. */
const SIMD_MODULE = [
  0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0, 10, 8, 1, 6, 0, 65, 0, 253, 15, 11,
];

/** @throws {InspectorError} 'no-webassembly' */
export function requireWebAssembly(): void {
  if (typeof WebAssembly === 'object' && WebAssembly.validate(new Uint8Array(SIMD_MODULE))) return;
  throw new InspectorError({ code: 'no-webassembly', reason: 'no-simd' });
}

/** The build ships the binary compressed, development as it is. @throws {InspectorError} 'offline' */
export async function downloadRuntime(
  { wasm, bytes }: StartRequest['runtime'],
  onProgress: (loaded: number, total: number) => void,
): Promise<Uint8Array<ArrayBuffer>> {
  const file = await download(wasm, { what: 'program', missing: 'offline', total: bytes, onProgress });
  const isGzip = file[0] === 0x1f && file[1] === 0x8b;
  if (!isGzip) return file;
  const stream = new Blob([file]).stream().pipeThrough(new DecompressionStream('gzip'));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}
