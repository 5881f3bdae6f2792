import { css } from 'lit';

/** What charts have in common; how wide they are, and their text, depends on their own units. */
export const chart = css`
  svg {
    display: block;
    width: 100%;
    height: auto;
    font-family: var(--defect-font);
    font-variant-numeric: tabular-nums;
  }

  .axis {
    stroke: var(--defect-border);
  }

  text {
    fill: var(--defect-muted);
  }

  .line {
    fill: none;
    stroke: var(--line);
    stroke-width: 2;
    stroke-linejoin: round;
  }
`;
