import { css } from 'lit';

export const styles = css`
  dialog {
    width: min(640px, calc(100vw - 24px));
    max-height: min(860px, calc(100dvh - 24px));
    padding: 0 24px 20px;
    overflow: auto;
    border: 1px solid var(--defect-border);
    border-radius: 10px;
    background: var(--defect-surface);
    color: var(--defect-text);
    line-height: 1.45;
    box-shadow: var(--defect-shadow);
  }

  dialog::backdrop {
    background: rgb(0 0 0 / 0.4);
  }

  header {
    position: sticky;
    z-index: 1;
    top: 0;
    display: flex;
    align-items: center;
    justify-content: space-between;
    margin: 0 -24px;
    padding: 12px 16px 8px 24px;
    background: var(--defect-surface);
  }

  h2,
  h3,
  p,
  dl,
  ul {
    margin: 0;
    padding: 0;
  }

  h2 {
    font-size: var(--defect-text-xl);
  }

  h3 {
    font-size: var(--defect-text-m);
  }

  section {
    display: grid;
    gap: 8px;
    padding: 14px 0;
    border-top: 1px solid var(--defect-border);
  }

  small,
  dt,
  .quiet {
    color: var(--defect-muted);
    font-size: var(--defect-text-s);
  }

  dl {
    display: grid;
    grid-template-columns: auto minmax(0, 1fr);
    gap: 4px 14px;
  }

  dd {
    margin: 0;
    overflow-wrap: anywhere;
  }

  ul {
    display: grid;
    list-style: none;
  }

  li {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 6px 8px;
    padding: 6px 0;
  }

  li .name {
    flex: 1;
    min-width: 14ch;
    overflow-wrap: anywhere;
  }

  li small {
    display: block;
  }

  .in-use {
    padding: 1px 8px;
    border-radius: 10px;
    background: var(--defect-accent-soft);
    font-size: var(--defect-text-s);
  }

  form {
    display: flex;
    flex: 1;
    flex-wrap: wrap;
    align-items: center;
    gap: 6px 8px;
  }

  form input {
    flex: 1;
    min-width: 12ch;
  }

  .notice {
    margin-bottom: 12px;
    padding: 8px 12px;
    border-radius: var(--defect-radius);
    background: var(--defect-notice-soft);
  }

  .error {
    background: var(--defect-danger-soft);
  }

  button.danger {
    border-color: var(--defect-danger);
    color: var(--defect-danger);
  }

  progress {
    flex: 1;
    height: 4px;
    border-radius: 2px;
    background: var(--defect-border);
  }
`;
