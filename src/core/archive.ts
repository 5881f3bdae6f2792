/** By how they begin. */
const SIGNATURES = [
  ['PK\x03\x04', 'ZIP'],
  ['Rar!', 'RAR'],
  ['7z\xbc\xaf\x27\x1c', '7z'],
  ['\x1f\x8b', 'gzip'],
  ['BZh', 'bzip2'],
  ['\xfd7zXZ\0', 'xz'],
  ['\x28\xb5\x2f\xfd', 'zstd'],
] as const;
/** Where a TAR says that it is one. */
const TAR = 257;

/** Which kind of archive a file is, if it is one. @param bytes its first ones, 300 at least where it has so many */
export function archiveFormat(bytes: Uint8Array): string | undefined {
  const start = String.fromCharCode(...bytes.subarray(0, 300));
  const format = SIGNATURES.find(([signature]) => start.startsWith(signature))?.[1];
  return format ?? (start.startsWith('ustar', TAR) ? 'TAR' : undefined);
}
