/** Whether a key press belongs to the control that has the focus, or to somebody who has dealt with it already. */
export function ownsKey(event: KeyboardEvent): boolean {
  if (event.defaultPrevented) return true;
  const target = event.composedPath()[0];
  return target instanceof Element && isOwn(target, event.key);
}

function isOwn(target: Element, key: string): boolean {
  if (target.closest('dialog')) return true;
  if (target.matches('textarea, select, [contenteditable], input:not([type="range"], [type="radio"])'))
    return true;
  if (key === ' ' || key === 'Enter') return target.matches('button, summary, a, input, tr');
  return target.matches('input') && /^(Page|Home|End)/.test(key);
}
