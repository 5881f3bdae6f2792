import { css } from 'lit';

/** For whoever shows banners: they are styled by what is around them. */
export const bannerStyles = css`
  .banner {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 8px 12px;
    padding: 8px 16px;
    border-bottom: 1px solid var(--defect-border);
    background: var(--defect-notice-soft);
  }

  .banner.error {
    background: var(--defect-danger-soft);
  }

  .banner svg {
    color: var(--defect-notice);
  }

  .banner.error svg {
    color: var(--defect-danger);
  }

  /* They stay together where they don't fit beside the text. */
  .banner .buttons {
    display: flex;
    gap: 8px;
    margin-inline-start: auto;
  }

  .banner p {
    flex: 1;
    min-width: min(240px, 40vw);
    margin: 0;
  }
`;
