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
    forced-color-adjust: none;
    position: absolute;
    inset-inline-start: calc(var(--at) * 100% - 1.5px);
    bottom: 0;
    width: 3px;
    height: 15px;
    border-radius: 1.5px;
    background: var(--tick);
    box-shadow: 0 0 0 0.5px light-dark(rgb(0 0 0 / 0.5), rgb(255 255 255 / 0.5));
  }

  .tick.below {
    height: 8px;
    opacity: 0.55;
  }

  /* Where a class's own threshold lies: it points to the track below. */
  .mark {
    forced-color-adjust: none;
    position: absolute;
    z-index: 1;
    inset-inline-start: calc(var(--at) * 100% - 6px);
    bottom: -9px;
    width: 12px;
    height: 10px;
    background: var(--defect-text);
    clip-path: polygon(0 0, 100% 0, 50% 100%);
  }

  .mark::after {
    content: '';
    position: absolute;
    inset: 1px 2px 2px;
    background: var(--tick);
    clip-path: polygon(0 0, 100% 0, 50% 100%);
  }

  /* There is no one threshold that a handle could stand at; a click on the track chooses one. */
  input.split:not(:focus-visible, :active)::-webkit-slider-thumb {
    visibility: hidden;
  }

  input.split:not(:focus-visible, :active)::-moz-range-thumb {
    visibility: hidden;
  }

  /* Nor is there a part of the track up to it. */
  input.split:not(:focus-visible, :active) {
    appearance: none;
    border-radius: 3px;
    background: linear-gradient(var(--defect-border-strong), var(--defect-border-strong)) center / 100% 2px
      no-repeat;
  }

  input {
    display: block;
    width: 100%;
  }

  .ends {
    display: flex;
    justify-content: space-between;
    gap: 8px;
    color: var(--defect-muted);
    font-size: var(--defect-text-xs);
  }

  .ends span {
    unicode-bidi: plaintext;
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
    width: fit-content;
  }

  details p {
    margin: 4px 0 0;
  }

  .class {
    display: grid;
    grid-template-columns: auto minmax(0, 1fr) auto 4.5em;
    gap: 0 8px;
    align-items: center;
    margin-top: 8px;
    color: var(--defect-text);
  }

  .class .name {
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }

  .class .state {
    color: var(--defect-muted);
  }

  .class .state,
  .class .link {
    min-height: var(--defect-target);
    align-content: center;
    text-align: end;
  }

  .swatch {
    forced-color-adjust: none;
    width: 10px;
    height: 10px;
    border-radius: 2px;
    background: var(--class);
    box-shadow: 0 0 0 1px rgb(0 0 0 / 0.35);
  }

  .scores {
    grid-column: 1 / -1;
    position: relative;
    padding-top: 22px;
  }

  /* As wide as the track on which the middle of a handle goes. */
  .scores svg {
    forced-color-adjust: none;
    position: absolute;
    inset: 0 8px auto;
    width: calc(100% - 16px);
    height: 24px;
    fill: color-mix(in srgb, var(--class) 80%, var(--defect-text));
    border-bottom: 1px solid var(--defect-border);
  }

  .scores .below {
    fill: var(--defect-border-strong);
    opacity: 0.6;
  }

  :host(:dir(rtl)) svg {
    scale: -1 1;
  }
`;
