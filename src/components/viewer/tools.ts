import { html, type TemplateResult } from 'lit';
import type { Display } from '../../workbench/state.js';
import { icons } from '../shared/icons.js';

export interface ToolsOptions {
  readonly display: Display;
  readonly areMasksHidden: boolean;
  readonly onFill: (opacity: number) => void;
  readonly onBoxes: () => void;
  readonly onLabels: () => void;
  /** While the button is held. */
  readonly onHide: (isHeld: boolean) => void;
}

/** How defects are drawn, and the button that hides them while it is held. */
export function renderTools({
  display: { opacity, boxes, labels },
  areMasksHidden,
  onFill,
  onBoxes,
  onLabels,
  onHide,
}: ToolsOptions): TemplateResult {
  const toggle = (text: string, isOn: boolean, toggled: () => void) =>
    html`<button type="button" aria-pressed=${isOn} @click=${toggled}>${text}</button>`;
  const hold = (isHeld: boolean) => () => onHide(isHeld);
  const key = (isHeld: boolean) => (event: KeyboardEvent) => {
    if (event.key !== ' ' && event.key !== 'Enter') return;
    event.preventDefault();
    onHide(isHeld);
  };
  return html`<div class="tools">
    <label class="fill">
      <span>Fill</span>
      <input
        type="range"
        min="0"
        max="1"
        step="0.05"
        aria-label="Opacity of the filling"
        .value=${String(opacity)}
        @input=${(event: Event) => onFill((event.target as HTMLInputElement).valueAsNumber)}
      />
    </label>
    ${toggle('Boxes', boxes, onBoxes)} ${toggle('Labels', labels, onLabels)}
    <button
      type="button"
      class="icon"
      title="Hold to hide the defects (H)"
      aria-label="Hold to hide the defects"
      aria-pressed=${areMasksHidden}
      @pointerdown=${hold(true)}
      @pointerup=${hold(false)}
      @pointerleave=${hold(false)}
      @pointercancel=${hold(false)}
      @keydown=${key(true)}
      @keyup=${key(false)}
      @blur=${hold(false)}
      @contextmenu=${(event: Event) => event.preventDefault()}
    >
      ${areMasksHidden ? icons.eyeOff : icons.eye}
    </button>
  </div>`;
}

export interface ZoomOptions {
  /** Undefined while there is nothing to zoom. */
  readonly percent: number | undefined;
  readonly onOut: () => void;
  readonly onIn: () => void;
  readonly onFit: () => void;
  readonly onActualSize: () => void;
}

export function renderZoom({ percent, onOut, onIn, onFit, onActualSize }: ZoomOptions): TemplateResult {
  const button = (label: string, keys: string, content: unknown, act: () => void, kind: string) =>
    html`<button
      type="button"
      class="plain ${kind}"
      title="${label} (${keys})"
      aria-label=${label}
      ?disabled=${percent === undefined}
      @click=${act}
    >
      ${content}
    </button>`;
  return html`<div class="zoom" role="group" aria-label="Zoom">
    ${button('Zoom out', '−', icons.minus, onOut, 'icon minor')}
    <output class="number minor" aria-label="Zoom">${percent === undefined ? '–' : `${percent} %`}</output>
    ${button('Zoom in', '+', icons.plus, onIn, 'icon minor')}
    ${button('Show all of the photo', '0', icons.fit, onFit, 'icon')}
    ${button('1:1, true size', '1', '1:1', onActualSize, 'minor')}
  </div>`;
}
