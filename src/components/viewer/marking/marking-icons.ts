import { html, svg, type SVGTemplateResult, type TemplateResult } from 'lit';

const glyph = (paths: SVGTemplateResult): TemplateResult =>
  html`<svg class="glyph" viewBox="0 0 18 18" aria-hidden="true">${paths}</svg>`;

/** As those of `shared/icons.ts`. */
export const icons = {
  move: glyph(svg`<path d="M4 2.500 13.500 9l-4.200 1L7.200 14z"/>`),
  brush: glyph(
    svg`<path d="M15.500 2.500 8.300 9.200l1.800 1.800z"/><path d="M8 9.800c-2.300-.4-3.300 1-3.500 2.700-.1 1-.8 1.700-1.800 2 2.700 1.500 6.600.9 6.900-2.700z"/>`,
  ),
  eraser: glyph(
    svg`<path d="m6.500 14.500-4-4 7.500-7.500 5.500 5.500-6 6zM5.500 7.500l5.500 5.500M6.500 14.500h9"/>`,
  ),
  polygon: glyph(
    svg`<path d="m9 3 6 4.500-2.300 7H5.300L3 7.500z"/><g fill="currentColor" stroke="none"><circle cx="9" cy="3" r="1.700"/><circle cx="15" cy="7.500" r="1.700"/><circle cx="12.700" cy="14.500" r="1.700"/><circle cx="5.300" cy="14.500" r="1.700"/><circle cx="3" cy="7.500" r="1.700"/></g>`,
  ),
  rectangle: glyph(svg`<rect x="2.500" y="4" width="13" height="10"/>`),
  good: glyph(svg`<circle cx="9" cy="9" r="6.500"/><path d="m6 9.200 2.200 2.200L12.300 7"/>`),
  accept: glyph(svg`<path d="M3 4.500h6.500M3 9h4M3 13.500h4M8.800 11.700l2.200 2.300 4.500-5.500"/>`),
  remove: glyph(svg`<path d="M3 5h12M7 5V3h4v2M4.500 5l.8 10h7.400l.8-10M7.500 8v4.500M10.500 8v4.500"/>`),
  undo: glyph(svg`<path d="M6.500 3.500 3 7l3.500 3.500M3.500 7h7a4 4 0 0 1 0 8H8"/>`),
  redo: glyph(svg`<path d="M11.500 3.500 15 7l-3.500 3.500M14.500 7h-7a4 4 0 0 0 0 8H10"/>`),
};
