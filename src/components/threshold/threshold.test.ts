import { expect, fixture, html, oneEvent } from '@open-wc/testing';
import { inspection, MODEL } from '../../../tests/unit/workbench/fakes.js';
import { assess } from '../../core/recipe/assess.js';
import { scoreHistogram } from '../../core/recipe/score-histogram.js';
import type { Recipe } from '../../core/recipe/recipe.js';
import type { SentCommand } from '../shared/send-command.js';
import type { DefectThreshold } from './threshold.js';
import './threshold.js';

function slider(recipe: Recipe): Promise<DefectThreshold> {
  const { reported, below, thresholdOf } = assess(inspection(), recipe);
  return fixture<DefectThreshold>(
    html`<defect-threshold
      .threshold=${recipe.threshold}
      .classes=${MODEL.classes}
      .reported=${reported}
      .below=${below}
      .thresholdOf=${thresholdOf}
      .own=${recipe.own?.[MODEL.hash]}
    ></defect-threshold>`,
  );
}

const ticks = (element: DefectThreshold) => [...element.shadowRoot!.querySelectorAll('.tick')];
const faint = (element: DefectThreshold) => ticks(element).filter((tick) => tick.matches('.below'));
const input = (element: DefectThreshold) => element.shadowRoot!.querySelector('input')!;
const said = (element: DefectThreshold) => element.shadowRoot!.textContent.replaceAll(/\s+/g, ' ');

describe('<defect-threshold>', () => {
  it('has a tick for every detection, fainter for what is below', async () => {
    const element = await slider({ threshold: 'auto' });
    expect([ticks(element).length, faint(element).length]).to.deep.equal([4, 2]);
    const all = await slider({ threshold: 0.05 });
    expect([ticks(all).length, faint(all).length]).to.deep.equal([4, 0]);
  });

  it('marks each of several thresholds instead of standing between them, and says which they are', async () => {
    const element = await slider({ threshold: 'auto' });
    const handle = () => getComputedStyle(input(element), '::-webkit-slider-thumb').visibility;
    const marks = () => [...element.shadowRoot!.querySelectorAll<HTMLElement>('.mark')];
    const places = marks().map((mark) => parseFloat(mark.style.getPropertyValue('--at')));
    expect(places.map((at) => Math.round((0.05 + 0.95 * at) * 100) / 100)).to.deep.equal([0.6, 0.4]);
    expect(input(element).classList.contains('split')).to.equal(true);
    element.threshold = 0.35;
    await element.updateComplete;
    expect([marks().length, handle(), input(element).valueAsNumber]).to.deep.equal([0, 'visible', 0.35]);
    element.threshold = 'auto';
    await element.updateComplete;
    expect(input(element).getAttribute('aria-valuetext')).to.equal('auto, 0.40 to 0.60 by class');
    expect(said(element)).to.contain('0.05: show more');
    expect(said(element)).to.contain('1: show fewer');
  });

  it('says which thresholds are a person’s own, and offers to forget them', async () => {
    const element = await slider({ threshold: 'auto', own: { [MODEL.hash]: { 1: 0.3 } } });
    expect(said(element)).to.contain('Yours: pitting 0.30.');
    expect(said(element)).to.contain('yours, 0.30 to 0.40 by class');
    const sent = oneEvent<CustomEvent<SentCommand>>(element, 'defect-command');
    element.shadowRoot!.querySelector<HTMLElement>('.own .link')!.click();
    expect((await sent).detail.command).to.equal('thresholds.reset');
  });

  it('goes by keys from beyond the thresholds in use, so that a step up shows no more', async () => {
    const element = await slider({ threshold: 'auto' });
    for (const [key, from] of [
      ['ArrowRight', 0.6],
      ['ArrowLeft', 0.4],
    ] as const) {
      input(element).dispatchEvent(new KeyboardEvent('keydown', { key }));
      expect(input(element).valueAsNumber).to.equal(from);
    }
  });

  it('unfolds to a slider for each class, over the scores of all photos', async () => {
    const element = await slider({ threshold: 'auto', own: { [MODEL.hash]: { 1: 0.3 } } });
    element.scores = () => scoreHistogram([inspection(), inspection()]);
    element.reportedByClass = () => new Map([[1, 3]]);
    const unfold = element.shadowRoot!.querySelector<HTMLDetailsElement>('.classes')!;
    unfold.open = true;
    await oneEvent(unfold, 'toggle');
    await element.updateComplete;
    const rows = [...element.shadowRoot!.querySelectorAll('.class')];
    const said = rows.map((row) => row.querySelector('input')!.getAttribute('aria-valuetext'));
    expect(said).to.deep.equal([
      '0.30, yours: 3 of 4 spots on all photos',
      '0.40, auto: 0 of 4 spots on all photos',
    ]);
    expect(rows.map((row) => row.querySelectorAll('path').length)).to.deep.equal([2, 2]);
    await expect(element).to.be.accessible();
    const sent: unknown[] = [];
    element.addEventListener('defect-command', (event) => {
      const { command, args } = (event as CustomEvent<SentCommand>).detail;
      sent.push([command, ...args]);
    });
    const crack = rows[1]!.querySelector('input')!;
    crack.value = '0.55';
    crack.dispatchEvent(new Event('input'));
    rows[0]!.querySelector<HTMLElement>('.link')!.click();
    expect(sent).to.deep.equal([
      ['class.threshold', { id: 2, threshold: 0.55 }],
      ['class.threshold', { id: 1, threshold: 'auto' }],
    ]);
  });

  it('lies the same way round as its slider in a page from right to left', async () => {
    const element = await slider({ threshold: 'auto' });
    const places = () =>
      ticks(element).map((tick) =>
        Math.round(tick.getBoundingClientRect().x - element.getBoundingClientRect().x),
      );
    const before = places();
    element.dir = 'rtl';
    await element.updateComplete;
    const { width } = element.getBoundingClientRect();
    places().forEach((x, i) => expect(x).to.be.closeTo(width - before[i]! - 3, 2));
  });

  it('asks for one threshold for all while it is dragged', async () => {
    const element = await slider({ threshold: 'auto' });
    const sent = oneEvent<CustomEvent<SentCommand>>(element, 'defect-command');
    input(element).value = '0.7';
    input(element).dispatchEvent(new Event('input'));
    const { command, args } = (await sent).detail;
    expect([command, ...args]).to.deep.equal(['threshold.set', { threshold: 0.7 }]);
  });

  it('is accessible', async () => {
    await expect(await slider({ threshold: 0.35 })).to.be.accessible();
  });
});
