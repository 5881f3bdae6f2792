/** The details on a phone: a sheet that is dragged or stepped between three heights. */
export type SheetStop = 'peek' | 'half' | 'full';

export const STOPS: readonly SheetStop[] = ['peek', 'half', 'full'];

export function step(stop: SheetStop, by: 1 | -1): SheetStop {
  return STOPS[Math.max(0, Math.min(STOPS.length - 1, STOPS.indexOf(stop) + by))]!;
}

/** The stop at which a sheet that is let go comes to rest. `height` is its share of the room, 0..1. */
export function stopAt(height: number): SheetStop {
  if (height < 0.27) return 'peek';
  return height < 0.75 ? 'half' : 'full';
}
