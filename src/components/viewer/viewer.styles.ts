import { css } from 'lit';

export const styles = css`
  :host {
    display: grid;
    grid-template-rows: auto minmax(0, 1fr) auto;
    grid-template-columns: minmax(0, 1fr);
    min-width: 0;
    min-height: 0;
  }

  .toolbar {
    display: flex;
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

  .name {
    overflow: hidden;
    font-weight: 600;
    text-overflow: ellipsis;
    white-space: nowrap;
  }

  .size {
    flex: none;
    color: var(--defect-muted);
    font-size: var(--defect-text-s);
  }

  .tools {
    display: flex;
    align-items: center;
    gap: 4px;
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
    margin-right: 6px;
    color: var(--defect-muted);
    font-size: var(--defect-text-s);
  }

  .fill input {
    width: 72px;
    min-height: var(--defect-control);
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

  canvas.on-defect {
    cursor: pointer;
  }

  .tag {
    position: absolute;
    top: 8px;
    left: 8px;
    padding: 2px 7px;
    border-radius: 4px;
    background: rgb(0 0 0 / 0.62);
    color: #fff;
    font-size: var(--defect-text-xs);
    pointer-events: none;
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

  /* A phone on its side is low: the photo gets most of the height. */
  @container (height <= 480px) {
    .caption {
      min-height: 0;
      padding-block: 0;
    }

    .sentences p:not(.first) {
      display: none;
    }
  }

  @container (width <= 640px) {
    .toolbar {
      min-height: calc(var(--defect-control) + 4px);
      padding: 0 8px;
    }

    .fill span {
      display: none;
    }

    .fill input {
      width: 52px;
    }

    .size {
      display: none;
    }

    .zoom .minor {
      display: none;
    }

    .caption {
      min-height: 60px;
      padding: 4px 4px 4px 12px;
      font-size: var(--defect-text-xs);
    }
  }
`;
