import { css } from 'lit';

export const styles = css`
  details {
    font-size: var(--defect-text-s);
  }

  p,
  ul {
    margin: 4px 0 0;
    padding: 0;
    color: var(--defect-muted);
    line-height: 1.4;
  }

  ul {
    display: grid;
    gap: 2px;
    list-style: none;
  }

  li {
    display: flex;
    align-items: center;
    gap: 8px;
    color: var(--defect-text);
  }

  canvas {
    flex: none;
    width: 40px;
    height: 30px;
    border-radius: 3px;
    background: var(--defect-stage);
    object-fit: cover;
  }

  .what {
    display: grid;
    flex: 1;
    min-width: 0;
  }

  small {
    color: var(--defect-muted);
    font-size: var(--defect-text-xs);
  }
`;
