import { html, type TemplateResult } from 'lit';
import { text } from '../../messages/text.js';

/**
 * The edge of a wipe: left of it the photo alone, right of it with its defects. A slider over the whole picture, of which
 * only the handle takes the pointer. @param edge 0..1 from the left
 */
export function renderEdge(edge: number, moved: (edge: number) => void): TemplateResult {
  const percent = Math.round(edge * 100);
  return html`<div class="edge" .style=${`--edge: ${edge}`}>
    <input
      type="range"
      dir="ltr"
      min="0"
      max="100"
      aria-label=${text.viewer.edge}
      aria-valuetext=${text.viewer.edgeAt({ percent })}
      .value=${String(percent)}
      @input=${(event: Event) => moved((event.target as HTMLInputElement).valueAsNumber / 100)}
    />
  </div>`;
}
