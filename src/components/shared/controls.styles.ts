import { css } from 'lit';

/** What every shadow root needs: box sizing, buttons, focus, and text for screen readers only. */
export const controls = css`
  *,
  *::before,
  *::after {
    box-sizing: border-box;
  }

  [hidden] {
    display: none !important;
  }

  :focus-visible {
    outline: 2px solid var(--defect-accent);
    outline-offset: 2px;
  }

  /* A line of the accent; each place gives it length and height. */
  progress {
    border: 0;
    appearance: none;
    background: transparent;
  }

  progress::-webkit-progress-bar {
    background: transparent;
  }

  progress::-webkit-progress-value {
    background: var(--defect-accent);
    transition: inline-size 0.2s;
  }

  progress::-moz-progress-bar {
    background: var(--defect-accent);
  }

  button {
    display: inline-flex;
    align-items: center;
    justify-content: center;
    gap: 6px;
    min-width: var(--defect-target);
    min-height: var(--defect-control);
    padding: 0 12px;
    border: 1px solid var(--defect-border);
    border-radius: var(--defect-radius);
    background: var(--defect-surface);
    color: var(--defect-text);
    font: inherit;
    font-weight: 500;
    white-space: nowrap;
    cursor: pointer;
    touch-action: manipulation;
  }

  button:hover:not(:disabled) {
    background: var(--defect-hover);
  }

  button:disabled {
    color: var(--defect-muted);
    cursor: default;
    opacity: 0.6;
  }

  button.primary {
    border-color: var(--defect-accent);
    background: var(--defect-accent);
    color: var(--defect-on-accent);
  }

  button.primary:hover:not(:disabled) {
    background: color-mix(in srgb, var(--defect-accent) 86%, var(--defect-text));
  }

  button.plain {
    border-color: transparent;
    background: transparent;
  }

  button.plain:hover:not(:disabled) {
    background: var(--defect-hover);
  }

  button[aria-pressed='true'] {
    border-color: var(--defect-accent);
    background: var(--defect-accent-soft);
  }

  button.icon {
    flex: none;
    width: var(--defect-control);
    padding: 0;
  }

  button.link {
    display: inline;
    min-width: 0;
    min-height: 0;
    padding: 0;
    border: 0;
    background: none;
    color: var(--defect-accent);
    text-decoration: underline;
    text-underline-offset: 2px;
    white-space: normal;
  }

  svg.glyph {
    display: block;
    flex: none;
    width: 18px;
    height: 18px;
    fill: none;
    stroke: currentColor;
    stroke-width: 1.6;
    stroke-linecap: round;
    stroke-linejoin: round;
  }

  .number {
    font-variant-numeric: tabular-nums;
  }

  /* Sentences that begin with a figure have the direction of their first word. */
  .number,
  :where(h1, h2, h3, p) {
    unicode-bidi: plaintext;
  }

  .hidden-text {
    position: absolute;
    width: 1px;
    height: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }

  .middle-cut {
    display: flex;
    min-width: 0;
    overflow: hidden;
    white-space: pre;
  }

  .middle-cut .start {
    overflow: hidden;
    text-overflow: ellipsis;
  }

  .middle-cut .start.long {
    min-width: 1em;
  }

  summary {
    min-height: var(--defect-target);
    align-content: center;
    cursor: pointer;
  }

  select {
    min-height: var(--defect-control);
    max-width: 100%;
    padding: 0 8px;
    border: 1px solid var(--defect-border-strong);
    border-radius: var(--defect-radius);
    background: var(--defect-surface);
    color: var(--defect-text);
    font: inherit;
  }

  input[type='range'] {
    min-height: var(--defect-target);
    accent-color: var(--defect-accent);
    margin: 0;
    cursor: pointer;
  }

  @media (prefers-reduced-motion: reduce) {
    *,
    *::before,
    *::after {
      animation-duration: 0s !important;
      transition-duration: 0s !important;
    }
  }

  /* Where the system chooses the colours, a state is told by those that it has for it. */
  @media (forced-colors: active) {
    button[aria-pressed='true'],
    fieldset label:has([type='radio']:checked) {
      forced-color-adjust: none;
      border-color: Highlight;
      background: Highlight;
      color: HighlightText;
    }

    progress {
      forced-color-adjust: none;
      --defect-accent: Highlight;
    }

    button:disabled {
      color: GrayText;
      opacity: 1;
    }
  }
`;
