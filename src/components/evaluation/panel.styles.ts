import { css } from 'lit';

/** What the parts of the evaluation have in common: headings, quiet text, tables of figures, what unfolds. */
export const panel = css`
  :host {
    display: block;
    min-width: 0;
  }

  h3,
  h4,
  p,
  dl,
  dd,
  ul,
  figure {
    margin: 0;
    padding: 0;
  }

  h3 {
    font-size: var(--defect-text-l);
  }

  h4 {
    font-size: var(--defect-text-m);
  }

  ul {
    list-style: none;
  }

  small,
  .quiet {
    color: var(--defect-muted);
    font-size: var(--defect-text-s);
  }

  .scroll {
    overflow-x: auto;
    overscroll-behavior-x: contain;
    scrollbar-width: thin;
  }

  table {
    border-collapse: separate;
    border-spacing: 0;
    font-size: var(--defect-text-s);
    font-variant-numeric: tabular-nums;
  }

  caption {
    padding: 0 0 6px;
    font-weight: 600;
    text-align: start;
  }

  th,
  td {
    height: 30px;
    padding: 2px 8px;
    border-bottom: 1px solid color-mix(in srgb, var(--defect-border) 55%, transparent);
    text-align: end;
    white-space: nowrap;
  }

  thead th {
    color: var(--defect-muted);
    font-size: var(--defect-text-xs);
    font-weight: 500;
    line-height: 1.2;
    vertical-align: bottom;
  }

  /* In sight while the figures are scrolled sideways. */
  th[scope='row'] {
    position: sticky;
    inset-inline-start: 0;
    background: var(--table-back, var(--defect-surface));
    font-weight: 500;
    text-align: start;
  }

  td small {
    display: block;
    font-size: var(--defect-text-xs);
  }

  .swatch {
    forced-color-adjust: none;
    display: inline-block;
    flex: none;
    width: 10px;
    height: 10px;
    margin-inline-end: 6px;
    border-radius: 2px;
    background: var(--swatch);
    box-shadow: 0 0 0 1px rgb(0 0 0 / 0.35);
  }

  /* A or B, where two models are compared. */
  .letter {
    display: inline-block;
    min-width: 1.6em;
    margin-inline-end: 4px;
    border-radius: 4px;
    background: var(--defect-accent-soft);
    font-size: var(--defect-text-xs);
    font-weight: 600;
    text-align: center;
  }

  .few {
    color: var(--defect-notice);
  }

  .notice {
    padding: 8px 12px;
    border-radius: var(--defect-radius);
    background: var(--defect-notice-soft);
  }

  .error {
    background: var(--defect-danger-soft);
  }

  .choice {
    display: inline-flex;
    flex-wrap: wrap;
    margin: 0;
    padding: 2px;
    border: 1px solid var(--defect-border);
    border-radius: var(--defect-radius);
    background: var(--defect-sunken);
  }

  .choice label {
    position: relative;
    display: flex;
    align-items: center;
    min-width: var(--defect-target);
    min-height: max(26px, var(--defect-target));
    padding: 0 10px;
    border-radius: 4px;
    color: var(--defect-muted);
    font-size: var(--defect-text-s);
    font-weight: 500;
    white-space: nowrap;
  }

  .choice input {
    position: absolute;
    inset: 0;
    margin: 0;
    opacity: 0;
    cursor: pointer;
  }

  .choice label:has(:checked) {
    background: var(--defect-surface);
    color: var(--defect-text);
    box-shadow: 0 0 0 1px var(--defect-border);
  }

  .choice label:has(:focus-visible) {
    outline: 2px solid var(--defect-accent);
    outline-offset: 1px;
  }

  summary {
    width: fit-content;
  }

  progress {
    height: 8px;
    overflow: hidden;
    border-radius: 4px;
    background: var(--defect-hover);
  }
`;
