import { svg, html, type SVGTemplateResult, type TemplateResult } from 'lit';

const glyph = (paths: SVGTemplateResult): TemplateResult =>
  html`<svg class="glyph" viewBox="0 0 18 18" aria-hidden="true">${paths}</svg>`;

/** Drawn on an 18 px grid, in the colour of the text around them. */
export const icons = {
  sideBySide: glyph(svg`<rect x="2" y="3.5" width="14" height="11" rx="1.5"/><path d="M9 3.5v11"/>`),
  overlay: glyph(
    svg`<rect x="2" y="3.5" width="14" height="11" rx="1.5"/><path d="M6 10.5c-1-2.200 1-4 3-3.500 1.800.4 3.500 1 3 2.800-.5 1.700-2 1.500-3 1.700-1.200.300-2.400.3-3-1z"/>`,
  ),
  wipe: glyph(
    svg`<rect x="2" y="3.5" width="14" height="11" rx="1.5"/><path d="M9 2v14M6.300 7.500 4.800 9l1.500 1.500M11.700 7.500 13.200 9l-1.500 1.500"/>`,
  ),
  original: glyph(
    svg`<rect x="2" y="3.5" width="14" height="11" rx="1.5"/><path d="m2.500 12.500 4-4 3 3 2-2 4 3.500"/>`,
  ),
  export: glyph(svg`<path d="M9 2.500v8.500m-3.200-3L9 11.200 12.200 8M3 12.500v2.500h12v-2.500"/>`),
  evaluate: glyph(svg`<path d="M2.500 15.500h13M4.500 13V9M9 13V3M13.500 13V6"/>`),
  themeAuto: glyph(svg`<circle cx="9" cy="9" r="6"/><path d="M9 3a6 6 0 0 1 0 12z" fill="currentColor"/>`),
  themeLight: glyph(
    svg`<circle cx="9" cy="9" r="3"/><path d="M9 1.800v1.700M9 14.500v1.700M1.800 9h1.700M14.500 9h1.700M3.900 3.900l1.200 1.200M12.900 12.900l1.200 1.200M3.900 14.100l1.200-1.200M12.900 5.100l1.200-1.200"/>`,
  ),
  themeDark: glyph(
    svg`<path d="M14.800 10.600A6.200 6.200 0 0 1 7.400 3.200a6.200 6.200 0 1 0 7.400 7.400z"/>`,
  ),
  edit: glyph(svg`<path d="m3 15 .8-3.200L12 3.600l2.400 2.400-8.200 8.200zM10.300 5.300l2.400 2.400"/>`),
  check: glyph(svg`<path d="m3.500 9.500 3.500 3.500 7.500-8"/>`),
  teach: glyph(
    svg`<path d="M1.500 7 9 3.500 16.500 7 9 10.500zM4.500 8.500v4c2.500 2 6.500 2 9 0v-4M16.500 7v4.500"/>`,
  ),
  plus: glyph(svg`<path d="M9 4v10M4 9h10"/>`),
  minus: glyph(svg`<path d="M4 9h10"/>`),
  fit: glyph(svg`<path d="M2.500 6.500v-4h4M11.500 2.500h4v4M15.500 11.500v4h-4M6.500 15.500h-4v-4"/>`),
  eyeOff: glyph(
    svg`<path d="M2 9s2.600-4.500 7-4.500S16 9 16 9s-2.600 4.500-7 4.500S2 9 2 9zM3 15 15 3"/><circle cx="9" cy="9" r="2"/>`,
  ),
  eye: glyph(
    svg`<path d="M2 9s2.600-4.500 7-4.500S16 9 16 9s-2.600 4.500-7 4.500S2 9 2 9z"/><circle cx="9" cy="9" r="2"/>`,
  ),
  close: glyph(svg`<path d="m4.500 4.500 9 9m0-9-9 9"/>`),
  retry: glyph(svg`<path d="M14.500 9A5.500 5.500 0 1 1 12.600 4.800L14.500 6.500M14.500 3v3.500H11"/>`),
  clear: glyph(svg`<path d="M3 5h12M7 5V3h4v2M4.500 5l.7 10h7.600l.7-10M7.500 8v4.500M10.500 8v4.500"/>`),
  pause: glyph(svg`<path d="M6.500 4.500v9M11.500 4.500v9"/>`),
  resume: glyph(svg`<path d="m6 4 7.500 5L6 14z"/>`),
  stop: glyph(svg`<rect x="5" y="5" width="8" height="8" rx="1"/>`),
  alert: glyph(svg`<path d="M9 2.500 16.500 15.500h-15zM9 7v4M9 13.300v.1"/>`),
  info: glyph(svg`<circle cx="9" cy="9" r="6.500"/><path d="M9 8.200v4M9 5.600v.1"/>`),
  keyboard: glyph(
    svg`<rect x="1.500" y="4.500" width="15" height="9" rx="1.500"/><path d="M4.500 7.500h.1M7.500 7.500h.1M10.500 7.500h.1M13.500 7.500h.1M5.500 10.500h7"/>`,
  ),
  add: glyph(svg`<rect x="2.500" y="2.500" width="13" height="13" rx="2"/><path d="M9 6v6M6 9h6"/>`),
  chevron: glyph(svg`<path d="m5.500 7.500 3.500 3.500 3.500-3.500"/>`),
  more: glyph(svg`<path d="M4 9h.1M9 9h.1M14 9h.1" stroke-width="2.600"/>`),
  left: glyph(svg`<path d="m10.500 5.500-3.500 3.500 3.500 3.500"/>`),
  right: glyph(svg`<path d="m7.500 5.500 3.500 3.500-3.500 3.500"/>`),
  lock: glyph(svg`<rect x="4" y="8" width="10" height="7" rx="1.500"/><path d="M6 8V6a3 3 0 0 1 6 0v2"/>`),
  unlock: glyph(
    svg`<rect x="4" y="8" width="10" height="7" rx="1.500"/><path d="M6 8V5.500a3 3 0 0 1 5.800-1"/>`,
  ),
  tools: glyph(
    svg`<path d="M2.500 5h7M13.500 5h2M2.500 13h2M8.500 13h7"/><circle cx="11.500" cy="5" r="2"/><circle cx="6.500" cy="13" r="2"/>`,
  ),
  chevronUp: glyph(svg`<path d="m5.500 10.500 3.500-3.500 3.500 3.500"/>`),
  tiles: glyph(
    svg`<rect x="2.500" y="2.500" width="13" height="13" rx="1.500"/><path d="M9 2.500v13M2.500 9h13"/>`,
  ),
  area: glyph(
    svg`<path d="M2.500 5v-2.500h2.500M8 2.500h2M13 2.500h2.500v2.500M15.500 8v2M15.500 13v2.500h-2.500M10 15.500h-2M5 15.500h-2.500v-2.500M2.500 10v-2"/><circle cx="9" cy="9" r="2"/>`,
  ),
  drop: glyph(
    svg`<rect x="2.500" y="2.500" width="13" height="13" rx="2" stroke-dasharray="2.500 2"/><path d="M9 5.500v6.500m-2.600-2.500L9 12.100l2.600-2.600"/>`,
  ),
};
