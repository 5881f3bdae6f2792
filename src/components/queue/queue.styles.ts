import { css } from 'lit';

export const styles = css`
  :host {
    display: grid;
    grid-template-rows: auto minmax(0, 1fr);
    min-width: 0;
    min-height: 0;
    background: var(--defect-surface);
  }

  header {
    display: grid;
    grid-template-columns: minmax(0, 1fr) auto;
    align-items: center;
    gap: 0 8px;
    padding-block: 6px;
    padding-inline: 16px 8px;
    border-bottom: 1px solid var(--defect-border);
  }

  h2 {
    margin: 0;
    font-size: var(--defect-text-m);
    font-weight: 600;
  }

  .buttons {
    display: flex;
  }

  .overall {
    grid-column: 1 / -1;
    display: flex;
    align-items: center;
    justify-content: space-between;
    gap: 8px;
    min-height: 32px;
    color: var(--defect-muted);
    font-size: var(--defect-text-s);
  }

  .overall button,
  .again button {
    min-height: max(28px, var(--defect-target));
    padding: 0 8px;
    font-size: var(--defect-text-s);
  }

  .again {
    grid-column: 1 / -1;
    display: flex;
    flex-wrap: wrap;
    margin-inline-start: -8px;
  }

  .again button {
    color: var(--defect-accent);
  }

  .order {
    grid-column: 1 / -1;
    min-height: max(28px, var(--defect-target));
    margin-inline-start: -8px;
    border-color: transparent;
    font-size: var(--defect-text-s);
  }

  .chosen-bar {
    grid-column: 1 / -1;
    display: flex;
    align-items: center;
    justify-content: space-between;
    gap: 8px;
    min-height: 40px;
    margin-inline: -8px 0;
    padding-inline: 8px 4px;
    border-radius: var(--defect-radius);
    background: var(--defect-accent-soft);
    font-size: var(--defect-text-s);
  }

  .chosen-bar button {
    min-height: max(28px, var(--defect-target));
    padding: 0 10px;
    font-size: var(--defect-text-s);
  }

  /* On a strip, which has no room for as many buttons. */
  defect-menu {
    --menu-block: auto calc(100% + 4px);
    --menu-inline: 0 auto;
    display: none;
  }

  .items {
    display: grid;
    padding: 4px;
  }

  .items button {
    justify-content: start;
  }

  progress {
    grid-column: 1 / -1;
    width: calc(100% + 24px);
    height: 3px;
    margin-block: 3px -7px;
    margin-inline: -16px -8px;
  }

  progress.idle {
    visibility: hidden;
  }

  .scroller {
    padding: 6px;
    overflow: hidden auto;
    overscroll-behavior: contain;
    scrollbar-width: thin;
  }

  /* Only the rows in sight are there: the list is as long as all of them. */
  ol {
    --flow: block;
    --row: max(56px, 3.5rem);
    position: relative;
    block-size: calc(var(--count) * var(--row));
    margin: 0;
    padding: 0;
    list-style: none;
  }

  li {
    position: absolute;
    inset-block-start: calc(var(--index) * var(--row));
    inset-inline: 0;
    block-size: var(--row);
    contain: strict;
  }

  .photo {
    display: grid;
    grid-template-columns: 56px minmax(0, 1fr) auto;
    grid-template-rows: auto auto;
    gap: 0 10px;
    width: 100%;
    height: 100%;
    padding: 6px;
    border-color: transparent;
    background: none;
    text-align: start;
  }

  .photo[aria-current='true'] {
    border-color: var(--defect-accent);
    background: var(--defect-accent-soft);
  }

  .chosen .photo {
    background: var(--defect-accent-soft);
    box-shadow: inset 3px 0 var(--defect-accent);
  }

  .taught {
    display: inline-flex;
    align-items: center;
    gap: 3px;
    margin-inline-start: auto;
    padding: 0 6px;
    border-radius: 999px;
    background: var(--defect-sunken);
    color: var(--defect-text);
    font-weight: 500;
    white-space: nowrap;
  }

  /* Beside the button that cancels it, where both words have no room. */
  .running .taught {
    margin-inline-end: 34px;

    & .short {
      display: inline;
    }

    & .text {
      position: absolute;
      width: 1px;
      height: 1px;
      overflow: hidden;
      clip-path: inset(50%);
    }
  }

  .taught svg {
    width: 12px;
    height: 12px;
    stroke-width: 2.4;
  }

  .taught .short {
    display: none;
  }

  .photo:focus-visible {
    outline-offset: -2px;
  }

  canvas {
    grid-row: 1 / -1;
    display: block;
    width: 56px;
    height: 42px;
    border-radius: 3px;
    background: var(--defect-stage);
    object-fit: cover;
  }

  .name {
    align-self: end;
    font-size: var(--defect-text-s);
    font-weight: 500;
  }

  .state {
    grid-column: 2;
    display: flex;
    align-self: start;
    align-items: center;
    gap: 6px;
    color: var(--defect-muted);
    font-size: var(--defect-text-xs);
    font-weight: 400;
  }

  .failed .state {
    color: var(--defect-danger);
  }

  .dot {
    flex: none;
    width: 8px;
    height: 8px;
    border: 1.5px solid var(--defect-border-strong);
    border-radius: 50%;
  }

  .running .dot {
    border-color: var(--defect-accent);
    border-top-color: transparent;
    animation: turn 0.9s linear infinite;
  }

  .done .dot {
    border-color: var(--defect-accent);
    background: var(--defect-accent);
  }

  .failed .dot {
    border-color: var(--defect-danger);
    border-radius: 1px;
    background: var(--defect-danger);
    rotate: 45deg;
  }

  /* Half of it, as the photo was seen; and what no longer fits the others. */
  .part .dot {
    border-style: solid;
    border-color: var(--defect-notice);
    background: linear-gradient(90deg, var(--defect-notice) 50%, transparent 50%);
  }

  .otherwise .dot {
    border-color: var(--defect-notice);
    background: none;
  }

  .otherwise .state,
  .part .state {
    color: var(--defect-notice);
  }

  .cancelled .dot {
    border-style: dotted;
  }

  @keyframes turn {
    to {
      rotate: 360deg;
    }
  }

  .count {
    grid-row: 1 / -1;
    grid-column: 3;
    align-self: center;
    min-width: 24px;
    padding: 1px 7px;
    border-radius: 999px;
    background: var(--defect-sunken);
    font-size: var(--defect-text-s);
    font-weight: 600;
    text-align: center;
    box-shadow: inset 0 0 0 1px var(--defect-border);
  }

  .count.none {
    background: none;
    color: var(--defect-muted);
    font-weight: 400;
  }

  /* They lie over the count while they are wanted; no name moves. */
  .actions {
    position: absolute;
    top: 50%;
    inset-inline-end: 6px;
    display: flex;
    translate: 0 -50%;
    border-radius: var(--defect-radius);
    background: var(--defect-surface);
  }

  .actions button {
    width: 28px;
    min-height: 28px;
  }

  li:not(:hover, :focus-within) .actions.quiet {
    opacity: 0;
    pointer-events: none;
  }

  /* Beside the state, below a count where there is one. */
  :is(.failed, .cancelled) .count {
    align-self: start;
  }

  :is(.failed, .cancelled) .actions {
    top: auto;
    bottom: 2px;
    translate: none;
    background: none;
  }

  @media (pointer: coarse) {
    .actions button {
      width: var(--defect-control);
      min-height: var(--defect-control);
    }

    :is(.failed, .cancelled) .actions {
      bottom: calc(50% - var(--defect-control) / 2);
    }

    :is(.failed, .cancelled) .photo {
      padding-inline-end: calc(2 * var(--defect-control) + 8px);
    }
  }

  /* A strip under the picture. */
  @container (width <= 1100px) {
    :host {
      grid-template-rows: minmax(0, 1fr);
      grid-template-columns: auto minmax(0, 1fr);
      border-top: 1px solid var(--defect-border);
    }

    header {
      align-content: center;
      width: 232px;
      padding-block: 0;
      padding-inline: 16px 12px;
      border-inline-end: 1px solid var(--defect-border);
      border-bottom: 0;
    }

    .overall {
      min-height: 28px;
    }

    .clear,
    .again {
      display: none;
    }

    defect-menu {
      display: block;
    }

    progress {
      width: 100%;
      margin: 0;
    }

    .scroller {
      padding: 6px 8px;
      overflow: auto hidden;
    }

    ol {
      --flow: inline;
      --row: 108px;
      block-size: 100%;
      inline-size: calc(var(--count) * var(--row));
    }

    li {
      inset-block: 0;
      inset-inline: calc(var(--index) * var(--row)) auto;
      block-size: auto;
      inline-size: calc(var(--row) - 4px);
    }

    .photo,
    :is(.failed, .cancelled) .photo {
      padding: 4px;
      grid-template-columns: minmax(0, 1fr);
      grid-template-rows: minmax(0, 1fr) auto;
      gap: 2px;
    }

    canvas {
      grid-row: 1;
      grid-column: 1 / -1;
      width: 100%;
      height: 46px;
    }

    .name {
      font-size: var(--defect-text-xs);
      font-weight: 450;
    }

    /* There is room for little more than the end. */
    .name .start {
      display: none;
    }

    .name .start:not(:empty) + *::before {
      content: '…';
    }

    .state {
      position: absolute;
      top: 8px;
      inset-inline-start: 8px;
      padding: 2px;
      border-radius: 50%;
      background: var(--defect-surface);
    }

    .state .word {
      position: absolute;
      width: 1px;
      height: 1px;
      overflow: hidden;
      clip-path: inset(50%);
    }

    .order {
      display: none;
    }

    .chosen-bar {
      position: absolute;
      inset-inline: 8px;
      bottom: 4px;
      min-height: 0;
      margin: 0;
    }

    .taught,
    .running .taught {
      position: absolute;
      top: 0;
      margin: 0;
      inset-inline-start: 20px;
      padding: 1px 5px;
      background: var(--defect-surface);
      font-size: var(--defect-text-xs);
    }

    .taught .short {
      display: inline;
    }

    .taught .text {
      position: absolute;
      width: 1px;
      height: 1px;
      overflow: hidden;
      clip-path: inset(50%);
    }

    .count,
    .count.none {
      position: absolute;
      inset-inline-end: 8px;
      bottom: 24px;
      min-width: 18px;
      padding: 0 5px;
      background: var(--defect-surface);
      font-size: var(--defect-text-xs);
    }

    .actions button {
      width: 34px;
      min-height: 34px;
    }

    .actions,
    :is(.failed, .cancelled) .actions {
      inset-block: 8px auto;
      inset-inline-end: 8px;
      translate: none;
    }

    /* The middle is for choosing the photo, whose card has the button as well. */
    :is(.failed, .cancelled) .actions button:first-child {
      display: none;
    }

    .actions.quiet {
      opacity: 0;
      pointer-events: none;
    }

    li:focus-within .actions.quiet,
    li:hover .actions.quiet {
      opacity: 1;
      pointer-events: auto;
    }
  }

  /* All of a small picture is for the finger that chooses it; what can be done with it is on its card and in the menu. */
  @container (width <= 1100px) {
    @media (pointer: coarse) {
      .actions {
        display: none;
      }
    }
  }

  @container (width <= 640px) {
    header {
      width: 136px;
      padding-inline: 12px 4px;
    }

    /* Their number is said to screen readers; how many are done is said below. */
    h2 {
      position: absolute;
      width: 1px;
      height: 1px;
      overflow: hidden;
      clip-path: inset(50%);
    }

    .buttons {
      grid-row: 2;
      grid-column: 1 / -1;
    }

    .overall {
      grid-row: 1;
      min-height: 28px;
      font-size: var(--defect-text-xs);
      line-height: 1.15;
    }

    /* They are in the menu, too. */
    .overall button,
    .pause + .add {
      display: none;
    }

    ol {
      --row: 88px;
    }

    .actions button {
      width: 28px;
      min-height: 34px;
    }

    canvas {
      height: 38px;
    }
  }

  /* Backgrounds and transparent borders are the system's there: what is shown and what is done has to be told otherwise. */
  @media (forced-colors: active) {
    .photo[aria-current='true'] {
      outline: 3px solid Highlight;
      outline-offset: -3px;
    }

    .chosen .photo {
      border: 2px dashed Highlight;
    }

    .done .dot,
    .failed .dot {
      forced-color-adjust: none;
      border-color: CanvasText;
      background: CanvasText;
    }

    .running .dot {
      forced-color-adjust: none;
      border-color: Highlight;
      border-top-color: transparent;
    }
  }
`;
