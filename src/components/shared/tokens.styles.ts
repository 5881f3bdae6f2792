import { css } from 'lit';

/**
 * The whole palette and scale. Set on `<defect-inspector>` and inherited by everything in it; a page overrides a token
 * by setting it on the element. `light-dark()` follows `color-scheme`, which the attribute `theme` sets. Buttons are as high
 * as `--defect-control`, and nothing that can be pressed is smaller than `--defect-target`, but for links in a sentence.
 */
export const tokens = css`
  :host {
    --defect-page: light-dark(#f5f6f7, #16181b);
    --defect-surface: light-dark(#ffffff, #1f2327);
    --defect-sunken: light-dark(#eceef0, #191c1f);
    --defect-stage: light-dark(#dfe2e5, #0d0f10);
    --defect-hover: light-dark(#e9ecef, #2a2f35);
    --defect-border: light-dark(#d3d8dd, #343a41);
    --defect-border-strong: light-dark(#7d8791, #737d87);
    --defect-text: light-dark(#1d2125, #e9ebed);
    --defect-muted: light-dark(#565e67, #a8b0b8);
    --defect-accent: light-dark(#0b5cad, #6cb4f7);
    --defect-accent-soft: light-dark(#dcebfa, #1b3550);
    --defect-on-accent: light-dark(#ffffff, #08182a);
    --defect-danger: light-dark(#b3261e, #ff9c91);
    --defect-danger-soft: light-dark(#fdeceb, #3b1f1d);
    --defect-notice: light-dark(#7a4a00, #f3bd68);
    --defect-notice-soft: light-dark(#fff3dc, #35280f);
    --defect-shadow: 0 8px 28px light-dark(rgb(20 28 36 / 0.18), rgb(0 0 0 / 0.55));
    --defect-radius: 6px;
    --defect-font: system-ui, -apple-system, 'Segoe UI', Roboto, sans-serif;
    --defect-text-xs: 0.75rem;
    --defect-text-s: 0.8125rem;
    --defect-text-m: 0.875rem;
    --defect-text-l: 1rem;
    --defect-text-xl: 1.125rem;
    --defect-control: 32px;
    --defect-target: 24px;
  }

  /* A finger, or a glove, needs more room than a mouse. */
  @media (pointer: coarse) {
    :host {
      --defect-control: 44px;
      --defect-target: 44px;
    }
  }

  /* A tablet on a machine is read at arm's length. */
  @media (pointer: coarse) and (min-width: 641px) and (min-height: 600px) {
    :host {
      --defect-text-xs: 0.875rem;
      --defect-text-s: 0.9375rem;
      --defect-text-m: 1rem;
      --defect-text-l: 1.125rem;
      --defect-text-xl: 1.25rem;
    }
  }
`;
