/** Relative luminance, 0..1, of `#rrggbb` as WCAG 2 defines it. */
export function luminance(color: string): number {
  const [r, g, b] = [1, 3, 5].map((at) => {
    const value = parseInt(color.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r! + 0.7152 * g! + 0.0722 * b!;
}

/** Black or white, whichever reads better on the colour. */
export function textOn(color: string): '#000000' | '#ffffff' {
  const own = luminance(color) + 0.05;
  return own / 0.05 >= 1.05 / own ? '#000000' : '#ffffff';
}
