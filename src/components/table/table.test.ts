import { expect, fixture, html } from '@open-wc/testing';
import { detection, DETECTIONS, MODEL } from '../../../tests/unit/workbench/fakes.js';
import type { Detection } from '../../core/types.js';
import type { SentCommand } from '../shared/send-command.js';
import type { DefectTable } from './table.js';
import './table.js';

const table = (detections: readonly Detection[] = DETECTIONS, width = 460): Promise<DefectTable> =>
  fixture<DefectTable>(
    html`<defect-table
      .detections=${detections}
      .classes=${MODEL.classes}
      .style=${`width: ${width}px`}
    ></defect-table>`,
  );

const rows = (element: DefectTable) => [...element.shadowRoot!.querySelectorAll<HTMLElement>('tbody tr')];
const column = (element: DefectTable, at: number) =>
  rows(element).map((row) => row.querySelectorAll('td')[at]!.textContent.trim());

function commandsOf(element: DefectTable): unknown[] {
  const sent: unknown[] = [];
  element.addEventListener('defect-command', (event) => {
    const { command, args } = (event as CustomEvent<SentCommand>).detail;
    sent.push([command, ...args]);
  });
  return sent;
}

const enter = (row: HTMLElement) =>
  row.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, composed: true }));

describe('<defect-table>', () => {
  it('takes the focus along with the selection, and Enter means what is selected', async () => {
    const element = await table();
    rows(element)[0]!.focus();
    element.selectedId = 3;
    await element.updateComplete;
    expect(element.shadowRoot!.activeElement).to.equal(rows(element)[2]);
    const sent = commandsOf(element);
    // Pressed before the focus has followed.
    enter(rows(element)[0]!);
    expect(sent).to.deep.equal([['defect.zoom', { id: 3 }]]);
  });

  it('scrolls to a row that is selected, not to one that has another number now', async () => {
    const many = Array.from({ length: 60 }, (_, i) => detection(i + 1, 0.9 - i / 100, [i, 20, 30, 30]));
    const element = await table(many);
    const box = element.parentElement!;
    box.style.height = '200px';
    box.style.overflow = 'auto';
    element.selectedId = 50;
    await element.updateComplete;
    expect(box.scrollTop).to.be.greaterThan(300);
    box.scrollTop = 0;
    element.detections = many.map((one) => ({ ...one, id: 61 - one.id })).reverse();
    element.selectedId = 11;
    await element.updateComplete;
    expect(box.scrollTop).to.equal(0);
    element.selectedId = 60;
    await element.updateComplete;
    expect(box.scrollTop).to.be.greaterThan(300);
  });

  it('selects the row with the focus by Enter where none is selected', async () => {
    const element = await table();
    rows(element)[1]!.focus();
    const sent = commandsOf(element);
    enter(rows(element)[1]!);
    expect(sent).to.deep.equal([
      ['defect.select', { id: 2 }],
      ['defect.zoom', { id: 2 }],
    ]);
  });

  it('keeps the focus when the row that has it is gone, and leaves that of others alone', async () => {
    const element = await table();
    rows(element)[3]!.focus();
    element.detections = DETECTIONS.slice(0, 2);
    await element.updateComplete;
    expect(element.shadowRoot!.activeElement).to.equal(rows(element)[0]);
    element.detections = [];
    await element.updateComplete;
    expect(element.shadowRoot!.activeElement?.localName).to.equal('button');
    const button = document.body.appendChild(document.createElement('button'));
    button.focus();
    element.detections = DETECTIONS;
    element.selectedId = 2;
    await element.updateComplete;
    expect(document.activeElement).to.equal(button);
    button.remove();
  });

  it('writes all figures of a column with the same number of decimals', async () => {
    const whole = await table([detection(1, 0.9, [4, 20, 120, 9]), detection(2, 0.5, [40, 2, 30, 130])]);
    expect([3, 4, 5, 6].map((at) => column(whole, at))).to.deep.equal([
      ['4', '40'],
      ['20', '2'],
      ['120', '30'],
      ['9', '130'],
    ]);
    const parts = await table([detection(1, 0.9, [4.5, 20, 120, 9]), detection(2, 0.5, [40, 2, 30, 130])]);
    expect([column(parts, 3), column(parts, 4)]).to.deep.equal([
      ['4.5', '40.0'],
      ['20', '2'],
    ]);
  });

  it('shows the area in little room, without the place', async () => {
    for (const [width, shown] of [
      [460, 8],
      [320, 6],
      [280, 6],
    ] as const) {
      const large = detection(1, 0.9, [1000, 1000, 1200, 1000], 1, { width: 4000, height: 3000 });
      const element = await table([large, ...DETECTIONS.slice(1)], width);
      const cells = [...rows(element)[0]!.querySelectorAll('td')].filter((cell) => cell.offsetWidth > 0);
      expect([width, cells.length]).to.deep.equal([width, shown]);
      expect(cells.at(-1)!.getBoundingClientRect().right).to.be.at.most(
        element.getBoundingClientRect().right + 1,
      );
    }
  });

  it('keeps names in other directions apart from the figures around them', async () => {
    const name = 'סדק';
    const element = await table([{ ...DETECTIONS[0]!, className: name }]);
    expect(rows(element)[0]!.querySelector('bdi')!.textContent).to.equal(name);
    await expect(element).to.be.accessible();
  });
});
