import { css } from 'lit';

/** Fields to write in. */
export const fields = css`
  input:not([type='range'], [type='radio'], [type='file']),
  textarea {
    min-height: var(--defect-control);
    padding: 4px 10px;
    border: 1px solid var(--defect-border-strong);
    border-radius: var(--defect-radius);
    background: var(--defect-page);
    color: var(--defect-text);
    font: inherit;
  }

  ::placeholder {
    color: var(--defect-muted);
    opacity: 1;
  }
`;
