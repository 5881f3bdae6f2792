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

  it('says what else there is in the file, and what has no mask', async () => {
    const element = await details('auto');
    const one = element.inspection!;
    const notes = () => element.shadowRoot!.querySelector('.notes')!.textContent;
    expect(notes()).not.to.match(/several pictures|gives no pixels/);
    element.inspection = { ...one, lacksMasks: true, image: { ...one.image, isFirstOfSeveral: true } };
    await element.updateComplete;
    expect(notes()).to.match(/several pictures/);
    expect(notes()).to.match(/gives no pixels/);
    const headline = () => element.shadowRoot!.querySelector('h2')!.textContent;
    expect(headline()).to.match(/2 defects, and something without a mask/);
    element.assessment = { ...element.assessment!, reported: [] };
    await element.updateComplete;
    expect(headline()).to.match(/Something found, without a mask/);
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

  it('does not call done what is under way', async () => {
    const element = await details('auto');
    const { inspection: made } = element;
    element.inspection = { ...made!, input: { ...made!.input, tiles: 2, planned: 3 } };
    element.isRunning = true;
    await element.updateComplete;
    expect(said(element)).to.contain('265 ms so far on 2 threads');
    expect(said(element)).not.to.contain('Done in');
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

  describe('of a photo that was not seen as asked', () => {
    const thorough = { detail: 'thorough', tiles: 7, planned: 24, scale: 1 } as const;
    const cases = [
      ['what there is so far', thorough, { isRunning: true }, 'found so far, in 7 of 24 tiles.', []],
      ['seen in part', thorough, {}, 'Seen in part: 7 of 24 tiles.', ['photo.retry']],
      ['another setting', {}, { isOtherwise: true }, 'in another way than it is set now', ['photo.retry']],
      [
        'seen in part by another setting',
        thorough,
        { isOtherwise: true },
        '7 of 24 tiles, and in another way than it is set now. That is its result until you inspect it again.',
        ['photo.retry'],
      ],
      [
        'no time',
        { limitedBy: 'time' },
        {},
        'Tiles would take more than a minute',
        ['photo.thorough', 'area.draw'],
      ],
      [
        'no memory',
        { limitedBy: 'memory' },
        {},
        'not enough memory for all tiles. Close other',
        ['photo.retry', 'area.draw'],
      ],
      [
        'failed tiles',
        { ...thorough, limitedBy: 'failure' },
        {},
        'Tiles of this photo failed more than once.',
        ['photo.retry', 'area.draw'],
      ],
      [
        'too many tiles',
        { ...thorough, tiles: 24, limitedBy: 'views' },
        {},
        'its tiles are coarser than was set',
        ['area.draw'],
      ],
    ] as const;
    for (const [name, input, state, sentence, commands] of cases) {
      it(`says so, with a next step: ${name}`, async () => {
        const element = await details('auto');
        const one = inspection();
        Object.assign(element, { ...state, inspection: { ...one, input: { ...one.input, ...input } } });
        await element.updateComplete;
        expect(said(element)).to.contain(sentence);
        await expect(element).to.be.accessible();
        const sent: string[] = [];
        element.addEventListener('defect-command', (event) =>
          sent.push((event as CustomEvent<SentCommand>).detail.command),
        );
        for (const link of element.shadowRoot!.querySelectorAll<HTMLElement>('.note .link')) link.click();
        expect(sent).to.deep.equal(commands);
      });
    }

    it('names the area and the views', async () => {
      const element = await details('auto');
      const one = inspection();
      element.inspection = { ...one, input: { ...one.input, ...thorough, area: [120, 80, 400, 300] } };
      await element.updateComplete;
      expect(said(element)).to.contain('Area inspected 400 × 300 px at 120, 80');
      expect(said(element)).to.contain('Views 7 of 24 tiles, scale 1.00');
      expect(said(element)).to.contain('An area of 400 × 300 px seen at 400 × 300');
    });
  });
});
