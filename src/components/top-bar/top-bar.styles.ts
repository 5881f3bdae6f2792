import { css } from 'lit';

export const styles = css`
  :host {
    position: relative;
    display: flex;
    align-items: center;
    gap: 8px;
    min-height: calc(var(--defect-control) + 16px);
    padding-inline: 16px 12px;
    border-bottom: 1px solid var(--defect-border);
    background: var(--defect-surface);
  }

  .brand {
    display: flex;
    align-items: center;
    gap: 8px;
    margin-inline-end: 8px;
    font-weight: 650;
    white-space: nowrap;
  }

  .brand svg {
    width: 22px;
    height: 22px;
  }

  .space {
    flex: 1;
  }

  .model {
    min-width: 0;
    padding-inline: 10px 8px;
  }

  .chip {
    display: block;
    overflow: hidden;
    max-width: 44ch;
    font-size: var(--defect-text-s);
    font-weight: 400;
    text-overflow: ellipsis;
  }

  /* What has no room beside the name is left out, not cut. */
  .chip.parts {
    display: flex;
    flex-wrap: wrap;
    gap: 4px 0.4em;
    height: 1.4em;
    min-width: 0;
    line-height: 1.4;
  }

  .chip b {
    overflow: hidden;
    max-width: 100%;
    font-weight: 600;
    text-overflow: ellipsis;
  }

  .chip .rest {
    color: var(--defect-muted);
    unicode-bidi: plaintext;
  }

  .chip.failed {
    color: var(--defect-danger);
  }

  .chip .role {
    padding: 1px 6px;
    border-radius: 10px;
    background: var(--defect-notice-soft);
    color: var(--defect-notice);
    font-size: var(--defect-text-xs);
    font-weight: 600;
  }

  fieldset {
    display: flex;
    margin: 0;
    padding: 2px;
    border: 1px solid var(--defect-border);
    border-radius: var(--defect-radius);
    background: var(--defect-sunken);
  }

  fieldset label {
    position: relative;
    display: flex;
    align-items: center;
    justify-content: center;
    gap: 6px;
    min-width: var(--defect-target);
    min-height: max(26px, var(--defect-target));
    padding: 0 10px;
    border-radius: 4px;
    color: var(--defect-muted);
    font-size: var(--defect-text-s);
    font-weight: 500;
    white-space: nowrap;
    cursor: pointer;
  }

  fieldset input {
    position: absolute;
    inset: 0;
    margin: 0;
    opacity: 0;
    cursor: pointer;
  }

  fieldset label:has(:checked) {
    background: var(--defect-surface);
    color: var(--defect-text);
    box-shadow: 0 0 0 1px var(--defect-border);
  }

  fieldset label:has(:focus-visible) {
    outline: 2px solid var(--defect-accent);
    outline-offset: 1px;
  }

  .evaluate {
    padding: 0 10px;
  }

  .items {
    display: grid;
    padding: 4px;
  }

  .items button {
    justify-content: start;
  }

  .exports {
    display: grid;
    gap: 2px;
    padding: 10px;
  }

  .exports p {
    margin: 0 6px 6px;
    color: var(--defect-muted);
    font-size: var(--defect-text-s);
  }

  .csv-style {
    display: flex;
    gap: 8px;
    align-items: center;
    margin: 0 6px 6px;
    font-size: var(--defect-text-s);
  }

  .exports table {
    border-spacing: 4px;
  }

  .exports th {
    padding-inline: 4px 10px;
    font-weight: 500;
    text-align: start;
    white-space: nowrap;
  }

  .exports td button {
    width: 100%;
    padding: 0 10px;
    font-size: var(--defect-text-s);
  }

  .exports thead th {
    color: var(--defect-muted);
    font-size: var(--defect-text-xs);
    font-weight: 500;
    text-align: center;
  }

  /* A line along the bar's lower edge: there is nothing that could jump. */
  progress {
    position: absolute;
    inset: auto 0 -1px;
    width: 100%;
    height: 2px;
  }

  @container (width <= 84em) {
    .evaluate span,
    fieldset span {
      position: absolute;
      width: 1px;
      height: 1px;
      overflow: hidden;
      clip-path: inset(50%);
    }
  }

  @container (width <= 64em) {
    .brand span {
      display: none;
    }
  }

  @container (width <= 54em) {
    .brand,
    .export-text {
      display: none;
    }
  }

  @container (width <= 640px) {
    :host {
      gap: 6px;
      padding: 0 8px;
    }

    .more h2 {
      margin: 12px 16px 0;
      font-size: var(--defect-text-m);
    }

    .actions {
      display: flex;
      flex-wrap: wrap;
      gap: 8px;
      padding: 8px 12px 12px;
      border-top: 1px solid var(--defect-border);
    }

    .actions .evaluate span {
      position: static;
      width: auto;
      height: auto;
      clip-path: none;
    }
  }

  @container (width <= 640px) and (height <= 560px) {
    :host {
      min-height: calc(var(--defect-control) + 4px);
    }
  }
`;
