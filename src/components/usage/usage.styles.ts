import { css } from 'lit';

export const styles = css`
  :host {
    display: contents;
  }

  dialog {
    width: min(480px, calc(100vw - 24px));
    max-height: min(860px, calc(100dvh - 24px));
    padding: 0 24px;
    overflow: auto;
    border: 1px solid var(--defect-border);
    border-radius: 10px;
    background: var(--defect-surface);
    color: var(--defect-text);
    font: 400 var(--defect-text-m) / 1.45 var(--defect-font);
    box-shadow: var(--defect-shadow);
    white-space: normal;
  }

  dialog::backdrop {
    background: rgb(0 0 0 / 0.4);
  }

  h2,
  h3,
  p {
    margin: 0;
  }

  h2 {
    padding: 20px 0 4px;
    font-size: var(--defect-text-xl);
  }

  h3 {
    font-size: var(--defect-text-m);
  }

  section {
    display: grid;
    gap: 4px;
    padding-top: 16px;
  }

  table {
    width: 100%;
    border-collapse: collapse;
    font-variant-numeric: tabular-nums;
  }

  th,
  td {
    padding: 4px 0;
    border-bottom: 1px solid var(--defect-border);
    font-weight: 400;
    text-align: start;
  }

  td {
    text-align: end;
  }

  thead th {
    color: var(--defect-muted);
    font-size: var(--defect-text-s);
  }

  thead th + th {
    text-align: end;
  }

  .quiet {
    color: var(--defect-muted);
  }

  .bar {
    width: 45%;
    padding-inline-start: 12px;
  }

  .bar svg {
    display: block;
    width: 100%;
    height: 8px;
  }

  .bar rect {
    fill: var(--defect-accent);
  }

  .problem {
    margin-top: 12px;
    padding: 8px 12px;
    border-radius: var(--defect-radius);
    background: var(--defect-notice-soft);
  }

  footer {
    position: sticky;
    bottom: 0;
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: flex-end;
    gap: 8px;
    margin-top: 8px;
    padding: 12px 0 16px;
    background: var(--defect-surface);
  }

  footer p {
    flex: 1;
  }

  .danger {
    border-color: var(--defect-danger);
    color: var(--defect-danger);
  }
`;
