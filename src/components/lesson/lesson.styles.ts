import { css } from 'lit';

export const styles = css`
  :host {
    display: grid;
    grid-template-rows: minmax(0, 1fr);
    grid-template-columns: minmax(0, 1fr);
    min-width: 0;
    min-height: 0;
    border-bottom: 1px solid var(--defect-border);
    background: var(--defect-surface);
  }

  .lesson {
    display: grid;
    grid-template-rows: auto minmax(0, 1fr);
    grid-template-columns: minmax(0, 1fr);
    min-height: 0;
  }

  /* The menu reaches over what is below. */
  .top {
    position: relative;
    z-index: 2;
    padding-block-end: 10px;
  }

  header {
    display: flex;
    align-items: center;
    gap: 2px;
    padding-block: 6px 2px;
    padding-inline: 16px 8px;
  }

  h2,
  h3,
  p,
  ol,
  ul {
    margin: 0;
    padding: 0;
  }

  h2 {
    overflow: hidden;
    font-size: var(--defect-text-xl);
    font-weight: 650;
    line-height: 1.3;
    text-overflow: ellipsis;
    white-space: nowrap;
  }

  h3 {
    font-size: var(--defect-text-m);
    font-weight: 600;
  }

  .space {
    flex: 1;
  }

  .saved {
    display: flex;
    flex: none;
    align-items: center;
    gap: 6px;
    margin-inline: 6px;
    color: var(--defect-muted);
    font-size: var(--defect-text-xs);
    white-space: nowrap;
  }

  .saved::before {
    content: '';
    width: 10px;
    height: 10px;
    border: 1.5px solid var(--defect-accent);
    border-radius: 50%;
    background: var(--defect-accent);
  }

  .saved.not {
    color: var(--defect-notice);
  }

  .saved.not::before {
    border-color: var(--defect-notice);
    background: none;
  }

  .sentence {
    padding-inline: 16px;
    font-size: var(--defect-text-l);
    font-weight: 500;
    line-height: 1.4;
    text-wrap: pretty;
  }

  .walk {
    display: grid;
    gap: 6px;
    margin-inline: 12px;
    padding: 4px 4px 10px 12px;
    border: 1px solid var(--defect-accent);
    border-radius: 8px;
    background: var(--defect-accent-soft);
  }

  .walk .head {
    display: flex;
    align-items: center;
    gap: 8px;
    font-size: var(--defect-text-s);
  }

  .walk .head .number {
    flex: 1;
  }

  .walk .sentence {
    padding-inline: 0 8px;
  }

  .buttons {
    display: flex;
    flex-wrap: wrap;
    gap: 6px;
  }

  .body {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(min(100%, 320px), 1fr));
    align-items: start;
    gap: 14px 24px;
    padding: 4px 16px 14px;
    overflow: auto;
    overscroll-behavior: contain;
  }

  .part {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 14px;
  }

  .path {
    display: grid;
    grid-template-columns: 1fr 1fr auto;
    gap: 6px;
    list-style: none;
  }

  .path li {
    display: grid;
    align-content: center;
    min-width: 0;
    padding: 6px 10px;
    border-radius: var(--defect-radius);
    background: linear-gradient(var(--defect-accent), var(--defect-accent)) no-repeat 0 100% /
      calc(100% * var(--share, 0)) 3px var(--defect-sunken);
  }

  .path li:last-child {
    grid-auto-flow: column;
    align-items: center;
    gap: 4px;
    padding: 0;
    background: none;
  }

  .label {
    color: var(--defect-muted);
    font-size: var(--defect-text-xs);
    line-height: 1.3;
  }

  .path b {
    display: flex;
    align-items: center;
    gap: 4px;
    font-weight: 600;
  }

  .tick {
    color: var(--defect-accent);
  }

  .learn {
    min-height: max(40px, var(--defect-control));
    height: 100%;
    padding: 0 18px;
  }

  [aria-disabled='true'] {
    cursor: default;
    opacity: 0.6;
  }

  .learning {
    display: grid;
    grid-template-columns: minmax(0, 1fr) auto;
    align-items: center;
    gap: 6px 8px;
    font-size: var(--defect-text-s);
  }

  .learning progress {
    grid-column: 1 / -1;
    width: 100%;
    height: 4px;
    border-radius: 2px;
    background: var(--defect-sunken);
  }

  .figures {
    display: grid;
    gap: 6px;
    line-height: 1.4;
  }

  .figures b {
    font-weight: 600;
  }

  .quiet {
    color: var(--defect-muted);
    font-size: var(--defect-text-s);
  }

  .notice {
    display: flex;
    gap: 8px;
    padding: 8px 10px;
    border-radius: var(--defect-radius);
    background: var(--defect-notice-soft);
    font-size: var(--defect-text-s);
    line-height: 1.4;
  }

  .notice svg {
    color: var(--defect-notice);
  }

  .notice ul {
    display: grid;
    gap: 6px;
    min-width: 0;
    list-style: none;
    overflow-wrap: anywhere;
  }

  .link {
    display: inline;
    min-height: 0;
    padding: 2px 0;
    border: 0;
    border-radius: 2px;
    background: none;
    color: inherit;
    font: inherit;
    font-weight: 600;
    text-align: start;
    text-decoration: underline;
    text-underline-offset: 2px;
    white-space: normal;
  }

  .notice.error {
    background: var(--defect-danger-soft);
  }

  .notice.error svg {
    color: var(--defect-danger);
  }

  .items {
    display: grid;
    padding: 4px;
  }

  .items + .items {
    border-top: 1px solid var(--defect-border);
  }

  .items h3 {
    padding: 6px 12px 2px;
    color: var(--defect-muted);
    font-size: var(--defect-text-xs);
  }

  .items p {
    padding: 4px 12px;
    color: var(--defect-muted);
    font-size: var(--defect-text-s);
    font-weight: 400;
  }

  .items button {
    justify-content: start;
  }

  .items .about {
    display: grid;
    justify-items: start;
    gap: 0;
    padding-block: 6px;
    text-align: start;
    white-space: normal;
  }

  .items small {
    color: var(--defect-muted);
    font-size: var(--defect-text-xs);
    font-weight: 400;
  }

  /* On a phone the handle of the sheet shows the sentence. */
  @container (width <= 640px) {
    .top > .sentence {
      position: absolute;
      width: 1px;
      height: 1px;
      overflow: hidden;
      clip-path: inset(50%);
    }

    .top {
      padding-block-end: 4px;
    }
  }

  @media (forced-colors: active) {
    .path li {
      border: 1px solid CanvasText;
    }

    .walk {
      border-width: 2px;
    }

    [aria-disabled='true'] {
      color: GrayText;
      opacity: 1;
    }

    .saved::before {
      forced-color-adjust: none;
      border-color: CanvasText;
      background: CanvasText;
    }

    .saved.not::before {
      background: none;
    }
  }
`;
