import { expect, fixture, html, oneEvent } from '@open-wc/testing';
import { dayOf, NOTHING, ofInspection, type Usage } from '../../workbench/usage/usage.js';
import type { UsageView } from '../../workbench/usage/usage-store.js';
import { COMMAND_EVENT, type SentCommand } from '../shared/send-command.js';
import { tokens } from '../shared/tokens.styles.js';
import type { DefectUsage } from './usage.js';
import './usage.js';

const timing = { decode: 10, resample: 20, infer: 900.4, post: 30, total: 960.4 };
const photos = (count: number) => {
  const time = Object.fromEntries(Object.entries(timing).map(([stage, time]) => [stage, time * count]));
  return { ...ofInspection({ timing: time as typeof timing }), photos: count };
};
const TODAY = dayOf(new Date());
const YESTERDAY = dayOf(new Date(), 1);

const FULL: Usage = {
  earlier: { ...photos(100), since: '2026-01-02', until: '2026-05-06' },
  days: [
    { day: dayOf(new Date(), 28), ...photos(3) },
    { day: YESTERDAY, ...photos(40) },
    { day: TODAY, ...photos(10), errors: { 'corrupt-image': 2, offline: 1 } },
  ],
};

/** The same for the page itself, which is no shadow host. */
const rootTokens = new CSSStyleSheet();
rootTokens.replaceSync(tokens.cssText.replaceAll(':host', ':root'));

async function open(view: UsageView): Promise<DefectUsage> {
  // The tokens come from the element around it.
  document.adoptedStyleSheets = [rootTokens];
  const element = await fixture<DefectUsage>(html`<defect-usage .view=${view}></defect-usage>`);
  element.isOpen = true;
  await element.updateComplete;
  return element;
}

const text = (element: Element) => element.shadowRoot!.textContent.replaceAll(/\s+/g, ' ');
function button(element: Element, name: string): HTMLButtonElement {
  const found = [...element.shadowRoot!.querySelectorAll('button')].find(
    (one) => one.textContent.trim() === name,
  );
  if (!found) throw new Error(`There is no button “${name}”.`);
  return found;
}
/** The rows of the table under that heading, cell by cell. */
const rows = (element: Element, id: string) =>
  [...element.shadowRoot!.querySelectorAll(`table[aria-labelledby="${id}"] tbody tr`)].map((row) =>
    [...row.querySelectorAll('th, td:not([aria-hidden])')].map((cell) => cell.textContent.trim()),
  );

describe('<defect-usage>', () => {
  const states: [string, UsageView][] = [
    ['with figures', { usage: FULL }],
    ['with errors alone', { usage: { days: [{ day: TODAY, ...NOTHING, errors: { offline: 1 } }] } }],
    ['with nothing', { usage: { days: [] } }],
    ['where nothing can be stored', { usage: FULL, problem: 'not-stored' }],
  ];
  for (const [name, view] of states) {
    for (const scheme of ['light', 'dark']) {
      it(`is accessible ${name}, ${scheme}`, async () => {
        document.documentElement.style.colorScheme = scheme;
        const element = await open(view);
        await expect(element).to.be.accessible();
        document.documentElement.style.colorScheme = '';
      });
    }
  }

  it('sums up everything, and takes means of it', async () => {
    const element = await open({ usage: FULL });
    expect(rows(element, 'title')).to.deep.equal([
      ['Since', 'Jan 2, 2026'],
      ['Photos inspected', '153'],
    ]);
    expect(rows(element, 'times')).to.deep.equal([
      ['Decode the photo', '10 ms'],
      ['Scale to the network', '20 ms'],
      ['Run the network', '900 ms'],
      ['Trace the outlines', '30 ms'],
      ['Drop to result', '960 ms'],
    ]);
    expect(rows(element, 'errors')).to.deep.equal([
      ['corrupt-image', '2'],
      ['offline', '1'],
    ]);
    expect(text(element)).to.contain('kept in this browser only. Nothing is sent anywhere.');
  });

  it('lists the days of the last weeks, the last one first, with bars to compare', async () => {
    const element = await open({ usage: FULL });
    expect(rows(element, 'days').map(([, count]) => count)).to.deep.equal(['10', '40']);
    const lengths = [...element.shadowRoot!.querySelectorAll('rect')].map((one) => one.getAttribute('width'));
    expect(lengths).to.deep.equal(['25.0%', '100.0%']);
  });

  it('says when there is nothing, and follows what is counted', async () => {
    const element = await open({ usage: { days: [] } });
    expect(text(element)).to.contain('Nothing was counted yet.');
    element.view = { usage: { days: [{ day: TODAY, ...photos(1) }] } };
    await element.updateComplete;
    expect(rows(element, 'title')[1]).to.deep.equal(['Photos inspected', '1']);
    expect(text(element)).to.contain('Errors None.');
  });

  it('says what the browser failed to do', async () => {
    const element = await open({ usage: FULL, problem: 'not-cleared' });
    expect(element.shadowRoot!.querySelector('[role="status"]')!.textContent).to.contain(
      'could not be deleted',
    );
  });

  it('asks for files', async () => {
    const element = await open({ usage: FULL });
    for (const [name, format] of [
      ['Export CSV', 'csv'],
      ['Export JSON', 'json'],
    ] as const) {
      setTimeout(() => button(element, name).click());
      const event: CustomEvent<SentCommand> = await oneEvent(element, COMMAND_EVENT);
      expect(event.detail).to.deep.equal({ command: 'usage.export', args: [{ format }] });
    }
  });

  it('has the focus where nothing is lost, however it is opened', async () => {
    const element = await fixture<DefectUsage>(
      html`<defect-usage .view=${{ usage: FULL }} .isOpen=${true}></defect-usage>`,
    );
    await element.updateComplete;
    expect(element.shadowRoot!.activeElement?.textContent.trim()).to.equal('Close');
  });

  it('clears only after a question, on whose safe answer the focus is', async () => {
    const element = await open({ usage: FULL });
    let cleared = 0;
    element.addEventListener(COMMAND_EVENT, (event) => {
      if ((event as CustomEvent<SentCommand>).detail.command === 'usage.clear') cleared++;
    });
    const press = async (name: string) => {
      button(element, name).click();
      await element.updateComplete;
      return element.shadowRoot!.activeElement?.textContent.trim();
    };
    expect(await press('Clear')).to.equal('Keep');
    await expect(element).to.be.accessible();
    expect(await press('Keep')).to.equal('Clear');
    expect(cleared).to.equal(0);
    await press('Clear');
    expect(await press('Delete')).to.equal('Clear');
    expect(cleared).to.equal(1);
  });

  it('closes by its button and by a click beside it, and keeps keys to itself', async () => {
    const element = await open({ usage: FULL });
    let keys = 0;
    element.addEventListener('keydown', () => keys++);
    button(element, 'Close').dispatchEvent(
      new KeyboardEvent('keydown', { key: 'h', bubbles: true, composed: true }),
    );
    expect(keys).to.equal(0);
    button(element, 'Close').click();
    expect(element.isOpen).to.equal(false);
    element.isOpen = true;
    element.shadowRoot!.querySelector('dialog')!.click();
    expect(element.isOpen).to.equal(false);
  });
});
