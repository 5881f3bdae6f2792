import type { ModelClass } from './types.js';

/**
 * Okabe and Ito's palette, which colour-blind people can tell apart, the strongest against grey metal first;
 * without its black, which is lost on a dark photo.
 */
const OKABE_ITO = ['#e69f00', '#56b4e9', '#009e73', '#f0e442', '#0072b2', '#d55e00', '#cc79a7'] as const;

/** `#rrggbb`: the class's own colour, else a palette colour by its place among the classes. */
export function classColor(classes: readonly Pick<ModelClass, 'id' | 'color'>[], classId: number): string {
  const place = classes.findIndex(({ id }) => id === classId);
  const turn = place < 0 ? Math.abs(Math.trunc(classId)) : place;
  return classes[place]?.color ?? OKABE_ITO[turn % OKABE_ITO.length]!;
}
