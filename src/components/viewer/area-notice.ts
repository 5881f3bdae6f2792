/** What lies over the upper end of the picture while a rectangle is drawn, or an area of the photo is inspected. */
import { html, nothing, type TemplateResult } from 'lit';
import type { Box } from '../../core/types.js';
import { text, write } from '../../messages/text.js';
import type { Drawing } from '../../workbench/state.js';
import type { SendCommand } from '../shared/send-command.js';

export interface AreaNotice {
  readonly drawing: Drawing | undefined;
  /** The rectangle, as far as it is drawn, photo pixels. */
  readonly drawn: Box | undefined;
  /** What is inspected of the photo, if not all. */
  readonly area: Box | undefined;
  /** Whether the edges of the photo lie outside of the pane. */
  readonly isZoomed: boolean;
}

export function renderAreaNotice(
  { drawing, drawn, area, isZoomed }: AreaNotice,
  send: SendCommand,
): TemplateResult | typeof nothing {
  if (drawing) {
    const what = drawing === 'area' ? text.look.drawArea : text.look.drawSmallest;
    return html`<div class="pill drawing">
      <span class="number">${drawn ? write.size(sizeOf(drawn)) : what}</span>
      ${
        drawing === 'area'
          ? html`<button type="button" ?disabled=${!isZoomed} @click=${() => send('area.view')}>
              ${text.look.inView}
            </button>`
          : nothing
      }
      <button type="button" @click=${() => send('drawing.end')}>${text.look.cancel}</button>
    </div>`;
  }
  if (!area) return nothing;
  return html`<div class="pill area">
    <span class="number">${text.look.areaIs(sizeOf(area))}</span>
    <button type="button" @click=${() => send('area.inspect', { area: undefined })}>
      ${text.look.whole}
    </button>
  </div>`;
}

const sizeOf = ([, , width, height]: Box) => ({ width, height });
