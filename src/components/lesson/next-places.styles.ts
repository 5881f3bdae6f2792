import { css } from 'lit';

export const styles = css`
  section {
    display: grid;
    gap: 6px;
  }

  h3,
  p,
  ol {
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
  }

  ol {
    display: grid;
    grid-template-columns: repeat(auto-fill, minmax(min(100%, 190px), 1fr));
    gap: 6px;
    list-style: none;
  }

  button {
    justify-content: start;
    gap: 8px;
    width: 100%;
    min-height: 52px;
    padding: 4px;
    font-weight: 400;
    text-align: start;
  }

  .picture {
    position: relative;
    flex: none;
    overflow: hidden;
    border-radius: 3px;
  }

  canvas {
    display: block;
    width: 58px;
    height: 44px;
    background: var(--defect-stage);
    object-fit: fill;
  }

  .ring {
    position: absolute;
    top: calc(100% * var(--y));
    left: calc(100% * var(--x));
    width: 16px;
    height: 16px;
    translate: -50% -50%;
    border: 2px solid #fff;
    border-radius: 50%;
    box-shadow:
      0 0 0 1px #000,
      inset 0 0 0 1px #000;
  }

  .what {
    display: grid;
    min-width: 0;
    font-size: var(--defect-text-s);
    line-height: 1.3;
  }

  small {
    color: var(--defect-muted);
    font-size: var(--defect-text-xs);
  }
`;
