const TABLE = Int32Array.from({ length: 256 }, (_, byte) => {
  let sum = byte;
  for (let bit = 0; bit < 8; bit++) sum = sum & 1 ? (sum >>> 1) ^ 0xedb88320 : sum >>> 1;
  return sum;
});

/** ZIP's checksum of what a blob holds, read part by part. */
export async function crc32(blob: Blob): Promise<number> {
  const reader = blob.stream().getReader();
  let sum = -1;
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    const bytes = part.value;
    for (let i = 0; i < bytes.length; i++) sum = TABLE[(sum ^ bytes[i]!) & 255]! ^ (sum >>> 8);
  }
  return ~sum >>> 0;
}
