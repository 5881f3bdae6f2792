import { css } from 'lit';

export const intakeStyles = css`
  :host {
    display: grid;
    align-content: center;
    gap: 20px;
    max-width: 720px;
    margin: 0 auto;
    padding: 24px 0;
  }

  .zone {
    display: grid;
    justify-items: center;
    gap: 12px;
    padding: 36px 24px;
    border: 1.5px dashed var(--defect-border-strong);
    border-radius: 10px;
    background: var(--defect-surface);
    text-align: center;
  }

  .zone p {
    max-width: 56ch;
  }

  .drop svg {
    width: 36px;
    height: 36px;
    color: var(--defect-muted);
  }

  .buttons {
    display: flex;
    flex-wrap: wrap;
    justify-content: center;
    gap: 8px;
  }

  progress {
    width: min(320px, 100%);
  }

  dl {
    display: grid;
    grid-template-columns: auto minmax(0, 1fr);
    gap: 6px 16px;
    font-size: var(--defect-text-s);
  }

  dt {
    font-weight: 600;
  }

  dd {
    color: var(--defect-muted);
  }
`;
