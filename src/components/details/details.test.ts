import { expect, fixture, html, oneEvent } from '@open-wc/testing';
import { inspection, MODEL } from '../../../tests/unit/workbench/fakes.js';
import { assess } from '../../core/recipe/assess.js';
import { NO_REVIEW } from '../../core/review/review.js';
import type { Threshold } from '../../core/types.js';
import type { SentCommand } from '../shared/send-command.js';
import type { DefectDetails } from './details.js';
import './details.js';

function details(
  threshold: Threshold,
  hiddenClasses: ReadonlySet<number> = new Set(),
): Promise<DefectDetails> {
  const one = inspection('part.png', undefined, { novelty: 0.25, truncated: true });
  const assessment = assess(one, { threshold }, NO_REVIEW, hiddenClasses);
  return fixture<DefectDetails>(
    html`<defect-details
      .inspection=${one}
      .assessment=${assessment}
      .listed=${assessment.shown}
      .threshold=${threshold}
      .thresholdOf=${assessment.thresholdOf}
      .classes=${MODEL.classes}
      .hiddenClasses=${hiddenClasses}
    ></defect-details>`,
  );
}

const said = (element: Element) => element.shadowRoot!.textContent.replaceAll(/\s+/g, ' ').trim();
const table = (element: DefectDetails) => element.shadowRoot!.querySelector('defect-table')!;

describe('<defect-details>', () => {
  it('says how many defects are reported, hidden and below the threshold', async () => {
    const element = await details('auto', new Set([2]));
    expect(said(element)).to.contain('2 defects (1 hidden)');
    expect(said(element)).to.contain('2 fainter spots below the threshold');
    expect(said(await details(0.05))).to.contain('Nothing more down to a score of 0.05');
  });

  it('says so where classes are hidden, above all where nothing is shown for it, with a way back', async () => {
    expect(said(await details('auto'))).not.to.contain('hidden');
    expect(said(await details('auto', new Set([2])))).to.contain('1 defect of hidden classes is not shown.');
    const element = await details('auto', new Set([1, 2]));
    expect(said(element)).to.contain('Nothing is shown, because 2 defects are of hidden classes.');
    await expect(element).to.be.accessible();
    const sent = oneEvent<CustomEvent<SentCommand>>(element, 'defect-command');
    element.shadowRoot!.querySelector<HTMLElement>('.note .link')!.click();
    expect((await sent).detail.command).to.equal('classes.show');
  });

  it('says what was taken for white on a photo with 16 bits a sample, and offers other ranges', async () => {
    const element = await details('auto');
    const one = inspection();
    element.inspection = { ...one, image: { ...one.image, bits: 12 } };
    await element.updateComplete;
    expect(said(element)).to.contain('of which 12 were taken to count: 4095 is white.');
    const select = element.shadowRoot!.querySelector('select')!;
    expect(select.value).to.equal('12');
    expect(select.options.length).to.equal(9);
    await expect(element).to.be.accessible();
    const sent = oneEvent<CustomEvent<SentCommand>>(element, 'defect-command');
    select.value = '10';
    select.dispatchEvent(new Event('change'));
    const { command, args } = (await sent).detail;
    expect([command, ...args]).to.deep.equal(['photo.bits', { bits: 10 }]);
  });

  it('never calls a photo without defects a pass, and offers to show more', async () => {
    const element = await details(0.95);
    expect(said(element)).to.contain('Nothing found above the threshold');
    expect(said(element)).to.contain(
      'This is not a pass. The model knows pitting, crack on ball screws and steel strip, and can miss those, too.',
    );
    const sent = oneEvent<CustomEvent<SentCommand>>(element, 'defect-command');
    element.shadowRoot!.querySelector<HTMLElement>('.link')!.click();
    const { command, args } = (await sent).detail;
    expect([command, ...args]).to.deep.equal(['threshold.set', { threshold: 0.05 }]);
  });

  it('tells how the result came about', async () => {
    const element = await details('auto');
    for (const sentence of [
      'Only the 100 with the highest scores are listed',
      'Done in 265 ms on 2 threads',
      // Also where the picture has no room for it.
      'What can be seen 320 × 160 px seen at 160 × 80: defects under about 16 px can’t be seen',
      'Network input 192 × 96 px',
      'Runtime wasm, 2 threads',
      'Model test-model 1.2.3',
      'Distance to the training data 0.25 of 1',
    ])
      expect(said(element)).to.contain(sentence);
  });

  it('lists each defect with its figures and their units', async () => {
    const rows = [...table(await details('auto')).shadowRoot!.querySelectorAll('tr')].map((row) =>
      [...row.cells].map((cell) => cell.textContent.replaceAll(/\s+/g, ' ').trim()),
    );
    expect(rows[0]).to.deep.equal([
      '▲#',
      'Class',
      'Score',
      'x px',
      'y px',
      'Width px',
      'Height px',
      'Area px²',
    ]);
    expect(rows[2]!.slice(0, 7)).to.deep.equal(['2', 'crack', '0.55', '60', '50', '30', '30']);
  });

  it('is accessible', async () => {
    await expect(await details('auto')).to.be.accessible();
  });
});
