import { expect, fixture, html } from '@open-wc/testing';
import { controls } from './controls.styles.js';
import { middleCut } from './middle-cut.js';

describe('a name that is cut in the middle', () => {
  it('has no gap where all of it fits', async () => {
    const place = await fixture<HTMLElement>(
      html`<div>
        <style>
          ${controls.cssText}
        </style>
        ${['strip.jpg', 'ill strip.jpg', 'Line 3 camera left 0042.jpg'].map(middleCut)}
      </div>`,
    );
    for (const name of place.querySelectorAll('.middle-cut')) {
      const range = document.createRange();
      const widths = [...name.children].map((part) => {
        range.selectNodeContents(part);
        return [part.getBoundingClientRect().width, range.getBoundingClientRect().width] as const;
      });
      for (const [outer, inner] of widths) expect(outer).to.be.closeTo(inner, 0.5);
    }
  });
});
