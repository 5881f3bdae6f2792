import { css } from 'lit';

export const styles = css`
  :host {
    display: block;
  }

  .head {
    display: flex;
    align-items: center;
    gap: 8px;
    min-height: var(--defect-control);
  }

  label {
    font-weight: 600;
  }

  output {
    flex: 1;
    color: var(--defect-muted);
    text-align: end;
  }

  .head button {
    padding: 0 10px;
    font-size: var(--defect-text-s);
  }

  /* Every detection as a tick where it lies on the scale, above the track. */
  .scale {
    position: relative;
    height: 18px;
    margin: 2px 8px 0;
  }

  .tick {
    position: absolute;
    bottom: 0;
    width: 3px;
    height: 15px;
    margin-left: -1.5px;
    border-radius: 1.5px;
    background: var(--tick);
    box-shadow: 0 0 0 0.5px light-dark(rgb(0 0 0 / 0.5), rgb(255 255 255 / 0.5));
  }

  .tick.below {
    height: 8px;
    opacity: 0.55;
  }

  input {
    display: block;
    width: 100%;
    height: calc(var(--defect-control) - 8px);
  }

  .ends {
    display: flex;
    justify-content: space-between;
    gap: 8px;
    color: var(--defect-muted);
    font-size: var(--defect-text-xs);
  }

  .own {
    margin: 6px 0 0;
    font-size: var(--defect-text-s);
  }

  details {
    margin-top: 4px;
    color: var(--defect-muted);
    font-size: var(--defect-text-s);
    line-height: 1.45;
  }

  summary {
    cursor: pointer;
    width: fit-content;
  }

  details p {
    margin: 4px 0 0;
  }
`;
