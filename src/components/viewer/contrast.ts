type Rgb = readonly [red: number, green: number, blue: number];

/** What lines need to be told from what they lie on: WCAG 2 asks as much of graphics. */
const ENOUGH = 3;

/** Relative luminance, 0..1, as WCAG 2 defines it, of sRGB values 0..255. */
export function luminanceOf(red: number, green: number, blue: number): number {
  return (
    0.2126 * LINEAR[Math.round(red)]! +
    0.7152 * LINEAR[Math.round(green)]! +
    0.0722 * LINEAR[Math.round(blue)]!
  );
}

const LINEAR = Array.from({ length: 256 }, (_, i) => {
  const value = i / 255;
  return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
});

/** Relative luminance, 0..1, of `#rrggbb`. */
export const luminance = (color: string): number => luminanceOf(...rgbOf(color));

/** Contrast ratio, 1..21, of two luminances. */
export const contrast = (a: number, b: number): number => (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);

/** Black or white, whichever reads better on the colour. */
export function textOn(color: string): '#000000' | '#ffffff' {
  const own = luminance(color);
  return contrast(own, 0) >= contrast(own, 1) ? '#000000' : '#ffffff';
}

/**
 * The colour `#rrggbb`, as much lighter or darker as it takes to stand out from a ground of that luminance, whichever
 * changes it less.
 */
export function colorOn(color: string, ground: number): string {
  const rgb = rgbOf(color);
  for (let step = 0; step <= 10; step++) {
    for (const towards of [255, 0]) {
      const mixed = rgb.map((value) => Math.round(value + ((towards - value) * step) / 10)) as unknown as Rgb;
      if (contrast(luminanceOf(...mixed), ground) >= ENOUGH) return hexOf(mixed);
    }
  }
  // There is always one of black and white that stands out.
  return color;
}

function rgbOf(color: string): Rgb {
  const at = (from: number) => parseInt(color.slice(from, from + 2), 16);
  return [at(1), at(3), at(5)];
}

const hexOf = (rgb: Rgb): string => `#${rgb.map((value) => value.toString(16).padStart(2, '0')).join('')}`;
