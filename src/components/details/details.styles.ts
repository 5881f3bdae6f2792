import { css } from 'lit';

export const styles = css`
  :host {
    display: grid;
    grid-template-rows: auto auto minmax(200px, 1fr) auto;
    grid-template-columns: minmax(0, 1fr);
    overflow: auto;
    min-width: 0;
    min-height: 0;
    background: var(--defect-surface);
  }

  .found {
    display: grid;
    align-content: start;
    gap: 4px;
    min-height: 72px;
    padding: 12px 16px 8px;
  }

  h2 {
    margin: 0;
    font-size: var(--defect-text-xl);
    font-weight: 650;
    line-height: 1.3;
  }

  p {
    margin: 0;
    color: var(--defect-muted);
    line-height: 1.4;
    text-wrap: pretty;
  }

  small {
    color: var(--defect-muted);
    font-size: var(--defect-text-m);
    font-weight: 400;
  }

  .note {
    margin: 0 16px;
    padding: 6px 10px;
    border-inline-start: 3px solid var(--defect-notice);
    border-start-end-radius: 4px;
    border-end-end-radius: 4px;
    background: var(--defect-notice-soft);
    color: var(--defect-text);
    font-size: var(--defect-text-s);
  }

  defect-threshold {
    padding: 4px 16px 12px;
    border-bottom: 1px solid var(--defect-border);
  }

  .list {
    display: grid;
    grid-template-rows: auto auto minmax(0, 1fr);
    grid-template-columns: minmax(0, 1fr);
    min-height: 0;
  }

  .notes {
    display: grid;
    gap: 8px;
  }

  .notes > :first-child {
    margin-top: 12px;
  }

  .legend {
    display: flex;
    flex-wrap: wrap;
    gap: 6px;
    padding: 8px 16px;
  }

  .legend button {
    max-width: 100%;
    min-width: var(--defect-target);
    min-height: max(26px, var(--defect-target));
    padding: 0 9px;
    border-radius: 999px;
    border-color: var(--defect-border);
    background: none;
    font-size: var(--defect-text-s);
    font-weight: 450;
  }

  .legend bdi {
    overflow: hidden;
    text-overflow: ellipsis;
  }

  .legend button[aria-pressed='false'] {
    color: var(--defect-muted);
    text-decoration: line-through;
  }

  .swatch {
    flex: none;
    forced-color-adjust: none;
    width: 10px;
    height: 10px;
    border-radius: 2px;
    background: var(--swatch);
    box-shadow: 0 0 0 1px rgb(0 0 0 / 0.35);
  }

  [aria-pressed='false'] .swatch {
    background: none;
    box-shadow: inset 0 0 0 1.5px var(--defect-border-strong);
  }

  .timings {
    border-top: 1px solid var(--defect-border);
    color: var(--defect-muted);
    font-size: var(--defect-text-s);
  }

  .timings summary {
    display: flex;
    align-items: center;
    justify-content: space-between;
    gap: 8px;
    min-height: max(40px, var(--defect-target));
    padding: 0 16px;
    cursor: pointer;
    list-style: none;
  }

  .timings summary::-webkit-details-marker {
    display: none;
  }

  .timings[open] svg {
    rotate: 180deg;
  }

  dl {
    display: grid;
    grid-template-columns: minmax(0, 1fr) minmax(0, auto);
    gap: 4px 16px;
    margin: 0;
    padding: 0 16px 12px;
  }

  dd {
    margin: 0;
    color: var(--defect-text);
    overflow-wrap: anywhere;
    text-align: end;
  }

  .hash {
    justify-self: end;
    max-width: 20ch;
  }

  /* Under the picture on a tablet: the slider beside the table. */
  @container (640px < width <= 1100px) and (aspect-ratio < 6/5) {
    :host {
      grid-template-columns: minmax(280px, 2fr) minmax(0, 3fr);
      grid-template-rows: auto minmax(0, 1fr) auto;
    }

    .list {
      grid-row: 1 / -1;
      grid-column: 2;
      border-inline-start: 1px solid var(--defect-border);
    }

    defect-threshold {
      border-bottom: 0;
    }
  }

  /* In the sheet of a phone: the slider first, within reach of the thumb. The sheet's handle shows the headline. */
  @container (width <= 640px) {
    :host {
      display: flex;
      flex-direction: column;
      overscroll-behavior: contain;
    }

    defect-threshold {
      order: -1;
    }

    .found h2 {
      display: none;
    }

    .found {
      min-height: 0;
      padding: 8px 16px 2px;
      font-size: var(--defect-text-s);
    }

    defect-threshold {
      padding-bottom: 8px;
    }

    .found,
    .list,
    .timings,
    defect-threshold {
      flex: none;
    }

    .found,
    .list {
      display: block;
    }

    .list {
      overflow-x: auto;
    }

    defect-table {
      overflow: visible;
    }
  }

  @media (forced-colors: active) {
    .legend button[aria-pressed='true'] {
      background: Highlight;
    }
  }
`;
