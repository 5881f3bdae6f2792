import { css } from 'lit';

export const styles = css`
  :host {
    display: block;
    min-height: 0;
    overflow: auto;
    container-type: inline-size;
    overscroll-behavior: contain;
    scrollbar-width: thin;
  }

  table {
    width: 100%;
    border-collapse: separate;
    border-spacing: 0;
    font-size: var(--defect-text-s);
    font-variant-numeric: tabular-nums;
  }

  th {
    position: sticky;
    top: 0;
    z-index: 1;
    padding: 0;
    border-bottom: 1px solid var(--defect-border);
    background: var(--defect-surface);
    font-weight: 500;
  }

  th button {
    display: block;
    width: 100%;
    min-height: max(36px, var(--defect-target));
    padding: 2px 5px;
    border: 0;
    border-radius: 4px;
    background: none;
    color: var(--defect-muted);
    font-size: var(--defect-text-xs);
    font-weight: 500;
    line-height: 1.2;
    text-align: end;
  }

  th button .unit {
    display: block;
    font-weight: 400;
  }

  th[aria-sort='ascending'] button,
  th[aria-sort='descending'] button {
    color: var(--defect-text);
  }

  /* Beside the title without taking room, so that sorting moves nothing. */
  th .title {
    position: relative;
  }

  th .arrow {
    position: absolute;
    inset-inline-end: 100%;
    margin-inline-end: 2px;
    font-size: 0.6rem;
    line-height: 1.5;
  }

  th.class .arrow {
    inset-inline: 100% auto;
    margin-inline: 2px 0;
  }

  td {
    height: var(--row, 30px);
    padding: 0 5px;
    border-bottom: 1px solid color-mix(in srgb, var(--defect-border) 55%, transparent);
    text-align: end;
    white-space: nowrap;
  }

  @media (pointer: coarse) {
    td {
      height: var(--defect-target);
    }

    th button {
      min-width: var(--defect-target);
    }
  }

  th:first-child button,
  td:first-child {
    padding-inline-start: 16px;
  }

  th:last-child button,
  td:last-child {
    padding-inline-end: 16px;
  }

  td:first-child {
    color: var(--defect-muted);
  }

  th.class button,
  td.class {
    text-align: start;
  }

  td.class {
    overflow: hidden;
    max-width: 12em;
    text-overflow: ellipsis;
  }

  .swatch {
    forced-color-adjust: none;
    display: inline-block;
    width: 10px;
    height: 10px;
    margin-inline-end: 6px;
    border-radius: 2px;
    background: var(--swatch);
    box-shadow: 0 0 0 1px rgb(0 0 0 / 0.35);
  }

  tbody tr {
    cursor: pointer;
  }

  tbody tr.hovered td {
    background: var(--defect-hover);
  }

  tbody tr[aria-selected='true'] td {
    background: var(--defect-accent-soft);
    color: var(--defect-text);
  }

  tbody tr[aria-selected='true'] td:first-child {
    box-shadow: inset 3px 0 var(--defect-accent);
    font-weight: 600;
  }

  :host(:dir(rtl)) tbody tr[aria-selected='true'] td:first-child {
    box-shadow: inset -3px 0 var(--defect-accent);
  }

  tbody tr:focus-visible {
    outline-offset: -2px;
  }

  /* Smaller figures, so that all eight columns fit. */
  @container (width < 33.5em) {
    table {
      font-size: 0.8125rem;
    }

    th button {
      padding-inline: 3px;
      font-size: 0.75rem;
    }

    td {
      padding-inline: 3px;
    }

    th:first-child button,
    td:first-child {
      padding-inline-start: 12px;
    }

    th:last-child button,
    td:last-child {
      padding-inline-end: 12px;
    }
  }

  /* The picture shows where a defect lies: the figures of its place are the first to go. */
  @container (width < 26em) {
    .x,
    .y {
      display: none;
    }
  }

  @container (width < 33.5em) {
    @media (pointer: coarse) {
      .x,
      .y {
        display: none;
      }
    }
  }

  /* Backgrounds are not to be seen where the system chooses the colours. */
  @media (forced-colors: active) {
    tbody tr[aria-selected='true'] td {
      forced-color-adjust: none;
      background: Highlight;
      color: HighlightText;
    }

    tbody tr.hovered td {
      border-bottom: 2px solid Highlight;
    }
  }
`;
