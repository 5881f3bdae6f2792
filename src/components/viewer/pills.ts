/** What lies over the lower end of the picture: that something can't be seen, and the way to it. */
import { html, nothing, type TemplateResult } from 'lit';
import { text } from '../../messages/text.js';
import { icons } from '../shared/icons.js';
import { DIRECTIONS, type Outside } from './outside.js';

const ARROWS = { left: icons.left, up: icons.chevronUp, down: icons.chevron, right: icons.right };

/** How many defects lie beside the pane, and an arrow to the nearest one on each side. */
export function renderOutside(outside: Outside, onGo: (id: number) => void): TemplateResult | typeof nothing {
  const defects = DIRECTIONS.reduce((sum, direction) => sum + outside[direction].length, 0);
  if (defects === 0) return nothing;
  return html`<div class="pill outside" role="group" aria-label=${text.viewer.outside({ defects })}>
    <span class="number" aria-hidden="true">${text.viewer.outside({ defects })}</span>
    ${DIRECTIONS.map((direction) => {
      const [nearest, ...others] = outside[direction];
      if (nearest === undefined) return nothing;
      const label = text.viewer.outsideAt({ defects: others.length + 1, direction });
      return html`<button
        type="button"
        class="plain icon"
        data-direction=${direction}
        title=${label}
        aria-label=${label}
        @click=${() => onGo(nearest)}
      >
        ${ARROWS[direction]}
      </button>`;
    })}
  </div>`;
}

/** That there is nothing to be seen because somebody has hidden it. */
export function renderHidden(defects: number, onShow: () => void): TemplateResult {
  return html`<div class="pill hidden-defects">
    <span class="number">${text.viewer.hiddenDefects({ defects })}</span>
    <button type="button" @click=${onShow}>${text.viewer.showClasses}</button>
  </div>`;
}
