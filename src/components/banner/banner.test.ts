import { aTimeout, expect, fixture, html, waitUntil } from '@open-wc/testing';
import type { Banner } from '../../workbench/messages/banner.js';
import type { SentCommand } from '../shared/send-command.js';
import type { DefectBanner } from './banner.js';
import { bannerStyles } from './banner.styles.js';
import './banner.js';

const removal = (lasts?: number): Banner => ({
  isError: false,
  notice: { reason: 'photo-removed', params: { name: 'part.png' } },
  buttons: [{ text: 'undo', command: 'edit.undo' }],
  close: { text: 'close', subject: {} },
  ...(lasts !== undefined && { lasts }),
});

/** The banner, and what it has sent. */
async function shown(banner: Banner): Promise<{ element: DefectBanner; sent: unknown[] }> {
  const sent: unknown[] = [];
  const around = await fixture<HTMLElement>(
    html`<div
      @defect-command=${({ detail: { command, args } }: CustomEvent<SentCommand>) => sent.push([command, ...args])}
    >
      <button>elsewhere</button><defect-banner .banner=${banner}></defect-banner>
    </div>`,
  );
  return { element: around.querySelector('defect-banner')!, sent };
}

describe('<defect-banner>', () => {
  it('goes when its time is over', async () => {
    const banner = removal(30);
    const { sent } = await shown(banner);
    expect(sent).to.deep.equal([]);
    await waitUntil(() => sent.length > 0);
    expect(sent).to.deep.equal([['notice.dismiss', { subject: banner.close!.subject }]]);
  });

  it('waits while the keyboard is at it, and its whole time after that', async () => {
    const { element, sent } = await shown(removal(60));
    element.querySelector('button')!.focus();
    await aTimeout(150);
    expect(sent).to.deep.equal([]);
    element.parentElement!.querySelector('button')!.focus();
    await aTimeout(20);
    expect(sent).to.deep.equal([]);
    await waitUntil(() => sent.length === 1);
  });

  it('has its time anew where it is about something else, and not where it says the same in other words', async () => {
    const { element, sent } = await shown(removal(80));
    await aTimeout(50);
    const other = removal(80);
    element.banner = other;
    await aTimeout(50);
    expect(sent).to.deep.equal([]);
    element.banner = { ...other };
    await waitUntil(() => sent.length === 1);
    expect(sent).to.deep.equal([['notice.dismiss', { subject: other.close!.subject }]]);
  });

  it('stays where nothing else is said, and when it is gone, does nothing any more', async () => {
    const { element, sent } = await shown(removal());
    await aTimeout(50);
    element.banner = removal(20);
    await element.updateComplete;
    element.remove();
    await aTimeout(50);
    expect(sent).to.deep.equal([]);
  });

  it('sends what its buttons say', async () => {
    const { element, sent } = await shown(removal());
    for (const button of element.querySelectorAll('button')) button.click();
    expect(sent.map((one) => (one as unknown[])[0])).to.deep.equal(['edit.undo', 'notice.dismiss']);
    await expect(element).to.be.accessible();
  });

  it('says an error that is announced elsewhere only once, and everything else', async () => {
    const live = async (banner: Banner, areErrorsAnnounced: boolean) => {
      const { element } = await shown(banner);
      element.areErrorsAnnounced = areErrorsAnnounced;
      await element.updateComplete;
      return element.querySelector('.banner')!.getAttribute('aria-live');
    };
    const error: Banner = {
      ...removal(),
      notice: { reason: 'error', params: { error: { reason: 'drag-without-photo' } } },
    };
    expect(await live(error, true)).to.equal('off');
    // Where a dialog is open, nothing beside it is read.
    expect(await live(error, false)).to.equal('polite');
    expect(await live(removal(), true)).to.equal('polite');
  });

  for (const width of [320, 360, 412]) {
    it(`keeps its buttons together at a width of ${width} px`, async () => {
      const { element } = await shown({
        ...removal(),
        notice: { reason: 'photos-seen-otherwise', params: { photos: 12 } },
        buttons: [{ text: 'inspect-again', command: 'photos.look-again' }],
      });
      const style = document.createElement('style');
      style.textContent = bannerStyles.cssText;
      element.before(style);
      element.parentElement!.style.width = `${width}px`;
      const tops = Array.from(element.querySelectorAll('button'), (one) => one.getBoundingClientRect().top);
      expect(tops.length).to.equal(2);
      expect(tops[0]).to.equal(tops[1]);
    });
  }
});
