import { css } from 'lit';

export const styles = css`
  dialog {
    width: 100vw;
    max-width: none;
    height: 100dvh;
    max-height: none;
    margin: 0;
    padding: 0;
    overflow: hidden auto;
    border: 0;
    background: var(--defect-page);
    color: var(--defect-text);
    line-height: 1.45;
  }

  header {
    position: sticky;
    z-index: 2;
    top: 0;
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 4px 12px;
    min-height: calc(var(--defect-control) + 16px);
    padding-block: 4px;
    padding-inline: 20px 12px;
    border-bottom: 1px solid var(--defect-border);
    background: var(--defect-surface);
  }

  h2 {
    margin: 0;
    font-size: var(--defect-text-l);
  }

  .about {
    flex: 1;
    min-width: 0;
    overflow: hidden;
    color: var(--defect-muted);
    font-size: var(--defect-text-s);
    text-overflow: ellipsis;
    white-space: nowrap;
  }

  main {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 16px;
    max-width: 1480px;
    margin: 0 auto;
    padding: 16px 20px 40px;
  }

  section {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    align-content: start;
    gap: 10px;
    padding: 14px 16px;
    border: 1px solid var(--defect-border);
    border-radius: 8px;
    background: var(--defect-surface);
    /* Clear of the header, which may take two lines. */
    scroll-margin-top: calc(2 * var(--defect-control) + 32px);
  }

  .verdict > p:not(.notice) {
    font-size: var(--defect-text-l);
    font-weight: 600;
    text-wrap: balance;
  }

  section.bare {
    padding: 0;
    border: 0;
    background: none;
  }

  .line {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 8px 12px;
  }

  .line > p {
    flex: 1;
    min-width: 220px;
  }

  .problems {
    padding-inline-start: 18px;
    list-style: disc;
    font-size: var(--defect-text-s);
  }

  .problems li {
    overflow-wrap: anywhere;
  }

  .cost {
    display: inline-flex;
    align-items: center;
    gap: 6px;
    font-size: var(--defect-text-s);
  }

  .cost input {
    width: 9ch;
    text-align: end;
  }

  .pair {
    display: grid;
    grid-template-columns: minmax(300px, 460px) minmax(0, 1fr);
    gap: 16px;
  }

  /* Two matrices stand side by side where there is room. */
  .matrices {
    display: flex;
    flex-wrap: wrap;
    align-items: start;
    gap: 20px 32px;
  }

  .working {
    opacity: 0.55;
    transition: opacity 0.2s 0.15s;
  }

  @media (max-width: 900px) {
    .pair {
      grid-template-columns: minmax(0, 1fr);
    }
  }

  @media (max-width: 640px) {
    header {
      padding-inline-start: 12px;
    }

    main {
      gap: 12px;
      padding: 12px 8px 32px;
    }

    section {
      padding: 12px;
    }

    /* Title, photos and close in the first line, the other buttons in the second. */
    h2 {
      order: -2;
    }

    .about {
      flex-basis: calc(100% - 170px);
      order: -1;
    }

    .close {
      order: -1;
    }

    header > button:not(.close) {
      padding: 0 8px;
      font-size: var(--defect-text-s);
    }
  }
`;
