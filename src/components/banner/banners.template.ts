import { html, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { Banner } from '../../workbench/messages/banner.js';
import './banner.js';

/** @param areErrorsAnnounced whether a screen reader hears of errors elsewhere */
export const renderBanners = (banners: readonly Banner[], areErrorsAnnounced = false): TemplateResult =>
  html`${repeat(
    banners,
    ({ close, notice }) => close?.subject ?? notice.reason,
    (banner) =>
      html`<defect-banner .banner=${banner} .areErrorsAnnounced=${areErrorsAnnounced}></defect-banner>`,
  )}`;
