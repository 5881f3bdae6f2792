import { html, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { Banner } from '../../workbench/messages/banner.js';
import './banner.js';

export const renderBanners = (banners: readonly Banner[]): TemplateResult =>
  html`${repeat(
    banners,
    ({ close }) => close?.subject,
    (banner) => html`<defect-banner .banner=${banner}></defect-banner>`,
  )}`;
