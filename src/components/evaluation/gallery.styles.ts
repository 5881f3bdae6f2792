import { css } from 'lit';

export const galleryStyles = css`
  .head {
    display: flex;
    flex-wrap: wrap;
    align-items: baseline;
    gap: 4px 16px;
    margin-bottom: 8px;
  }

  .key {
    display: inline-flex;
    align-items: center;
    gap: 6px;
  }

  .key::before {
    content: '';
    width: 22px;
    border-top: 2px solid var(--defect-accent);
  }

  .key.person::before {
    border-top: 2px dashed var(--defect-text);
  }

  ul {
    display: grid;
    grid-template-columns: repeat(auto-fill, minmax(148px, 1fr));
    gap: 10px;
  }

  li button {
    display: grid;
    justify-items: stretch;
    gap: 4px;
    width: 100%;
    padding: 0 0 6px;
    overflow: hidden;
    text-align: start;
    white-space: normal;
    font-weight: 400;
  }

  li canvas {
    width: 100%;
    aspect-ratio: 1;
    background: var(--defect-stage);
  }

  li button > span {
    min-width: 0;
    padding: 0 8px;
    font-size: var(--defect-text-xs);
  }

  li .what {
    font-weight: 600;
  }

  .more {
    margin-top: 12px;
  }

  dialog {
    width: min(1100px, calc(100vw - 24px));
    max-height: calc(100dvh - 24px);
    padding: 12px 16px;
    border: 1px solid var(--defect-border);
    border-radius: 10px;
    background: var(--defect-surface);
    color: var(--defect-text);
  }

  dialog::backdrop {
    background: rgb(0 0 0 / 0.5);
  }

  dialog header {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: end;
    gap: 8px;
    margin-bottom: 8px;
  }

  dialog p {
    flex: 1 1 15em;
    min-width: 0;
    overflow-wrap: anywhere;
  }

  dialog canvas {
    display: block;
    width: 100%;
    height: clamp(160px, 100dvh - 210px, 800px);
    background: var(--defect-stage);
  }
`;
