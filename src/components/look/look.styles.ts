import { css } from 'lit';

const iconAlone = css`
  button[popovertarget='panel']:not(.icon) {
    width: var(--defect-control);
    padding: 0;
  }

  button[popovertarget='panel'] > :not(:first-child) {
    display: none;
  }
`;

export const styles = css`
  :host {
    display: block;
    flex: none;
  }

  button {
    padding: 0 8px;
    font-size: var(--defect-text-s);
  }

  button.icon {
    padding: 0;
  }

  #panel {
    --width: min(420px, 100vw - 16px);
    position: fixed;
    inset: var(--top) auto var(--bottom) clamp(8px, var(--left), 100vw - var(--width) - 8px);
    width: var(--width);
    max-height: var(--height);
    margin: 0;
    padding: 12px 16px 16px;
    overflow: auto;
    overscroll-behavior: contain;
    border: 1px solid var(--defect-border);
    border-radius: 8px;
    background: var(--defect-surface);
    box-shadow: var(--defect-shadow);
    color: var(--defect-text);
    font-size: var(--defect-text-s);
    line-height: 1.4;
  }

  header {
    display: flex;
    align-items: center;
    justify-content: space-between;
    gap: 8px;
    margin-inline-end: -8px;
  }

  h2 {
    margin: 0;
    font-size: var(--defect-text-m);
  }

  p {
    margin: 8px 0 0;
    color: var(--defect-muted);
  }

  fieldset {
    display: grid;
    margin: 0;
    padding: 0;
    border: 0;
  }

  fieldset label {
    display: grid;
    grid-template-columns: auto 1fr;
    gap: 0 8px;
    align-content: center;
    min-height: max(40px, var(--defect-target));
    padding: 6px 8px;
    border-radius: var(--defect-radius);
    cursor: pointer;
  }

  fieldset label:has(:checked) {
    background: var(--defect-accent-soft);
  }

  fieldset input {
    margin: 0;
    align-self: center;
    accent-color: var(--defect-accent);
  }

  fieldset span {
    grid-column: 2;
  }

  .smallest {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 8px;
    margin-top: 12px;
    padding-top: 12px;
    border-top: 1px solid var(--defect-border);
  }

  .smallest label {
    flex: 1 0 100%;
    font-weight: 600;
  }

  .smallest input {
    width: 6em;
  }

  .smallest input:user-invalid {
    border-color: var(--defect-danger);
  }

  #unit {
    margin-inline-end: auto;
    color: var(--defect-muted);
  }

  .note {
    flex: 1 0 100%;
    margin: 0;
  }

  .area {
    margin-top: 12px;
    white-space: normal;
  }

  /* Where there is little room, its name says what its text did. */
  @container (width <= 30em) {
    ${iconAlone}
  }

  @container (height <= 440px) and (width <= 640px) {
    ${iconAlone}
  }
`;
