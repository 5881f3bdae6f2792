import { expect, fixture, html } from '@open-wc/testing';
import type { LookChoice, Ways } from '../../workbench/results/look-choice.js';
import type { SentCommand } from '../shared/send-command.js';
import { tokens } from '../shared/tokens.styles.js';
import type { DefectLook } from './look.js';
import './look.js';

const WAYS: Ways = {
  fast: { detail: 'fast', planned: 1, scale: 0.08, seconds: 0.4, limit: 100 },
  thorough: { detail: 'thorough', planned: 24, scale: 1, seconds: 9, limit: 8 },
  auto: { detail: 'thorough', planned: 24, scale: 1, seconds: 9, limit: 8 },
};

const CHOICE: LookChoice = {
  detail: 'auto',
  smallest: undefined,
  ways: WAYS,
  photos: 1,
  secondsForAll: () => undefined,
};

async function look(choice: Partial<LookChoice> = {}): Promise<DefectLook> {
  const frame = await fixture<HTMLElement>(html`<div style="padding: 300px 20px"></div>`);
  const style = document.createElement('style');
  style.textContent = tokens.cssText.replaceAll(':host', ':root');
  const element = document.createElement('defect-look');
  element.choice = { ...CHOICE, ...choice };
  frame.append(style, element);
  await element.updateComplete;
  return element;
}

const find = (element: DefectLook, selector: string): HTMLElement =>
  element.shadowRoot!.querySelector<HTMLElement>(selector)!;

async function open(element: DefectLook): Promise<HTMLElement> {
  find(element, 'button').click();
  await element.updateComplete;
  return find(element, '#panel');
}

const words = (element: Element): string => element.textContent.replace(/\s+/g, ' ').trim();

function sentBy(element: DefectLook): (readonly [string, unknown])[] {
  const sent: (readonly [string, unknown])[] = [];
  element.addEventListener('defect-command', (event) => {
    const { command, args } = (event as CustomEvent<SentCommand>).detail;
    sent.push([command, args[0]]);
  });
  return sent;
}

describe('<defect-look>', () => {
  it('says how photos are looked at, closed and open, in every state', async () => {
    const states: Partial<LookChoice>[] = [
      {},
      { ways: undefined },
      { detail: 'fast', smallest: 24, photos: 12, secondsForAll: () => 130 },
      { detail: 'thorough', smallest: 3 },
      { ways: { ...WAYS, auto: { ...WAYS.fast, limitedBy: 'time' } } },
    ];
    for (const state of states) {
      const element = await look(state);
      await expect(element).to.be.accessible();
      await open(element);
      await expect(element).to.be.accessible();
    }
  });

  it('offers the three ways with what each comes to', async () => {
    const element = await look();
    expect(find(element, 'button').getAttribute('aria-label')).to.equal('Detail: Auto');
    const panel = await open(element);
    expect(panel.matches(':popover-open')).to.equal(true);
    expect([...panel.querySelectorAll('fieldset label')].map(words)).to.deep.equal([
      'Auto Thorough here: 24 tiles, about 9 s; defects under about 8 px can’t be seen',
      'Fast One view, under 1 s; defects under about 100 px can’t be seen',
      'Thorough 24 tiles, about 9 s; defects under about 8 px can’t be seen',
    ]);
    expect(find(element, 'input:checked').getAttribute('aria-describedby')).to.equal('way-auto');
    const sent = sentBy(element);
    panel.querySelectorAll<HTMLInputElement>('fieldset input')[2]!.click();
    expect(sent).to.deep.equal([['detail.set', { detail: 'thorough' }]]);
  });

  it('states the choice once for all photos, with their time', async () => {
    const element = await look({ photos: 12, secondsForAll: (detail) => (detail === 'auto' ? 130 : 1) });
    const panel = await open(element);
    expect(words(panel)).to.contain('Auto takes about 2 minutes for all 12 photos.');
  });

  it('takes the smallest defect as a number, and nothing that is none', async () => {
    const element = await look();
    await open(element);
    const sent = sentBy(element);
    const input = find(element, '#smallest') as HTMLInputElement;
    const type = (value: string) => {
      input.value = value;
      input.dispatchEvent(new Event('change'));
    };
    type('0.2');
    expect(sent).to.deep.equal([]);
    type('24');
    type('');
    expect(sent).to.deep.equal([
      ['smallest.set', { smallest: 24 }],
      ['smallest.set', { smallest: undefined }],
    ]);
  });

  it('says where even tiles are too coarse', async () => {
    const element = await look({ smallest: 3 });
    expect(find(element, 'button').getAttribute('aria-label')).to.equal('Detail: Auto, 3.0 px');
    expect(words(await open(element))).to.contain('3 px may be missed, defects under about 8 px');
  });

  it('gives way to the photo on which is to be drawn', async () => {
    const element = await look();
    const panel = await open(element);
    const sent = sentBy(element);
    for (const button of [find(element, '.smallest button'), find(element, '.area')]) {
      button.click();
      expect(panel.matches(':popover-open')).to.equal(false);
      await element.updateComplete;
      await open(element);
    }
    expect(sent.map(([command]) => command)).to.deep.equal(['smallest.draw', 'area.draw']);
  });

  it('lies within the window, wherever its button is', async () => {
    for (const at of ['8px auto auto 8px', 'auto 8px 8px auto', 'auto auto 8px 8px', '8px 8px auto auto']) {
      const element = await look();
      element.style.cssText = `position: fixed; inset: ${at}`;
      const { left, top, right, bottom } = (await open(element)).getBoundingClientRect();
      expect([left >= 0, top >= 0, right <= innerWidth, bottom <= innerHeight]).to.deep.equal(
        [true, true, true, true],
        at,
      );
    }
  });
});
