import { html, type TemplateResult } from 'lit';
import { text } from '../../messages/text.js';
import type { Display } from '../../workbench/state.js';
import '../menu/menu.js';
import { icons } from '../shared/icons.js';

export interface ToolsOptions {
  /** Whether a rectangle is about to be drawn around an area to inspect. */
  readonly isDrawingArea: boolean;
  readonly onArea: () => void;
  /** Whether defects are to be seen. */
  readonly hasDefects: boolean;
  readonly display: Display;
  readonly areMasksHidden: boolean;
  readonly onFill: (opacity: number) => void;
  readonly onBoxes: () => void;
  readonly onLabels: () => void;
  /** While the button is held. */
  readonly onHide: (isHeld: boolean) => void;
}

/** The tool that draws an area to inspect; how defects are drawn, and the button that hides them while it is held. */
export function renderTools({
  isDrawingArea,
  onArea,
  hasDefects,
  display: { opacity, boxes, labels },
  areMasksHidden,
  onFill,
  onBoxes,
  onLabels,
  onHide,
}: ToolsOptions): TemplateResult {
  const toggle = (label: string, isOn: boolean, toggled: () => void) =>
    html`<button type="button" aria-pressed=${isOn} @click=${toggled}>${label}</button>`;
  const hold = (isHeld: boolean) => () => onHide(isHeld);
  const key = (isHeld: boolean) => (event: KeyboardEvent) => {
    if (event.key !== ' ' && event.key !== 'Enter') return;
    event.preventDefault();
    onHide(isHeld);
  };
  // Twice, beside each other or in a menu: which of them is to be seen depends on the room.
  const display = () =>
    html`<label class="fill">
        <span>${text.viewer.fill}</span>
        <input
          type="range"
          min="0"
          max="1"
          step="0.05"
          aria-label=${text.viewer.opacity}
          .value=${String(opacity)}
          @input=${(event: Event) => onFill((event.target as HTMLInputElement).valueAsNumber)}
        />
      </label>
      ${toggle(text.viewer.boxes, boxes, onBoxes)} ${toggle(text.viewer.labels, labels, onLabels)}`;
  const area = html`<button
    type="button"
    class="icon area"
    title=${text.viewer.withKey({ action: text.look.area, key: 'R' })}
    aria-label=${text.look.area}
    aria-pressed=${isDrawingArea}
    @click=${onArea}
  >
    ${icons.area}
  </button>`;
  if (!hasDefects) return html`<div class="tools">${area}</div>`;
  return html`<div class="tools">
    ${area}
    <div class="inline">${display()}</div>
    <defect-menu class="compact" label=${text.viewer.display}
      ><span slot="label" class="hidden-text">${text.viewer.display}</span
      ><span slot="label">${icons.tools}</span>
      <div class="display">${display()}</div></defect-menu
    >
    <button
      type="button"
      class="icon"
      title=${text.viewer.withKey({ action: text.viewer.hide, key: 'H' })}
      aria-label=${text.viewer.hide}
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
  /** Whether the next photo is shown where this one lies. */
  readonly isKept: boolean;
  readonly onKeep: () => void;
  readonly onOut: () => void;
  readonly onIn: () => void;
  readonly onFit: () => void;
  readonly onActualSize: () => void;
}

export function renderZoom({
  percent,
  isKept,
  onKeep,
  onOut,
  onIn,
  onFit,
  onActualSize,
}: ZoomOptions): TemplateResult {
  const button = (action: string, key: string, content: unknown, act: () => void, kind: string) =>
    html`<button
      type="button"
      class="plain ${kind}"
      title=${text.viewer.withKey({ action, key })}
      aria-label=${action}
      ?disabled=${percent === undefined}
      @click=${act}
    >
      ${content}
    </button>`;
  return html`<div class="zoom" role="group" aria-label=${text.viewer.zoom}>
    ${button(text.viewer.zoomOut, '−', icons.minus, onOut, 'icon minor')}
    <output class="number minor" aria-label=${text.viewer.zoom}
      >${percent === undefined ? text.viewer.noZoom : text.viewer.zoomPercent(percent)}</output
    >
    ${button(text.viewer.zoomIn, '+', icons.plus, onIn, 'icon minor')}
    ${button(text.viewer.fit, '0', icons.fit, onFit, 'icon')}
    ${button(text.viewer.actualSize, '1', text.viewer.ratio, onActualSize, 'minor')}
    <button
      type="button"
      class="plain icon"
      title=${text.viewer.withKey({ action: text.viewer.keep, key: 'F' })}
      aria-label=${text.viewer.keep}
      aria-pressed=${isKept}
      @click=${onKeep}
    >
      ${isKept ? icons.lock : icons.unlock}
    </button>
  </div>`;
}
