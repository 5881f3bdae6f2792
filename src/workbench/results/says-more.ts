import type { Inspection } from '../../core/types.js';

/**
 * Whether what there is of a photo that was cancelled takes the place of its former result: by the same model, of the same part of the
 * photo, seen no less finely everywhere, and in more views.
 */
export function saysMore(partial: Inspection, former: Inspection | undefined): boolean {
  if (!former) return true;
  const [now, before] = [partial.input, former.input];
  return (
    partial.model.hash === former.model.hash &&
    String(now.area) === String(before.area) &&
    now.scale >= before.scale &&
    now.tiles > before.tiles
  );
}
