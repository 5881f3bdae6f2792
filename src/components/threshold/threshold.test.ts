import { expect, fixture, html, oneEvent } from '@open-wc/testing';
import { inspection, MODEL } from '../../../tests/unit/workbench/fakes.js';
import { assess } from '../../core/recipe/assess.js';
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

  it('stands in the middle of the recommended thresholds, and says which they are', async () => {
    const element = await slider({ threshold: 'auto' });
    expect(input(element).valueAsNumber).to.equal(0.5);
    expect(input(element).getAttribute('aria-valuetext')).to.equal('auto, 0.40 to 0.60 by class');
    expect(said(element)).to.contain('0.05: show more');
    expect(said(element)).to.contain('1: show fewer');
  });

  it('says which thresholds are a person’s own, and offers to forget them', async () => {
    const element = await slider({ threshold: 'auto', own: { [MODEL.hash]: { 1: 0.3 } } });
    expect(said(element)).to.contain('Yours: pitting 0.30.');
    expect(said(element)).to.contain('yours, 0.30 to 0.40 by class');
    const sent = oneEvent<CustomEvent<SentCommand>>(element, 'defect-command');
    element.shadowRoot!.querySelector<HTMLElement>('.link')!.click();
    expect((await sent).detail.command).to.equal('thresholds.reset');
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
