/** Rounds to so many decimals: files needn't carry the noise digits of single precision. */
export function round(value: number, decimals: number): number {
  const factor = 10 ** decimals;
  return Math.round(value * factor) / factor;
}
