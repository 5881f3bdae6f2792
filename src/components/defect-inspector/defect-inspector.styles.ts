import { css } from 'lit';

export const styles = css`
  :host {
    display: block;
    position: relative;
    height: 640px;
    min-height: 360px;
    overflow: hidden;
    container-type: size;
    background: var(--defect-page);
    color: var(--defect-text);
    color-scheme: light dark;
    font: 400 var(--defect-text-m) / 1.4 var(--defect-font);
    -webkit-text-size-adjust: none;
    text-size-adjust: none;
  }

  :host([theme='light']) {
    color-scheme: light;
  }

  :host([theme='dark']) {
    color-scheme: dark;
  }

  .frame {
    display: grid;
    grid-template-rows: auto auto minmax(0, 1fr);
    grid-template-columns: minmax(0, 1fr);
    height: 100%;
  }

  defect-top-bar {
    z-index: 3;
  }

  .main {
    position: relative;
    display: grid;
    grid-template-columns: 248px minmax(0, 1fr) clamp(380px, 31cqw, 470px);
    grid-template-rows: minmax(0, 1fr);
    min-height: 0;
  }

  defect-queue {
    border-inline-end: 1px solid var(--defect-border);
  }

  defect-sheet {
    border-inline-start: 1px solid var(--defect-border);
  }

  .stack {
    display: grid;
    grid-template-rows: minmax(0, 1fr);
    grid-template-columns: minmax(0, 1fr);
    min-height: 0;
  }

  /* What is taught keeps its height as far as there is room for something of the details. */
  .teaching .stack {
    grid-template-rows: fit-content(64%) minmax(0, 1fr);
  }

  .veil {
    position: absolute;
    z-index: 30;
    inset: 0;
    display: grid;
    place-items: center;
    border: 3px solid var(--defect-accent);
    background: color-mix(in srgb, var(--defect-page) 82%, transparent);
    font-size: 1.25rem;
    font-weight: 600;
    pointer-events: none;
  }

  .awaited:not(:empty) {
    position: absolute;
    z-index: 29;
    inset: 56px auto auto 50%;
    translate: -50% 0;
    padding: 8px 16px;
    border: 1px solid var(--defect-border);
    border-radius: 8px;
    background: var(--defect-surface);
    box-shadow: 0 2px 12px rgb(0 0 0 / 20%);
  }

  ::slotted([slot='samples']) {
    padding: 0;
    overflow: hidden;
    border: 1px solid var(--defect-border);
    border-radius: 8px;
    background: var(--defect-surface);
    color: var(--defect-text);
    font: inherit;
    font-size: var(--defect-text-s);
    text-align: start;
    cursor: pointer;
  }

  ::slotted([slot='samples']:hover) {
    border-color: var(--defect-accent);
  }

  ::slotted([slot='actions']) {
    min-height: var(--defect-control);
    padding: 0 10px;
    border: 1px solid transparent;
    border-radius: var(--defect-radius);
    background: none;
    color: var(--defect-text);
    font: inherit;
    font-weight: 500;
    cursor: pointer;
  }

  ::slotted([slot='actions']:hover) {
    background: var(--defect-hover);
  }

  ::slotted(:focus-visible) {
    outline: 2px solid var(--defect-accent);
    outline-offset: 2px;
  }

  @container (width <= 1100px) {
    .main {
      grid-template-columns: minmax(0, 1fr);
      grid-template-rows: minmax(0, 1.35fr) auto minmax(260px, 1fr);
    }

    defect-viewer {
      grid-row: 1;
    }

    defect-queue {
      grid-row: 2;
      height: 96px;
      border-inline-end: 0;
    }

    defect-sheet {
      grid-row: 3;
      border-top: 1px solid var(--defect-border);
      border-inline-start: 0;
    }
  }

  /* Under the picture, lesson and details are scrolled as one. */
  @container (width <= 640px) or ((width <= 1100px) and (aspect-ratio < 6/5)) {
    .teaching .stack {
      display: block;
      overflow: auto;
      overscroll-behavior: contain;
    }
  }

  /* Wide rather than high: the details stay beside the picture. */
  @container (640px < width <= 1100px) and (aspect-ratio >= 6/5) {
    .main {
      grid-template-columns: minmax(0, 1fr) clamp(320px, 36cqw, 400px);
      grid-template-rows: minmax(0, 1fr) auto;
    }

    defect-sheet {
      grid-row: 1 / -1;
      grid-column: 2;
      border-top: 0;
      border-inline-start: 1px solid var(--defect-border);
    }
  }

  @container (640px < width <= 1100px) and (height <= 480px) {
    defect-queue {
      height: 84px;
    }
  }

  @container (width <= 640px) {
    .main {
      --peek: calc(44px + 112px + env(safe-area-inset-bottom));
      grid-template-rows: minmax(0, 1fr) auto var(--peek);
    }

    .main:has([stop='half'], [stop='full']) {
      grid-template-rows: minmax(0, 1fr) auto 52%;
    }

    defect-queue {
      height: 76px;
    }

    defect-sheet {
      position: absolute;
      z-index: 2;
      inset: auto 0 0;
      /* Out of its row, whose share its height would otherwise be. */
      grid-row: auto;
      height: var(--sheet-height, var(--peek));
    }

    defect-sheet[stop='half'] {
      height: var(--sheet-height, 52%);
    }

    defect-sheet[stop='full'] {
      height: var(--sheet-height, 100%);
    }

    /* What is marked keeps half of the height at least: fingers zoom, and other photos are chosen with the sheet down. */
    .main:has(.teaching) defect-viewer::part(caption) {
      display: none;
    }

    .main:has(.teaching:is([stop='half'], [stop='full'])) {
      grid-template-rows: minmax(0, 1fr) 33%;

      & defect-queue,
      & defect-viewer::part(toolbar) {
        display: none;
      }
    }

    defect-sheet.teaching[stop='half'] {
      height: var(--sheet-height, 33%);
    }
  }

  /* A small phone: the picture keeps half of the height, the details show their handle alone. */
  @container (width <= 640px) and (height <= 700px) {
    .main {
      --peek: calc(44px + env(safe-area-inset-bottom));
    }
  }
`;
