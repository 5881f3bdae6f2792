import { css } from 'lit';

export const styles = css`
  :host {
    display: block;
    padding: 5px 12px;
    border-bottom: 1px solid var(--defect-border);
    background: var(--defect-surface);
    font-size: var(--defect-text-s);
  }

  [role='toolbar'] {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 4px 12px;
    min-width: 0;
  }

  .group {
    display: flex;
    align-items: center;
    gap: 2px;
    min-width: 0;
  }

  button {
    padding: 0 8px;
    border-color: transparent;
    background: transparent;
  }

  button.icon {
    width: auto;
    min-width: var(--defect-control);
    padding: 0 6px;
  }

  .classes {
    flex: 1 1 0;
    min-width: min(100%, 9em);
    /* As high before there is any. */
    min-height: calc(var(--defect-control) + 6px);
    /* Room for the ring around what has the focus. */
    padding: 3px;
    overflow: auto hidden;
    scrollbar-width: thin;
  }

  .class {
    position: relative;
    flex: none;
    padding-inline: 4px 8px;
  }

  .class .name {
    max-width: 12ch;
    overflow: hidden;
    text-overflow: ellipsis;
  }

  .swatch {
    display: grid;
    place-items: center;
    min-width: 20px;
    height: 20px;
    border: 1px solid rgb(0 0 0 / 0.45);
    border-radius: 4px;
    background: var(--class);
    color: var(--on-class);
    font-size: var(--defect-text-xs);
    font-weight: 600;
    forced-color-adjust: none;
  }

  .hint {
    color: var(--defect-muted);
  }

  .label {
    display: none;
  }

  @container (width <= 56em) {
    .accept {
      display: none;
    }
  }

  @container (width <= 46em) {
    .class .name {
      max-width: 8ch;
    }

    .class {
      padding-inline: 4px 6px;
    }
  }

  /* Where nothing hovers, every button says what it is. */
  @container (width <= 30em) {
    :host {
      padding: 2px 8px;
    }

    [role='toolbar'] {
      gap: 2px 8px;
    }

    .tools,
    .history {
      gap: 0;
    }

    .tools {
      flex: 5 0 62%;
    }

    .history {
      flex: 2 0 24%;
    }

    .classes {
      min-width: 6em;
    }

    button.icon {
      display: grid;
      flex: 1;
      gap: 0;
      place-content: center;
      place-items: center;
      min-width: 0;
      padding: 2px;
    }

    .photo button.icon {
      min-width: 48px;
    }

    .label,
    .photo span {
      display: block;
      font-size: 10.5px;
      font-weight: 450;
      line-height: 1.15;
    }
  }

  @container (width <= 24em) {
    [role='toolbar'] {
      column-gap: 4px;
    }

    .tools {
      flex-basis: 77%;
    }

    .history {
      flex-basis: 20%;
    }

    .history .label {
      display: none;
    }

    .tools .label {
      font-size: 10px;
      letter-spacing: -0.02em;
    }
  }

  /* Where there is little height the tools stand beside the picture. */
  @container (height <= 560px) {
    :host {
      padding: 2px;
      overflow: hidden auto;
      border-bottom: 0;
      border-inline-end: 1px solid var(--defect-border);
      scrollbar-width: thin;
    }

    [role='toolbar'] {
      display: grid;
      gap: 6px;
      justify-content: start;
    }

    .group {
      display: grid;
      grid-template-columns: repeat(2, auto);
      gap: 0;
      justify-content: start;
      margin: 0;
    }

    .classes {
      min-width: 0;
      overflow: visible;
      padding: 0;
    }

    .hint,
    .label,
    .photo span,
    .class .name {
      position: absolute;
      width: 1px;
      height: 1px;
      overflow: hidden;
      clip-path: inset(50%);
    }
  }
`;
