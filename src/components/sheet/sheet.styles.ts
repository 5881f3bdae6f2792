import { css } from 'lit';

export const styles = css`
  :host {
    display: grid;
    grid-template-rows: minmax(0, 1fr);
    grid-template-columns: minmax(0, 1fr);
    min-width: 0;
    min-height: 0;
  }

  .handle {
    display: none;
  }

  @container (width <= 640px) {
    :host {
      grid-template-rows: auto minmax(0, 1fr);
      overflow: hidden;
      padding-bottom: env(safe-area-inset-bottom);
      border-radius: 12px 12px 0 0;
      background: var(--defect-surface);
      box-shadow: 0 -2px 12px rgb(0 0 0 / 0.18);
      transition: height 0.18s ease-out;
    }

    :host([dragged]) {
      transition: none;
    }

    .handle {
      position: relative;
      display: flex;
      align-items: center;
      gap: 4px;
      min-height: 44px;
      padding: 4px 8px 0 16px;
      cursor: ns-resize;
      touch-action: none;
      user-select: none;
      -webkit-user-select: none;
    }

    .handle::before {
      content: '';
      position: absolute;
      top: 6px;
      left: calc(50% - 20px);
      width: 40px;
      height: 4px;
      border-radius: 2px;
      background: var(--defect-border-strong);
    }

    button[aria-disabled='true'] {
      color: var(--defect-muted);
      cursor: default;
      opacity: 0.6;
    }

    b {
      flex: 1;
      overflow: hidden;
      font-weight: 650;
      text-overflow: ellipsis;
      white-space: nowrap;
    }
  }

  ::slotted([slot='headline']) {
    display: -webkit-box;
    overflow: hidden;
    -webkit-box-orient: vertical;
    -webkit-line-clamp: 2;
    font-size: var(--defect-text-s);
    line-height: 1.25;
    white-space: normal;
  }

  @media (prefers-reduced-motion: reduce) {
    :host {
      transition: none;
    }
  }
`;
