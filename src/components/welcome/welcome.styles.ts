import { css } from 'lit';

export const styles = css`
  :host {
    display: grid;
    min-height: 0;
    padding: 24px;
    overflow: auto;
    place-items: safe center;
  }

  .welcome {
    display: grid;
    gap: 20px;
    width: min(100%, 760px);
  }

  h1 {
    margin: 0;
    font-size: clamp(1.375rem, 1rem + 1.6cqw, 1.875rem);
    font-weight: 650;
    letter-spacing: -0.01em;
    line-height: 1.2;
    text-wrap: balance;
  }

  p {
    margin: 8px 0 0;
    color: var(--defect-muted);
    font-size: var(--defect-text-l);
    line-height: 1.5;
    text-wrap: pretty;
  }

  .drop {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: center;
    gap: 12px 20px;
    min-height: 148px;
    padding: 24px;
    border: 1.5px dashed var(--defect-border-strong);
    border-radius: 10px;
    background: var(--defect-surface);
    color: var(--defect-muted);
    cursor: pointer;
  }

  .drop:hover {
    border-color: var(--defect-accent);
  }

  .drop button {
    min-height: 44px;
    padding: 0 20px;
    font-size: var(--defect-text-l);
  }

  .how {
    display: grid;
    gap: 2px;
    line-height: 1.45;
  }

  .camera {
    display: none;
  }

  /* Nothing can be dropped with a finger. */
  @media (hover: none) and (pointer: coarse) {
    .pointer {
      display: none;
    }

    .camera {
      display: inline;
    }
  }

  .samples {
    display: grid;
    gap: 10px;
  }

  .teach {
    display: grid;
    gap: 12px;
    padding: 14px 16px 16px;
    border: 1px solid var(--defect-border);
    border-radius: 10px;
    background: var(--defect-surface);
  }

  .teach p {
    margin-top: 2px;
    font-size: var(--defect-text-m);
  }

  .buttons {
    display: flex;
    flex-wrap: wrap;
    gap: 8px;
  }

  .buttons button {
    min-width: 0;
    max-width: 100%;
    white-space: normal;
  }

  .buttons bdi {
    overflow-wrap: anywhere;
  }

  h2 {
    margin: 0;
    font-size: var(--defect-text-m);
    font-weight: 600;
  }

  h2 small {
    color: var(--defect-muted);
    font-size: var(--defect-text-s);
    font-weight: 400;
  }

  .grid {
    display: grid;
    grid-template-columns: repeat(auto-fill, minmax(max(136px, 30%), 1fr));
    gap: 10px;
  }
`;
