import { html, type TemplateResult } from 'lit';

/** So many characters at the end stay, where there is too little room: the number of a photo and what kind of file it is. */
const END = 8;

/** A start of more characters is wider than the dots that may stand in its place. */
const SHORT = 3;

/** The part of a name that may be cut, and the end that stays. */
export function splitName(name: string): [start: string, end: string] {
  const characters = Array.from(name);
  const at = Math.max(0, characters.length - END);
  return [characters.slice(0, at).join(''), characters.slice(at).join('')];
}

/** A name on one line that is cut in the middle where it is too long; screen readers get it in one piece. */
export function middleCut(name: string): TemplateResult {
  const [start, end] = splitName(name);
  return html`<span class="hidden-text">${name}</span
    ><bdi class="name middle-cut" aria-hidden="true"
      ><span class=${start.length > SHORT ? 'start long' : 'start'}>${start}</span><span>${end}</span></bdi
    >`;
}
