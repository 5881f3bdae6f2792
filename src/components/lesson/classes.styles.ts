import { css } from 'lit';

export const styles = css`
  section {
    display: grid;
    gap: 6px;
  }

  h3,
  p,
  ul {
    margin: 0;
    padding: 0;
  }

  h3 {
    font-size: var(--defect-text-m);
    font-weight: 600;
  }

  p {
    color: var(--defect-muted);
    font-size: var(--defect-text-s);
    line-height: 1.4;
  }

  ul {
    display: grid;
    gap: 4px;
    list-style: none;
  }

  li {
    display: grid;
    grid-template-columns: auto minmax(0, 1fr) auto;
    align-items: center;
    gap: 4px;
  }

  input[type='color'] {
    width: var(--defect-control);
    height: var(--defect-control);
    min-height: 0;
    padding: 5px;
    border-color: transparent;
    background: none;
    cursor: pointer;
  }

  .choose {
    flex: 1;
    justify-content: start;
    min-width: 0;
    padding: 0 10px;
    font-size: var(--defect-text-s);
    text-align: start;
  }

  .choose bdi {
    overflow: hidden;
    text-overflow: ellipsis;
  }

  .count {
    margin-inline-start: auto;
    color: var(--defect-muted);
    font-size: var(--defect-text-xs);
    font-weight: 400;
  }

  [aria-pressed='true'] .count {
    color: inherit;
  }

  kbd {
    min-width: 1.5em;
    padding: 0 0.3em;
    border: 1px solid var(--defect-border-strong);
    border-radius: 4px;
    font: inherit;
    font-size: var(--defect-text-xs);
    text-align: center;
  }

  form {
    display: flex;
    gap: 6px;
  }

  form input {
    flex: 1;
    min-width: 0;
  }
`;
