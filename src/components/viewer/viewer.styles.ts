import { css } from 'lit';

export const styles = css`
  :host {
    position: relative;
    display: grid;
    grid-template-rows: auto minmax(0, 1fr) auto;
    grid-template-columns: minmax(0, 1fr);
    min-width: 0;
    min-height: 0;
    container-type: inline-size;
  }

  /* Each in its row, also where another one is not shown. */
  .toolbar {
    display: flex;
    grid-row: 1;
    align-items: center;
    gap: 8px;
    min-height: calc(var(--defect-control) + 12px);
    padding: 0 12px;
    border-bottom: 1px solid var(--defect-border);
    background: var(--defect-surface);
  }

  .title {
    display: flex;
    flex: 1;
    align-items: baseline;
    gap: 8px;
    min-width: 0;
  }

  .title .name {
    min-width: 0;
    overflow: hidden;
    font-weight: 600;
    white-space: nowrap;
  }

  .size {
    flex: none;
    color: var(--defect-muted);
    font-size: var(--defect-text-s);
  }

  .tools,
  .inline {
    display: flex;
    align-items: center;
    gap: 4px;
  }

  .compact {
    display: none;
  }

  .display {
    display: grid;
    gap: 8px;
    padding: 12px;
  }

  .tools button {
    padding: 0 10px;
    font-size: var(--defect-text-s);
  }

  .tools button.icon {
    padding: 0;
  }

  .fill {
    display: flex;
    align-items: center;
    gap: 6px;
    margin-inline-end: 6px;
    color: var(--defect-muted);
    font-size: var(--defect-text-s);
  }

  .fill input {
    width: 72px;
    min-height: var(--defect-control);
  }

  .middle {
    display: contents;
  }

  .middle > .stage:first-child {
    grid-row: 2;
  }

  /* The tools to mark with stand above the picture. */
  .middle:has(defect-marking-bar) {
    display: grid;
    grid-row: 2;
    grid-template: auto minmax(0, 1fr) / minmax(0, 1fr);
    min-height: 0;
  }

  .stage {
    position: relative;
    display: grid;
    gap: 1px;
    min-height: 0;
    overflow: hidden;
    background: var(--defect-border);
  }

  .stage[data-split='row'] {
    grid-template-columns: minmax(0, 1fr) minmax(0, 1fr);
  }

  .stage[data-split='column'] {
    grid-template-rows: minmax(0, 1fr) minmax(0, 1fr);
  }

  .stage:focus-visible {
    outline-offset: -2px;
  }

  .pane {
    position: relative;
    min-width: 0;
    min-height: 0;
    overflow: hidden;
    background: var(--defect-stage);
  }

  canvas {
    position: absolute;
    inset: 0;
    display: block;
    width: 100%;
    height: 100%;
    cursor: grab;
    touch-action: none;
    user-select: none;
    -webkit-user-select: none;
  }

  canvas:active {
    cursor: grabbing;
  }

  canvas.drawing,
  canvas.drawing:active {
    cursor: crosshair;
  }

  /* What is drawn with is drawn. */
  canvas.bare,
  canvas.bare:active {
    cursor: none;
  }

  canvas.sketch {
    pointer-events: none;
  }

  canvas.on-defect {
    cursor: pointer;
  }

  /* What is to be seen belongs to the photo before: that is said only where it takes a moment. */
  .stage[aria-busy='true'] canvas {
    opacity: 0.45;
    transition: opacity 0.15s 0.25s;
  }

  .tag.opening {
    visibility: visible;
    animation: appear 0.25s steps(1, jump-end);
  }

  @keyframes appear {
    from {
      visibility: hidden;
    }
  }

  .tag {
    position: absolute;
    top: 8px;
    inset-inline-start: 8px;
    max-width: calc(100% - 16px);
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
    padding: 2px 7px;
    border-radius: 4px;
    background: rgb(0 0 0 / 0.62);
    color: #fff;
    font-size: var(--defect-text-xs);
    pointer-events: none;
  }

  /* Left and right of the edge, as it is drawn, whatever the page is written in. */
  .tag.from {
    left: 8px;
    right: auto;
  }

  .tag.to {
    left: auto;
    right: 8px;
  }

  .edge {
    --thumb: 36px;
    position: absolute;
    inset: 0;
    overflow: hidden;
    pointer-events: none;
  }

  @media (pointer: coarse) {
    .edge {
      --thumb: 44px;
    }
  }

  .edge::before {
    content: '';
    position: absolute;
    inset-block: 0;
    left: calc(var(--edge) * 100% - 1px);
    width: 2px;
    background: #fff;
    box-shadow: 0 0 0 1px rgb(0 0 0 / 0.6);
    forced-color-adjust: none;
  }

  /* Half a handle wider on both sides than the picture, so that the handle's middle lies on the edge. */
  .edge input {
    position: absolute;
    top: calc(50% - var(--thumb) / 2);
    left: calc(var(--thumb) / -2);
    width: calc(100% + var(--thumb));
    height: var(--thumb);
    appearance: none;
    background: none;
    pointer-events: none;
  }

  .edge input::-webkit-slider-thumb {
    width: var(--thumb);
    height: var(--thumb);
    border: 2px solid #fff;
    border-radius: 50%;
    appearance: none;
    background: rgb(0 0 0 / 0.55);
    cursor: ew-resize;
    pointer-events: auto;
  }

  .edge input::-moz-range-thumb {
    box-sizing: border-box;
    width: var(--thumb);
    height: var(--thumb);
    border: 2px solid #fff;
    border-radius: 50%;
    background: rgb(0 0 0 / 0.55);
    cursor: ew-resize;
    pointer-events: auto;
  }

  .edge input:focus-visible {
    outline: 0;
  }

  .edge input:focus-visible::-webkit-slider-thumb {
    outline: 3px solid var(--defect-accent);
    outline-offset: 1px;
  }

  .edge input:focus-visible::-moz-range-thumb {
    outline: 3px solid var(--defect-accent);
    outline-offset: 1px;
  }

  .pills {
    position: absolute;
    inset: auto 8px 8px;
    display: flex;
    flex-wrap: wrap;
    gap: 6px;
    justify-content: center;
    pointer-events: none;
  }

  .pills.top {
    inset: 8px 8px auto;
  }

  /* It stands where they begin. */
  .stage:has(.pill.outside, .pill.hidden-defects, defect-brush-slider) ::slotted([slot='status']),
  .stage:has(defect-brush-slider) .pills:not(.top) {
    bottom: calc(var(--defect-control) + 12px);
  }

  .pill {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 4px;
    max-width: 100%;
    min-height: var(--defect-control);
    padding-block: 2px;
    padding-inline: 12px 4px;
    border: 1px solid var(--defect-border-strong);
    border-radius: var(--defect-radius);
    background: var(--defect-surface);
    font-size: var(--defect-text-s);
    pointer-events: auto;
  }

  .pill.good {
    padding-inline-end: 12px;
    pointer-events: none;
  }

  .pill button {
    font-size: var(--defect-text-s);
  }

  .pill button:not(.icon) {
    margin-inline-start: 6px;
  }

  .zoom {
    display: flex;
    align-items: center;
    color: var(--defect-text);
  }

  .zoom button {
    padding: 0 8px;
    font-size: var(--defect-text-s);
  }

  .zoom button.icon {
    padding: 0;
  }

  .zoom output {
    min-width: 3.6em;
    color: var(--defect-muted);
    text-align: center;
  }

  ::slotted([slot='status']) {
    position: absolute;
    inset: 0;
    display: grid;
    pointer-events: none;
  }

  /* Its place is kept while a photo is loaded, so that nothing moves. */
  .caption {
    display: flex;
    grid-row: 3;
    align-items: center;
    gap: 12px;
    min-height: 60px;
    padding: 6px 6px 6px 12px;
    border-top: 1px solid var(--defect-border);
    background: var(--defect-surface);
    color: var(--defect-muted);
    font-size: var(--defect-text-s);
    line-height: 1.35;
  }

  .sentences {
    display: grid;
    flex: 1;
    gap: 2px;
  }

  .caption p {
    margin: 0;
    text-wrap: pretty;
  }

  .caption .first {
    color: var(--defect-text);
  }

  @container (width <= 40em) {
    .inline {
      display: none;
    }

    .compact {
      display: block;
    }

    .size {
      display: none;
    }
  }

  @container (width <= 30em) {
    /* As little of the picture as can be is hidden by what is said about it. */
    .pill.area {
      flex-wrap: nowrap;
    }

    .pill.drawing button:disabled {
      display: none;
    }

    .toolbar {
      min-height: calc(var(--defect-control) + 4px);
      padding: 0 8px;
    }

    .zoom .minor {
      display: none;
    }

    .caption {
      padding: 4px 4px 4px 12px;
      font-size: var(--defect-text-xs);
    }
  }

  /* Where there is little height the picture gets it: what is said of it goes, and its buttons join the others. */
  @container (height <= 560px) {
    :host {
      grid-template: auto minmax(0, 1fr) / minmax(0, 1fr) auto;
    }

    .toolbar {
      min-height: calc(var(--defect-control) + 4px);
    }

    .middle,
    .middle > .stage:first-child {
      grid-row: 2;
      grid-column: 1 / -1;
    }

    .middle:has(defect-marking-bar) {
      grid-template: minmax(0, 1fr) / auto minmax(0, 1fr);
    }

    .caption {
      grid-row: 1;
      grid-column: 2;
      min-height: 0;
      padding: 0;
      padding-inline-end: 4px;
      border-top: 0;
      border-bottom: 1px solid var(--defect-border);
    }

    .sentences,
    .zoom .minor {
      display: none;
    }
  }

  /* A phone lying down, or text twice as large on a small one: the buttons stand beside the picture. */
  @container (height <= 440px) and (width <= 640px) {
    :host {
      grid-template: auto minmax(0, 1fr) / minmax(0, 1fr) auto;
      background: var(--defect-surface);
    }

    .middle,
    .middle > .stage:first-child {
      grid-row: 1 / -1;
      grid-column: 1;
    }

    .toolbar,
    .caption {
      grid-column: 2;
      align-self: start;
      min-height: 0;
      padding: 0;
      border: 0;
    }

    .toolbar {
      grid-row: 1;
    }

    .caption {
      grid-row: 2;
    }

    .tools,
    .zoom {
      flex-direction: column;
      gap: 0;
    }

    .title,
    .tools .area {
      display: none;
    }
  }
`;
