import { crc32 } from '../core/crc32.js';

/** ZIP's checksum of what a blob holds, read part by part. */
export async function crc32Of(blob: Blob): Promise<number> {
  const reader = blob.stream().getReader();
  let sum = 0;
  for (let part = await reader.read(); !part.done; part = await reader.read()) sum = crc32(part.value, sum);
  return sum;
}
