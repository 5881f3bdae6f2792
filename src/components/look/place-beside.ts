/** CSS pixels between a panel and its button, and the window's edge. */
const GAP = 8;
/** A panel that would be lower than that covers its button instead. */
const LEAST_HEIGHT = 320;

/**
 * Puts a panel of the top layer above or below its button, where there is more room: with `position: fixed`, by the properties `--left`, `--top`,
 * `--bottom` and `--height`.
 */
export function placeBeside(panel: HTMLElement, button: HTMLElement): void {
  const { top, bottom, left } = button.getBoundingClientRect();
  const above = top - 2 * GAP;
  const below = innerHeight - bottom - 2 * GAP;
  const isAbove = above > below;
  const room = Math.max(above, below);
  const isOver = room < LEAST_HEIGHT;
  const start = isAbove ? 'auto' : `${isOver ? GAP : bottom + GAP}px`;
  const end = isAbove ? `${isOver ? GAP : innerHeight - top + GAP}px` : 'auto';
  panel.style.setProperty('--left', `${left}px`);
  panel.style.setProperty('--top', start);
  panel.style.setProperty('--bottom', end);
  panel.style.setProperty('--height', `${isOver ? innerHeight - 2 * GAP : room}px`);
}
