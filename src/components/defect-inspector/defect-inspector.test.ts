import { aTimeout, expect, fixture, html, oneEvent, waitUntil } from '@open-wc/testing';
import { failure } from '../../../tests/unit/workbench/failure.js';
import { FakeDetector, inspection, MODEL, photo } from '../../../tests/unit/workbench/fakes.js';
import type { InspectorError } from '../../core/errors.js';
import type { Inspection, Progress } from '../../core/types.js';
import type { Detector, DetectorFactory, DetectorOptions } from '../../detector/types.js';
import type { PhotoEntry } from '../../workbench/batch/photo-batch.js';
import { sendCommand } from '../shared/send-command.js';
import type { DefectInspectorEvents } from './defect-inspector.component.js';
import { DefectInspectorElement } from './defect-inspector.js';

/** An element with a factory of its own, so that tests don't share one. */
async function inspector(
  factory: DetectorFactory = async () => new FakeDetector(),
  { width = 1280, height = 800, loading = 'lazy', theme = 'light' } = {},
): Promise<DefectInspectorElement> {
  DefectInspectorElement.detectorFactory = factory;
  const frame = await fixture<HTMLElement>(html`<div></div>`);
  frame.style.cssText = `width: ${width}px; height: ${height}px`;
  const element = document.createElement('defect-inspector');
  element.style.height = '100%';
  element.setAttribute('loading', loading);
  element.setAttribute('theme', theme);
  element.setAttribute('letter-keys', 'on');
  frame.append(element);
  await element.updateComplete;
  return element;
}

const part = <K extends keyof HTMLElementTagNameMap>(root: Element, name: K): HTMLElementTagNameMap[K] => {
  const found = root.shadowRoot!.querySelector(name);
  if (!found) throw new Error(`There is no <${name}>.`);
  return found;
};
const shadow = (root: Element, selector: string): HTMLElement => {
  const found = root.shadowRoot!.querySelector<HTMLElement>(selector);
  if (!found) throw new Error(`There is no ${selector} in <${root.localName}>.`);
  return found;
};
const details = (element: Element) => part(element, 'defect-details');
const table = (element: Element) => part(details(element), 'defect-table');
const slider = (element: Element) =>
  shadow(part(details(element), 'defect-threshold'), 'input') as HTMLInputElement;
const rows = (element: Element) => [...table(element).shadowRoot!.querySelectorAll<HTMLElement>('tbody tr')];
const headline = (element: Element) => shadow(details(element), 'h2').textContent.trim();
const entries = (element: Element): readonly PhotoEntry[] => part(element, 'defect-queue').entries;
const cells = (row: HTMLElement) => [...row.querySelectorAll('td')].map((cell) => cell.textContent.trim());

async function settled(element: DefectInspectorElement): Promise<void> {
  await element.updateComplete;
  await aTimeout(0);
  for (const name of ['defect-queue', 'defect-viewer', 'defect-details'] as const) {
    await element.shadowRoot!.querySelector(name)?.updateComplete;
  }
  const list = element.shadowRoot!.querySelector('defect-details')?.shadowRoot?.querySelector('defect-table');
  await list?.updateComplete;
}

function slide(element: Element, value: number): void {
  slider(element).value = String(value);
  slider(element).dispatchEvent(new Event('input', { bubbles: true, composed: true }));
}

const press = (target: EventTarget, key: string, type = 'keydown') =>
  target.dispatchEvent(new KeyboardEvent(type, { key, bubbles: true, composed: true, cancelable: true }));

const never = () => new Promise<never>(() => undefined);

describe('<defect-inspector>', () => {
  describe('before the first photo', () => {
    it('says what it does, and is accessible in both themes', async () => {
      for (const theme of ['light', 'dark']) {
        const element = await inspector(never, { theme });
        const welcome = part(element, 'defect-welcome').shadowRoot!.textContent;
        expect(welcome).to.contain('nothing leaves this device');
        await expect(element).to.be.accessible();
      }
    });

    it('shows samples only where there are some', async () => {
      const element = await inspector(never);
      const samples = shadow(part(element, 'defect-welcome'), '.samples');
      expect(samples.hidden).to.equal(true);
      const button = document.createElement('button');
      button.slot = 'samples';
      button.textContent = 'Steel strip';
      element.append(button);
      await waitUntil(() => !samples.hidden);
      expect(button.getBoundingClientRect().height).to.be.greaterThan(10);
    });

    it('loads the model eagerly or with the first photo, and only once', async () => {
      let loads = 0;
      const element = await inspector(
        async () => {
          loads++;
          return new FakeDetector();
        },
        { loading: 'eager' },
      );
      await element.inspect(await photo());
      await element.inspect(await photo());
      await aTimeout(50);
      expect(loads).to.equal(1);
    });

    it('loads a lazy model once the element is seen, and not before', async () => {
      let loads = 0;
      DefectInspectorElement.detectorFactory = async () => {
        loads++;
        return new FakeDetector();
      };
      const frame = await fixture<HTMLElement>(
        html`<div style="margin-top: 5000px; height: 800px">
          <defect-inspector loading="lazy" style="height: 100%"></defect-inspector>
        </div>`,
      );
      await aTimeout(200);
      expect(loads).to.equal(0);
      frame.scrollIntoView();
      await waitUntil(() => loads === 1);
    });

    it('passes model, threads and assets on', async () => {
      let options: DetectorOptions = {};
      DefectInspectorElement.detectorFactory = async (given) => {
        options = given ?? {};
        return new FakeDetector();
      };
      const element = await fixture<DefectInspectorElement>(
        html`<defect-inspector
          model="castings"
          threads="3"
          assets="/files/"
          loading="eager"
        ></defect-inspector>`,
      );
      await waitUntil(() => options.model !== undefined);
      expect(element.model).to.equal('castings');
      expect(options.model).to.equal('castings');
      expect(options.threads).to.equal(3);
      expect(options.assets).to.equal('/files/');
      element.assets = '/moved/';
      await waitUntil(() => options.assets === '/moved/');
    });
  });

  describe('teaching', () => {
    const welcome = (element: Element) => part(element, 'defect-welcome');
    const buttons = (root: Element) => [...root.shadowRoot!.querySelectorAll('button')];
    const click = (root: Element, name: string) => {
      const found = buttons(root).find((one) => (one.ariaLabel ?? one.textContent).trim() === name);
      if (!found) throw new Error(`There is no button “${name}”.`);
      found.focus();
      found.click();
      return found;
    };
    const panel = async (element: DefectInspectorElement) => {
      // It is fetched with the first lesson.
      await waitUntil(
        () => element.shadowRoot!.querySelector('defect-lesson')?.shadowRoot,
        'the panel is there',
        { timeout: 15_000 },
      );
      return part(element, 'defect-lesson');
    };

    it('is offered on the first screen, and asks for photos of the part', async () => {
      const element = await inspector(never);
      click(welcome(element), 'Teach my part');
      await settled(element);
      await welcome(element).updateComplete;
      expect(shadow(welcome(element), 'h1').textContent).to.equal('Teach: My part');
      await expect(element).to.be.accessible();
      click(welcome(element), 'Not now');
      await settled(element);
      await welcome(element).updateComplete;
      expect(shadow(welcome(element), 'h1').textContent).to.contain('Every surface defect');
    });

    for (const [width, height] of [
      [1280, 800],
      [820, 1180],
      [390, 844],
      [320, 400],
    ] as const) {
      it(`has a panel beside the photo, in a box of ${width} x ${height}`, async () => {
        const element = await inspector(undefined, { width, height });
        await element.inspect(await photo());
        element.run('lesson.start', { name: 'Caps' });
        const lesson = await panel(element);
        await settled(element);
        part(element, 'defect-sheet').stop = 'full';
        await aTimeout(250);
        expect(shadow(lesson, 'h2').textContent).to.equal('Caps');
        expect(lesson.getBoundingClientRect().width).to.be.within(300, width);
        const stack = shadow(element, '.stack');
        expect(stack.scrollWidth).to.equal(stack.clientWidth);
        await expect(element).to.be.accessible();
      });
    }

    it('is begun and ended by one button of the top bar, which keeps the focus', async () => {
      const element = await inspector();
      await element.inspect(await photo());
      await settled(element);
      const bar = part(element, 'defect-top-bar');
      const button = click(bar, 'Teach');
      await panel(element);
      await settled(element);
      expect(button.ariaPressed).to.equal('true');
      expect(bar.shadowRoot!.activeElement).to.equal(button);
      click(bar, 'Teach');
      await settled(element);
      expect(element.shadowRoot!.querySelector('defect-lesson')).to.equal(null);
      expect(bar.shadowRoot!.activeElement).to.equal(button);
    });

    it('is offered where a photo is unlike those that the model knows', async () => {
      const foreign = inspection('part.png', [], { novelty: 3 });
      const element = await inspector(async () => new FakeDetector(() => foreign));
      await element.inspect(await photo());
      await settled(element);
      click(details(element), 'Teach it your part');
      await panel(element);
      await settled(element);
      expect(buttons(details(element)).some((one) => one.textContent.includes('Teach'))).to.equal(false);
    });

    it('is not offered where it is switched off', async () => {
      const element = await inspector();
      element.teaching = 'off';
      await settled(element);
      await welcome(element).updateComplete;
      expect(welcome(element).shadowRoot!.textContent).not.to.contain('Teach');
      await element.inspect(await photo());
      await settled(element);
      expect(part(element, 'defect-top-bar').shadowRoot!.textContent).not.to.contain('Teach');
    });
  });

  describe('while the model loads', () => {
    it('shows the bytes of a known total and lets photos wait', async () => {
      let report: (progress: Progress) => void = () => undefined;
      let open: (detector: Detector) => void = () => undefined;
      const element = await inspector((options) => {
        report = options!.onProgress!;
        return new Promise((resolve) => (open = resolve));
      });
      const heard: Progress[] = [];
      element.addEventListener('defect-progress', ({ detail }) => heard.push(detail));
      const result = element.inspect(await photo('a.png'));
      await settled(element);
      report({ phase: 'model', loaded: 2_100_000, total: 4_600_000 });
      await settled(element);
      const bar = part(element, 'defect-top-bar');
      await bar.updateComplete;
      expect(bar.shadowRoot!.textContent).to.contain('Loading model 2.1 of 4.6 MB');
      expect((shadow(bar, 'progress') as HTMLProgressElement).value).to.be.closeTo(0.4565, 1e-3);
      expect(headline(element)).to.equal('Waiting for the model');
      expect(entries(element)[0]!.state).to.equal('waiting');
      await expect(element).to.be.accessible();
      open(new FakeDetector());
      expect((await result).image.name).to.equal('a.png');
      expect(heard.map(({ phase }) => phase)).to.deep.equal(['model', 'inspecting']);
    });

    it('a failed model is said in a banner; trying again inspects the photos that wait', async () => {
      let isOnline = false;
      const element = await inspector(async () => {
        if (!isOnline) throw failure('offline', 'There is no network. Connect and try again.');
        return new FakeDetector();
      });
      const errors: string[] = [];
      element.addEventListener('defect-error', ({ detail }) =>
        errors.push(`${detail.error.code} ${detail.name}`),
      );
      const failed = await element
        .inspect(await photo('a.png'))
        .catch((error: unknown) => (error as InspectorError).code);
      expect(failed).to.equal('offline');
      expect(errors.at(-1)).to.equal('offline a.png');
      await settled(element);
      const banner = shadow(element, '.banner.error');
      expect(banner.textContent).to.contain('There is no network.');
      await expect(element).to.be.accessible();
      isOnline = true;
      banner.querySelector('button')!.click();
      await waitUntil(() => entries(element)[0]!.state === 'done');
      await settled(element);
      expect(element.shadowRoot!.querySelector('.banner')).to.equal(null);
      expect(headline(element)).to.equal('2 defects');
    });

    it('says why another model is in use', async () => {
      const fallback = failure('model-unsupported', 'This is a classification model: it has no masks.');
      const element = await inspector(async () => new FakeDetector(undefined, { fallback }));
      const told = oneEvent<DefectInspectorEvents['defect-model']>(element, 'defect-model');
      await element.inspect(await photo());
      expect((await told).detail.fallback).to.equal(fallback);
      await settled(element);
      const banner = shadow(element, '.banner');
      expect(banner.textContent).to.contain('it has no masks');
      expect(banner.textContent).to.contain(MODEL.name);
      [...banner.querySelectorAll('button')].find(({ textContent }) => textContent === 'Close')!.click();
      await settled(element);
      expect(element.shadowRoot!.querySelector('.banner')).to.equal(null);
    });
  });

  describe('a result', () => {
    it('resolves, fires, and fills headline, table and sentences', async () => {
      const element = await inspector();
      const fired = oneEvent(element, 'defect-result');
      const result = await element.inspect(await photo('ring.png'));
      expect((await fired).detail).to.equal(result);
      expect(element.inspections).to.deep.equal([result]);
      await settled(element);
      expect(headline(element)).to.equal('2 defects');
      expect(rows(element).map(cells)).to.deep.equal([
        ['1', 'pitting', '0.90', '20', '20', '120', '100', String(Math.round(result.detections[0]!.area))],
        ['2', 'crack', '0.55', '60', '50', '30', '30', String(Math.round(result.detections[1]!.area))],
      ]);
      const caption = shadow(part(element, 'defect-viewer'), '.caption').textContent;
      expect(caption).to.contain('320 × 160 px seen at 160 × 80: defects under about 16 px can’t be seen');
      expect(caption).to.contain('ball screws and steel strip');
      const status = shadow(element, '[role="status"]').textContent;
      expect(status).to.equal('ring.png: 2 defects');
      for (const theme of ['light', 'dark'] as const) {
        element.theme = theme;
        await settled(element);
        await expect(element).to.be.accessible();
      }
    });

    it('filters with the slider, without another run', async () => {
      const detector = new FakeDetector();
      const element = await inspector(async () => detector);
      await element.inspect(await photo());
      await settled(element);
      slide(element, 0.05);
      await settled(element);
      expect(element.threshold).to.equal(0.05);
      expect(rows(element).length).to.equal(4);
      slide(element, 0.8);
      await settled(element);
      expect(rows(element).length).to.equal(1);
      slider(element).dispatchEvent(new MouseEvent('dblclick', { bubbles: true }));
      await settled(element);
      expect(element.threshold).to.equal('auto');
      expect(rows(element).length).to.equal(2);
      expect(detector.inspected.length).to.equal(1);
    });

    it('does not call a photo without findings good', async () => {
      const element = await inspector();
      await element.inspect(await photo());
      await settled(element);
      slide(element, 0.95);
      await settled(element);
      expect(headline(element)).to.equal('Nothing found above the threshold');
      const text = details(element).shadowRoot!.textContent.replace(/\s+/g, ' ');
      expect(text).to.contain(
        'This is not a pass. The model knows pitting, crack on ball screws and steel strip',
      );
      expect(text).to.contain('4 fainter spots below the threshold');
      await expect(element).to.be.accessible();
      shadow(details(element), 'button.link').click();
      await settled(element);
      expect(rows(element).length).to.equal(4);
    });

    it('a photo unlike the training data says so', async () => {
      const element = await inspector(
        async () =>
          new FakeDetector((name) =>
            inspection(name, undefined, { novelty: name === 'kitchen.png' ? 1.4 : 0.4 }),
          ),
      );
      await element.inspect(await photo('part.png'));
      await settled(element);
      const notes = () => shadow(details(element), '.notes').textContent.replace(/\s+/g, ' ');
      expect(notes()).not.to.contain('does not look like');
      await element.inspect(await photo('kitchen.png'));
      await settled(element);
      expect(notes()).to.contain(
        'This photo does not look like what the model was trained on (ball screws and steel strip).',
      );
      await expect(element).to.be.accessible();
    });

    it('a capped result says so', async () => {
      const element = await inspector(
        async () => new FakeDetector((name) => inspection(name, undefined, { truncated: true })),
      );
      await element.inspect(await photo());
      await settled(element);
      expect(shadow(details(element), '.note').textContent).to.contain(
        'Only the 100 with the highest scores',
      );
    });

    it('sorts, and says how', async () => {
      const element = await inspector();
      element.threshold = 0.05;
      await element.inspect(await photo());
      await settled(element);
      const heads = [...table(element).shadowRoot!.querySelectorAll('th')];
      const area = heads.find(({ textContent }) => textContent.includes('Area'))!;
      const ids = () => rows(element).map(({ dataset }) => Number(dataset.id));
      area.querySelector('button')!.click();
      await settled(element);
      expect(area.getAttribute('aria-sort')).to.equal('descending');
      expect(ids()).to.deep.equal([1, 3, 4, 2]);
      area.querySelector('button')!.click();
      await settled(element);
      expect(area.getAttribute('aria-sort')).to.equal('ascending');
      expect(ids()).to.deep.equal([2, 4, 3, 1]);
      expect(heads.filter((head) => head.getAttribute('aria-sort') !== 'none').length).to.equal(1);
    });

    it('hides a class without calling its defects absent', async () => {
      const element = await inspector();
      await element.inspect(await photo());
      await settled(element);
      const [pitting] = details(element).shadowRoot!.querySelectorAll<HTMLElement>('.legend button');
      pitting!.click();
      await settled(element);
      expect(rows(element).length).to.equal(1);
      expect(headline(element).replace(/\s+/g, ' ')).to.equal('2 defects (1 hidden)');
      expect(pitting!.getAttribute('aria-pressed')).to.equal('false');
    });
  });

  describe('selection', () => {
    it('goes from the table to the picture, and by the keys J and K around', async () => {
      const element = await inspector();
      await element.inspect(await photo());
      await settled(element);
      rows(element)[1]!.click();
      await settled(element);
      expect(part(element, 'defect-viewer').selectedId).to.equal(2);
      expect(rows(element)[1]!.getAttribute('aria-selected')).to.equal('true');
      press(element, 'j');
      await settled(element);
      expect(part(element, 'defect-viewer').selectedId).to.equal(1);
      press(element, 'k');
      await settled(element);
      expect(part(element, 'defect-viewer').selectedId).to.equal(2);
      press(element, 'Escape');
      await settled(element);
      expect(part(element, 'defect-viewer').selectedId).to.equal(undefined);
    });

    it('goes from the picture to the table', async () => {
      const element = await inspector();
      await element.inspect(await photo());
      await settled(element);
      sendCommand(part(element, 'defect-viewer'), 'defect.select', { id: 2 });
      await settled(element);
      expect(rows(element)[1]!.getAttribute('aria-selected')).to.equal('true');
      sendCommand(part(element, 'defect-viewer'), 'defect.hover', { id: 1 });
      await settled(element);
      expect(rows(element)[0]!.classList.contains('hovered')).to.equal(true);
    });

    it('rows are walked with the arrow keys', async () => {
      const element = await inspector();
      await element.inspect(await photo());
      await settled(element);
      rows(element)[0]!.focus();
      press(rows(element)[0]!, 'ArrowDown');
      await settled(element);
      expect(rows(element)[1]!.getAttribute('aria-selected')).to.equal('true');
      expect(table(element).shadowRoot!.activeElement).to.equal(rows(element)[1]);
    });
  });

  describe('keys and what is said', () => {
    const said = (element: Element) => shadow(element, '[role="status"]').textContent;

    it('J, J, Enter zooms to the selected defect, wherever the focus was', async () => {
      const element = await inspector();
      element.threshold = 0.05;
      await element.inspect(await photo());
      await settled(element);
      const zoomed: number[] = [];
      part(element, 'defect-viewer').zoomTo = (id) => zoomed.push(id);
      rows(element)[0]!.focus();
      press(rows(element)[0]!, 'j');
      press(rows(element)[0]!, 'j');
      await settled(element);
      const focused = table(element).shadowRoot!.activeElement!;
      expect(focused).to.equal(rows(element)[1]);
      press(focused, 'Enter');
      expect(zoomed).to.deep.equal([2]);
    });

    it('turning to a photo or a defect, and moving the threshold, say what is shown', async () => {
      const element = await inspector();
      element.add([await photo('a.png'), await photo('b.png')]);
      await waitUntil(() => element.inspections.length === 2);
      press(element, 'n');
      await settled(element);
      expect(said(element)).to.equal('b.png, 2 of 2: 2 defects');
      press(element, 'j');
      await settled(element);
      expect(said(element)).to.equal('Defect 1 of 2: pitting, score 0.90, 120 × 100 px');
      slide(element, 0.8);
      await settled(element);
      expect(said(element)).to.equal('1 defect');
      press(element, '[');
      await settled(element);
      expect(said(element)).to.equal('Threshold 0.75 for all classes: 1 defect');
    });

    it('letters are keys only where the element has the page, or somebody says so', async () => {
      const element = await inspector();
      element.letterKeys = undefined;
      element.add([await photo('a.png'), await photo('b.png')]);
      await waitUntil(() => element.inspections.length === 2);
      const shown = async () => {
        await settled(element);
        return part(element, 'defect-viewer').name;
      };
      press(element, 'n');
      expect(await shown()).to.equal('a.png');
      press(element, 'PageDown');
      expect(await shown()).to.equal('b.png');
      element.dropTarget = 'page';
      await element.updateComplete;
      press(element, 'p');
      expect(await shown()).to.equal('a.png');

      element.run('dialog.keys');
      await settled(element);
      const dialog = part(element, 'defect-keys-dialog');
      const choice = shadow(dialog, 'input[type="checkbox"]') as HTMLInputElement;
      expect(choice.checked).to.equal(true);
      await expect(element).to.be.accessible();
      choice.click();
      dialog.close();
      press(element, 'n');
      expect(await shown()).to.equal('a.png');
      element.run('keys.letters', { isOn: true });
      press(element, 'n');
      expect(await shown()).to.equal('b.png');
    });

    it('a class that is hidden is said to be on the next photo, too, and comes back by one button', async () => {
      const element = await inspector();
      element.add([await photo('a.png'), await photo('b.png')]);
      await waitUntil(() => element.inspections.length === 2);
      for (const id of [1, 2]) element.run('class.toggle', { id });
      element.run('photo.next');
      await settled(element);
      expect(rows(element).length).to.equal(0);
      expect(details(element).shadowRoot!.textContent).to.contain('Nothing is shown');
      await waitUntil(() => part(element, 'defect-viewer').shadowRoot!.querySelector('.pill'));
      shadow(part(element, 'defect-viewer'), '.pill button').click();
      await settled(element);
      expect(rows(element).length).to.equal(2);
    });
  });

  describe('many photos', () => {
    it('shows the first result while the rest wait, and keeps the order', async () => {
      const detector = new FakeDetector(undefined, { isHolding: true });
      const element = await inspector(async () => detector);
      element.add(await Promise.all(['a.png', 'b.png', 'c.png'].map((name) => photo(name))));
      await waitUntil(() => detector.inspected.length === 1);
      await settled(element);
      expect(headline(element)).to.equal('Inspecting');
      await expect(element).to.be.accessible();
      detector.release();
      await waitUntil(() => detector.inspected.length === 2);
      await settled(element);
      expect(headline(element)).to.equal('2 defects');
      expect(entries(element).map(({ state }) => state)).to.deep.equal(['done', 'running', 'waiting']);
      shadow(part(element, 'defect-queue'), '.overall button').click();
      await settled(element);
      expect(entries(element).map(({ state }) => state)).to.deep.equal(['done', 'cancelled', 'cancelled']);
    });

    it('one bad photo has its error beside it, with next steps, and the others go on', async () => {
      const element = await inspector(
        async () =>
          new FakeDetector((name) => {
            if (name === 'bad.png') throw failure('corrupt-image', 'This file ends too early.');
            return inspection(name);
          }),
      );
      const error = oneEvent<DefectInspectorEvents['defect-error']>(element, 'defect-error');
      element.add([await photo('bad.png'), await photo('good.png')]);
      expect((await error).detail.name).to.equal('bad.png');
      await waitUntil(() => element.inspections.length === 1);
      await settled(element);
      const card = shadow(part(element, 'defect-photo-status'), '.card');
      expect(card.textContent).to.contain('This file ends too early.');
      expect([...card.querySelectorAll('button')].map(({ textContent }) => textContent.trim())).to.deep.equal(
        ['Try again', 'Choose another photo', 'Remove'],
      );
      await expect(element).to.be.accessible();
      card.querySelectorAll('button')[2]!.click();
      await settled(element);
      expect(entries(element).map(({ name }) => name)).to.deep.equal(['good.png']);
      expect(headline(element)).to.equal('2 defects');
    });

    it('N and P walk through the photos', async () => {
      const element = await inspector();
      element.add([await photo('a.png'), await photo('b.png')]);
      await waitUntil(() => element.inspections.length === 2);
      press(element, 'n');
      await settled(element);
      expect(part(element, 'defect-viewer').name).to.equal('b.png');
      press(element, 'p');
      await settled(element);
      expect(part(element, 'defect-viewer').name).to.equal('a.png');
    });

    it('keeps 300 photos in place while the slider moves', async () => {
      const element = await inspector();
      const one = await photo();
      element.add(Array.from({ length: 300 }, (_, i) => new File([one], `part-${i}.png`)));
      await waitUntil(() => element.inspections.length === 300, 'all are done', { timeout: 15_000 });
      await settled(element);
      const list = part(element, 'defect-queue').shadowRoot!;
      const items = [...list.querySelectorAll('li')];
      expect(items.map((item) => item.ariaSetSize)).to.deep.equal(items.map(() => '300'));
      // Those out of sight aren't there.
      expect(items.length).to.be.within(10, 40);
      const counts = () => items.map((item) => parseInt(item.querySelector('.count')!.textContent));
      expect(counts().every((count) => count > 0)).to.equal(true);
      slide(element, 1);
      await settled(element);
      // Only the figures change; making the rows anew would cost thumbnails, scroll position and focus.
      expect([...list.querySelectorAll('li')].every((item, i) => item === items[i])).to.equal(true);
      expect(counts().every((count) => count === 0)).to.equal(true);
    }).timeout(30_000);

    it('brings removed photos back, by the notice and by keys, and lets a text field keep its own', async () => {
      const element = await inspector();
      element.add([await photo('a.png'), await photo('b.png')]);
      await waitUntil(() => element.inspections.length === 2);
      const listed = async () => {
        await settled(element);
        const list = element.shadowRoot!.querySelector('defect-queue');
        return (list?.entries ?? []).map(({ name, state }) => `${name} ${state}`);
      };
      const both = await listed();
      shadow(part(element, 'defect-queue'), '[aria-label="Remove a.png"]').click();
      expect(await listed()).to.deep.equal(['b.png done']);
      expect(part(element, 'defect-viewer').name).to.equal('b.png');
      const notice = shadow(element, '.banner');
      expect(notice.textContent).to.contain('a.png was removed.');
      await expect(element).to.be.accessible();
      [...notice.querySelectorAll('button')].find(({ textContent }) => textContent === 'Undo')!.click();
      expect(await listed()).to.deep.equal(both);
      expect(part(element, 'defect-viewer').name).to.equal('a.png');
      expect(element.shadowRoot!.querySelector('.banner')).to.equal(null);

      const held = { ctrlKey: true, bubbles: true, composed: true, cancelable: true };
      shadow(part(element, 'defect-queue'), '[aria-label="Clear the list"]').click();
      expect(await listed()).to.deep.equal([]);
      expect(shadow(element, '.banner').textContent).to.contain('2 photos were removed.');
      const field = element.appendChild(document.createElement('input'));
      field.dispatchEvent(new KeyboardEvent('keydown', { key: 'z', ...held }));
      expect(await listed()).to.deep.equal([]);
      const undo = new KeyboardEvent('keydown', { key: 'z', ...held });
      element.dispatchEvent(undo);
      expect(undo.defaultPrevented).to.equal(true);
      expect(await listed()).to.deep.equal(both);
      element.dispatchEvent(new KeyboardEvent('keydown', { key: 'y', ...held }));
      expect(await listed()).to.deep.equal([]);
    });

    for (const width of [1280, 820]) {
      it(`cancels all where nothing else is and inspects again what was cancelled, ${width} px wide`, async () => {
        const detector = new FakeDetector(undefined, { isHolding: true });
        const element = await inspector(async () => detector, { width });
        element.add(await Promise.all(['a.png', 'b.png', 'c.png'].map((name) => photo(name))));
        await waitUntil(() => detector.inspected.length === 1);
        detector.release();
        await waitUntil(() => element.inspections.length === 1);
        await settled(element);
        const list = part(element, 'defect-queue');
        const cancel = shadow(list, '.overall button');
        const { left, top, width: across, height } = cancel.getBoundingClientRect();
        cancel.click();
        await settled(element);
        expect(shadow(list, '.overall').textContent).to.contain('1 done, 2 cancelled');
        // A second click on the same place does nothing.
        for (const share of [0.1, 0.5, 0.9]) {
          const under = list.shadowRoot!.elementFromPoint(left + across * share, top + height / 2);
          expect(under?.closest('button')?.textContent ?? 'no button').to.equal('no button');
        }
        await expect(element).to.be.accessible();
        const again = width > 1100 ? '.again button' : 'defect-menu .items button:nth-of-type(2)';
        expect(shadow(list, again).textContent.trim()).to.equal('Inspect 2 cancelled');
        shadow(list, again).click();
        await settled(element);
        expect(entries(element).map(({ state }) => state)).to.deep.equal(['done', 'running', 'waiting']);
      });
    }

    it('gives the focus of a sample that was started to the list of photos', async () => {
      const one = await photo();
      const element = await inspector(never);
      const button = document.createElement('button');
      button.slot = 'samples';
      button.textContent = 'Steel strip';
      button.addEventListener('click', () => element.add([one]));
      element.append(button);
      const samples = shadow(part(element, 'defect-welcome'), '.samples');
      await waitUntil(() => !samples.hidden);
      button.focus();
      button.click();
      await waitUntil(() => document.activeElement === element, 'the element has the focus');
      expect(element.shadowRoot!.activeElement).to.equal(part(element, 'defect-queue'));
    });

    it('never lets the focus fall to the page', async () => {
      const element = await inspector();
      element.add([await photo('a.png'), await photo('b.png')]);
      await waitUntil(() => element.inspections.length === 2);
      await settled(element);
      const focused = () => {
        let at = document.activeElement;
        while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
        return at?.textContent.trim().replace(/\s+/g, ' ');
      };
      const clear = shadow(part(element, 'defect-queue'), '[aria-label="Clear the list"]');
      clear.focus();
      clear.click();
      await settled(element);
      await waitUntil(() => focused() === 'Undo', 'the way back has the focus');
      (element.shadowRoot!.activeElement as HTMLElement).click();
      await settled(element);
      await waitUntil(() => focused()?.startsWith('a.png'), 'the photo has the focus');
      element.run('photos.clear');
      await settled(element);
      await waitUntil(() => focused() === 'Undo', 'the way back has it again');
      const close = [...shadow(element, '.banner').querySelectorAll('button')].at(-1)!;
      close.focus();
      close.click();
      await settled(element);
      await waitUntil(() => focused() === 'Choose photos', 'there is nothing else');
    });

    it('never lets it fall there when a photo is removed, the last one too, or out of a dialog', async () => {
      const element = await inspector();
      element.add([await photo('a.png'), await photo('b.png')]);
      await waitUntil(() => element.inspections.length === 2);
      await settled(element);
      const list = part(element, 'defect-queue');
      for (const name of ['a.png', 'b.png']) {
        list.focus();
        press(list.shadowRoot!.activeElement!, 'Delete');
        await settled(element);
        await waitUntil(() => document.activeElement === element, `after ${name}`);
      }
      expect(element.shadowRoot!.activeElement?.textContent).to.equal('Undo');

      element.run('dialog.models');
      await settled(element);
      const dialog = part(element, 'defect-models-dialog');
      await waitUntil(() => dialog.shadowRoot?.querySelector('dialog')?.open, 'the dialog is open', {
        timeout: 5000,
      });
      shadow(dialog, 'input[name="url"]').focus();
      // Its form gives way to the progress.
      dialog.view = { ...dialog.view, fetching: { loaded: 1, total: 2 } };
      await dialog.updateComplete;
      element.requestUpdate();
      await waitUntil(() => document.activeElement === element, 'the dialog has the focus');
      expect(element.shadowRoot!.activeElement).to.equal(dialog);
      dialog.close();
      await settled(element);
      await waitUntil(() => document.activeElement === element, 'the dialog is closed');
      expect(element.shadowRoot!.activeElement).not.to.equal(dialog);
    });

    it('offers the way back for ten seconds at least, and by keys after that', async () => {
      const element = await inspector();
      await element.inspect(await photo('a.png'));
      element.run('photos.clear');
      await settled(element);
      const banner = part(element, 'defect-banner');
      expect(banner.banner.lasts).to.be.at.least(10_000);
      banner.banner = { ...banner.banner, lasts: 20 };
      banner.dispatchEvent(new PointerEvent('pointerleave'));
      await waitUntil(() => element.shadowRoot!.querySelector('defect-banner') === null);
      expect(element.run('edit.undo')).to.equal(true);
      await settled(element);
      expect(entries(element).map(({ name }) => name)).to.deep.equal(['a.png']);
    });

    it('has the browser ask before results are lost, if the page is its own, and only then', async () => {
      const isAsked = () => {
        const event = new Event('beforeunload', { cancelable: true });
        window.dispatchEvent(event);
        return event.defaultPrevented;
      };
      const element = await inspector();
      await element.inspect(await photo());
      await settled(element);
      expect(isAsked()).to.equal(false);
      element.dropTarget = 'page';
      await settled(element);
      expect(isAsked()).to.equal(true);
      await element.export('csv');
      await settled(element);
      expect(isAsked()).to.equal(false);
      await element.inspect(await photo());
      await settled(element);
      expect(isAsked()).to.equal(true);
      element.remove();
      expect(isAsked()).to.equal(false);
    });

    it('goes on with what waits when it is taken out and put back', async () => {
      const detectors: FakeDetector[] = [];
      const element = await inspector(async () => {
        const detector = new FakeDetector(undefined, { isHolding: true });
        detectors.push(detector);
        return detector;
      });
      const results = ['a.png', 'b.png'].map(async (name) => element.inspect(await photo(name)));
      await waitUntil(() => detectors[0]?.inspected.length === 1);
      const home = element.parentElement!;
      element.remove();
      await aTimeout(20);
      expect(detectors[0]!.isDisposed).to.equal(true);
      home.append(element);
      await waitUntil(() => detectors[1]?.inspected.length === 1);
      detectors[1]!.release();
      await waitUntil(() => detectors[1]!.inspected.length === 2);
      detectors[1]!.release();
      expect((await Promise.all(results)).map(({ image }) => image.name)).to.deep.equal(['a.png', 'b.png']);
    });

    it('pauses and goes on', async () => {
      const detector = new FakeDetector(undefined, { isHolding: true });
      const element = await inspector(async () => detector);
      element.add(await Promise.all(['a.png', 'b.png'].map((name) => photo(name))));
      await waitUntil(() => detector.inspected.length === 1);
      await settled(element);
      const list = part(element, 'defect-queue');
      shadow(list, '[aria-label="Pause"]').click();
      detector.release();
      await waitUntil(() => element.inspections.length === 1);
      await settled(element);
      expect(entries(element).map(({ state }) => state)).to.deep.equal(['done', 'waiting']);
      expect(shadow(list, '.overall').textContent).to.contain('1 of 2 · paused');
      await expect(element).to.be.accessible();
      shadow(list, '[aria-label="Resume"]').click();
      await waitUntil(() => detector.inspected.length === 2);
    });

    it('does by `run` what keys and buttons do', async () => {
      const element = await inspector();
      expect(element.run('photo.next')).to.equal(false);
      element.add([await photo('a.png'), await photo('b.png')]);
      await waitUntil(() => element.inspections.length === 2);
      expect(element.run('photo.next')).to.equal(true);
      element.run('threshold.set', { threshold: 0.05 });
      element.run('table.sort', { key: 'area' });
      element.run('defect.next');
      await settled(element);
      expect(part(element, 'defect-viewer').name).to.equal('b.png');
      expect(rows(element).map((row) => row.getAttribute('aria-selected'))).to.deep.equal([
        'true',
        'false',
        'false',
        'false',
      ]);
      expect(element.threshold).to.equal(0.05);
      element.run('photos.clear');
      await settled(element);
      expect(element.inspections).to.deep.equal([]);
    });

    it('clears', async () => {
      const element = await inspector();
      await element.inspect(await photo());
      element.clear();
      await settled(element);
      expect(element.inspections).to.deep.equal([]);
      expect(element.shadowRoot!.querySelector('defect-welcome')).to.not.equal(null);
    });
  });

  describe('ways in and out', () => {
    it('takes dropped and pasted photos, and shows where to drop', async () => {
      const element = await inspector();
      const transfer = new DataTransfer();
      transfer.items.add(await photo('dropped.png'));
      element.dispatchEvent(
        new DragEvent('dragover', { dataTransfer: transfer, bubbles: true, cancelable: true }),
      );
      await element.updateComplete;
      expect(shadow(element, '.veil').textContent).to.equal('Drop to inspect');
      element.dispatchEvent(
        new DragEvent('drop', { dataTransfer: transfer, bubbles: true, cancelable: true }),
      );
      await waitUntil(() => element.inspections.length === 1);
      expect(element.shadowRoot!.querySelector('.veil')).to.equal(null);
      const board = new DataTransfer();
      board.items.add(await photo('image.png'));
      element.dispatchEvent(new ClipboardEvent('paste', { clipboardData: board, bubbles: true }));
      await waitUntil(() => element.inspections.length === 2);
      const names = element.inspections.map(({ image }) => image.name);
      expect(names[0]).to.equal('dropped.png');
      expect(names[1]).to.match(/^pasted \d\d\.\d\d\.\d\d\.png$/);
    });

    it('drop-target="page" takes them anywhere on the page', async () => {
      const element = await inspector();
      element.dropTarget = 'page';
      await element.updateComplete;
      const transfer = new DataTransfer();
      transfer.items.add(await photo('dropped.png'));
      document.body.dispatchEvent(
        new DragEvent('drop', { dataTransfer: transfer, bubbles: true, cancelable: true }),
      );
      await waitUntil(() => element.inspections.length === 1);
    });

    it('a dropped model file replaces the model; what was found stays', async () => {
      const models: DetectorOptions['model'][] = [];
      const element = await inspector(async (options) => {
        models.push(options?.model);
        return new FakeDetector();
      });
      await element.inspect(await photo());
      const transfer = new DataTransfer();
      const file = new File(['x'], 'castings.onnx');
      transfer.items.add(file);
      element.dispatchEvent(
        new DragEvent('drop', { dataTransfer: transfer, bubbles: true, cancelable: true }),
      );
      await waitUntil(() => models.length === 2);
      expect((models[1] as File).name).to.equal('castings.onnx');
      expect(element.inspections.length).to.equal(1);
    });

    it('takes what it can of a list, and rejects what is no photo like any other that fails', async () => {
      const element = await inspector(
        async () =>
          new FakeDetector((name, input) => {
            if (input instanceof File) return inspection(name);
            throw failure('unsupported-image', 'Not a photo.');
          }),
      );
      const detached = new ImageData(2, 2);
      structuredClone(detached.data.buffer, { transfer: [detached.data.buffer] });
      element.add([await photo('a.png'), detached, await photo('b.png')]);
      await waitUntil(() => element.inspections.length === 2);
      expect(entries(element).map(({ state }) => state)).to.deep.equal(['done', 'failed', 'done']);
      for (const input of [null, undefined, detached]) {
        const error = await element.inspect(input as unknown as File).catch((cause: unknown) => cause);
        expect((error as InspectorError).code).to.equal('unsupported-image');
      }
      await settled(element);
      await expect(element).to.be.accessible();
    });

    it('copies a canvas, so that it may change while the photo waits', async () => {
      const canvas = document.createElement('canvas');
      canvas.width = canvas.height = 4;
      let seen: ImageData | undefined;
      const element = await inspector(
        async () =>
          new FakeDetector((name, input) => {
            const copy = input as OffscreenCanvas;
            seen = copy.getContext('2d')!.getImageData(0, 0, 1, 1);
            return inspection(name);
          }),
      );
      const context = canvas.getContext('2d')!;
      context.fillStyle = 'rgb(255 0 0)';
      context.fillRect(0, 0, 4, 4);
      const result = element.inspect(canvas, { name: 'still' });
      context.clearRect(0, 0, 4, 4);
      expect((await result).image.name).to.equal('still');
      expect([...seen!.data]).to.deep.equal([255, 0, 0, 255]);
    });

    it('exports what is visible, of one photo or of all', async () => {
      const element = await inspector();
      const [a, b]: Inspection[] = [
        await element.inspect(await photo('a.png')),
        await element.inspect(await photo('b.png')),
      ];
      const csv = await (await element.export('csv')).text();
      expect(csv.trim().split('\r\n').length).to.equal(1 + 4);
      const json = JSON.parse(await (await element.export('json')).text()) as {
        inspections: { id: string }[];
      };
      expect(json.inspections.map(({ id }) => id)).to.deep.equal([a!.id, b!.id]);
      element.threshold = 0.05;
      const coco = JSON.parse(await (await element.export('coco')).text()) as { annotations: unknown[] };
      expect(coco.annotations.length).to.equal(8);

      await settled(element);
      const saved: { name: string; href: string }[] = [];
      const click = HTMLAnchorElement.prototype.click;
      HTMLAnchorElement.prototype.click = function (this: HTMLAnchorElement) {
        saved.push({ name: this.download, href: this.href });
      };
      try {
        const bar = part(element, 'defect-top-bar');
        await bar.updateComplete;
        for (const button of bar.shadowRoot!.querySelectorAll<HTMLElement>('.exports button')) button.click();
      } finally {
        HTMLAnchorElement.prototype.click = click;
      }
      expect(saved.map(({ name }) => name)).to.deep.equal([
        'b-defects.csv',
        'b-defects.json',
        'b-defects.coco.json',
        'defects.csv',
        'defects.json',
        'defects.coco.json',
      ]);
      const text = await (await fetch(saved[0]!.href)).text();
      expect(text).to.contain('b.png').and.not.to.contain('a.png');
    });
  });

  describe('models', () => {
    const banner = (element: Element) => shadow(element, '.banners');
    const clickIn = (element: Element, name: string) =>
      [...banner(element).querySelectorAll('button')].find((one) => one.textContent.trim() === name)!.click();

    it('one that fails on a photo gives way to the shipped one, which inspects that photo', async () => {
      const failing = new FakeDetector(() => {
        throw failure('out-of-memory', 'Too little memory.');
      });
      const element = await inspector(async (options) => (options?.model ? failing : new FakeDetector()));
      element.model = 'own.onnx';
      const found = await element.inspect(await photo('ring.png'));
      expect(found.image.name).to.equal('ring.png');
      expect(failing.inspected).to.deep.equal(['ring.png']);
      await settled(element);
      expect(banner(element).textContent).to.contain('could not be run on a photo. Too little memory.');
      expect(banner(element).textContent.replaceAll(/\s+/g, ' ')).to.contain('Instead, test-model is in use');
      await expect(element).to.be.accessible();
    });

    it('chosen while a photo is inspected, it inspects that photo, and nobody hears of a cancellation', async () => {
      const slow = new FakeDetector(undefined, { isHolding: true });
      const other = { ...MODEL, name: 'other', hash: 'ef'.repeat(32) };
      const element = await inspector(async (options) =>
        options?.model ? new FakeDetector((name) => inspection(name, [], { model: other })) : slow,
      );
      const errors: unknown[] = [];
      element.addEventListener('defect-error', ({ detail }) => errors.push(detail));
      const pending = element.inspect(await photo());
      await waitUntil(() => slow.inspected.length === 1);
      element.model = 'other';
      expect((await pending).model.name).to.equal('other');
      expect(errors).to.deep.equal([]);
    });

    it('are offered for remembering, once, and listed in a dialog that keeps the keys', async () => {
      const put: string[] = [];
      DefectInspectorElement.modelShelf = {
        catalogue: async () => [],
        openStore: async () => ({
          list: async () => [],
          file: async () => undefined,
          put: async ({ name }) => void put.push(name),
          change: async () => undefined,
          delete: async () => undefined,
          lastChoice: async () => undefined,
          choose: async () => undefined,
        }),
      };
      try {
        const element = await inspector();
        const transfer = new DataTransfer();
        transfer.items.add(new File(['x'], 'castings.onnx'));
        element.dispatchEvent(new DragEvent('drop', { dataTransfer: transfer, bubbles: true }));
        await waitUntil(() => banner(element).textContent.includes('Remember it on this device'));
        await expect(element).to.be.accessible();
        clickIn(element, 'Remember it');
        await waitUntil(() => put.length > 0 && banner(element).textContent.trim() === '');
        expect(put).to.deep.equal(['castings']);
        shadow(part(element, 'defect-top-bar'), 'button.model').click();
        const dialog = part(element, 'defect-models-dialog');
        await waitUntil(() => dialog.isOpen);
        expect(dialog.isOpen).to.equal(true);
        const escape = new KeyboardEvent('keydown', { key: 'Escape', bubbles: true, cancelable: true });
        element.dispatchEvent(escape);
        expect(escape.defaultPrevented).to.equal(false);
        element.run('dialog.close');
      } finally {
        DefectInspectorElement.modelShelf = undefined;
      }
    });
  });

  describe('settings', () => {
    it('reads attributes and replaces invalid values', async () => {
      DefectInspectorElement.detectorFactory = never;
      const element = await fixture<DefectInspectorElement>(
        html`<defect-inspector threshold="0.3" view="original"></defect-inspector>`,
      );
      expect(element.threshold).to.equal(0.3);
      expect(element.view).to.equal('original');
      element.setAttribute('threshold', '0.001');
      expect(element.threshold).to.equal(0.05);
      element.setAttribute('threshold', 'plenty');
      expect(element.threshold).to.equal('auto');
      element.setAttribute('view', 'sideways');
      expect(['side-by-side', 'overlay']).to.contain(element.view);
    });

    it('reads how photos are looked at, and inspects the shown one again when that is changed', async () => {
      const detector = new FakeDetector();
      DefectInspectorElement.detectorFactory = async () => detector;
      const element = await fixture<DefectInspectorElement>(
        html`<defect-inspector detail="fast" smallest="24"></defect-inspector>`,
      );
      expect([element.detail, element.smallest]).to.deep.equal(['fast', 24]);
      await element.inspect(await photo('a.png'));
      expect(detector.asked.at(-1)).to.include({ detail: 'fast', smallest: 24 });
      element.setAttribute('detail', 'thorough');
      await waitUntil(() => element.inspections[0]!.input.detail === 'thorough');
      const own = await element.inspect(await photo('b.png'), { detail: 'fast' });
      expect(own.input.detail).to.equal('fast');
      element.setAttribute('detail', 'slow');
      element.setAttribute('smallest', 'little');
      expect([element.detail, element.smallest]).to.deep.equal(['auto', undefined]);
      element.smallest = 0.5;
      expect(element.smallest).to.equal(1);
    });

    it('says which attributes it does not understand, until they are right', async () => {
      const element = await inspector(never);
      const notices = () =>
        [...element.shadowRoot!.querySelectorAll('defect-banner p')].map(({ textContent }) =>
          textContent.trim(),
        );
      element.setAttribute('smallest', '12,5');
      element.setAttribute('detail', 'quick');
      await settled(element);
      expect(notices().join()).to.contain("The setting “smallest” can't be “12,5”");
      expect(notices().join()).to.contain('“quick”: it is fast, thorough or auto.');
      element.setAttribute('detail', 'THOROUGH');
      element.setAttribute('smallest', '12.5');
      await settled(element);
      expect([element.detail, element.smallest]).to.deep.equal(['thorough', 12.5]);
      expect(notices()).to.deep.equal([]);
      // Meant in per cent: taken as 1, it would hide next to everything.
      element.setAttribute('threshold', '50');
      await settled(element);
      expect(element.threshold).to.equal('auto');
      expect(notices().join()).to.contain('“50”: it is auto or a number above 0 and up to 1, such as 0.5.');
      element.setAttribute('threshold', '0.4');
      for (const [name, value] of [
        ['threshold', 'AUTO'],
        ['threshold', '0.4'],
        ['threads', '40'],
        ['time-limit', ''],
      ] as const)
        element.setAttribute(name, value);
      await settled(element);
      expect([notices(), element.threads]).to.deep.equal([[], 40]);
      const whole = 'it is a whole number from 1 to 64, such as 2. It is left as it usually is.';
      for (const value of ['999', '1.5', 'abc']) {
        element.setAttribute('threads', value);
        await settled(element);
        expect(notices()).to.deep.equal([`The setting “threads” can't be “${value}”: ${whole}`]);
        expect(element.threads).to.equal(undefined);
      }
      element.removeAttribute('threads');
      element.setAttribute('time-limit', '1e99');
      await settled(element);
      expect(notices().join()).to.contain('“1e99”: it is a number above 0 and up to 86400, such as 120.');
      expect([element.threads, element.timeLimit]).to.deep.equal([undefined, undefined]);
    });

    it('is as before where an attribute is taken away', async () => {
      const asked: unknown[] = [];
      DefectInspectorElement.detectorFactory = async (options) => {
        asked.push(options?.model);
        return new FakeDetector();
      };
      const element = await fixture<DefectInspectorElement>(
        html`<defect-inspector model="other" assets="/there" lesson-samples="a.json"></defect-inspector>`,
      );
      await element.inspect(await photo('a.png'));
      for (const name of ['model', 'assets', 'lesson-samples']) element.removeAttribute(name);
      await element.inspect(await photo('b.png'));
      expect([element.model, element.assets]).to.deep.equal(['', '']);
      // Frameworks set a property that has no value to null or undefined.
      element.model = null as unknown as string;
      await element.inspect(await photo('c.png'));
      expect(asked).to.deep.equal(['other', undefined, undefined]);
    });

    it('shows two pictures where there is room and one on a phone', async () => {
      const wide = await inspector(never);
      await waitUntil(() => wide.view === 'side-by-side');
      const phone = await inspector(never, { width: 390 });
      await waitUntil(() => phone.view === 'overlay');
    });

    it('goes through the themes', async () => {
      const element = await inspector(never, { theme: 'auto' });
      const bar = part(element, 'defect-top-bar');
      const seen: string[] = [];
      for (let i = 0; i < 3; i++) {
        shadow(bar, 'button[aria-label^="Theme"]').click();
        await element.updateComplete;
        await bar.updateComplete;
        seen.push(`${element.getAttribute('theme')} ${getComputedStyle(element).colorScheme}`);
      }
      expect(seen).to.deep.equal(['light light', 'dark dark', 'auto light dark']);
    });

    it('lists its keys, hides the defects while H is held, and changes the view', async () => {
      const element = await inspector();
      await element.inspect(await photo());
      await settled(element);
      press(element, '?');
      await settled(element);
      expect(part(element, 'defect-keys-dialog').isOpen).to.equal(true);
      await expect(element).to.be.accessible();
      part(element, 'defect-keys-dialog').close();
      press(element, 'h');
      await settled(element);
      expect(part(element, 'defect-viewer').areMasksHidden).to.equal(true);
      press(element, 'h', 'keyup');
      await settled(element);
      expect(part(element, 'defect-viewer').areMasksHidden).to.equal(false);
      press(element, 'v');
      expect(element.view).to.equal('overlay');
    });

    it('gives its memory back when it is taken out, and works again when it is put back', async () => {
      const detectors: FakeDetector[] = [];
      const element = await inspector(async () => {
        const detector = new FakeDetector();
        detectors.push(detector);
        return detector;
      });
      await element.inspect(await photo());
      const home = element.parentElement!;
      element.remove();
      await aTimeout(0);
      expect(detectors[0]!.isDisposed).to.equal(true);
      home.append(element);
      await element.inspect(await photo());
      expect(detectors.length).to.equal(2);
    });
  });

  describe('in little room', () => {
    /** Everything that can be pressed, in all shadow roots. */
    function targets(root: ParentNode): HTMLElement[] {
      return [...root.querySelectorAll<HTMLElement>('*')].flatMap((one) => [
        ...(one.matches('button:not(.link), input, select, summary, label:has(input), [tabindex="0"]')
          ? [one]
          : []),
        ...(one.shadowRoot ? targets(one.shadowRoot) : []),
      ]);
    }

    for (const [width, height] of [
      [390, 844],
      [375, 667],
      [320, 400],
      [844, 390],
      [720, 450],
    ] as const) {
      it(`gives the picture about half of ${width} x ${height}, and no target under 24 px`, async () => {
        const element = await inspector(undefined, { width, height });
        await element.inspect(await photo());
        await settled(element);
        const frame = element.getBoundingClientRect();
        const stage = shadow(part(element, 'defect-viewer'), '.stage').getBoundingClientRect();
        expect(stage.height / height).to.be.at.least(0.49);
        for (const target of targets(element.shadowRoot!)) {
          const box = target.getBoundingClientRect();
          // What only those see who hear it is as small as it likes.
          if (box.width <= 1 || getComputedStyle(target).opacity === '0') continue;
          const said = `${target.outerHTML.slice(0, 90)} ${box.width} x ${box.height}`;
          expect(box.width, said).to.be.at.least(24);
          expect(box.height, said).to.be.at.least(23.5);
        }
        const chip = shadow(part(element, 'defect-top-bar'), '.chip').getBoundingClientRect();
        expect(chip.width).to.be.at.least(60);
        expect(shadow(part(element, 'defect-top-bar'), '.space').getBoundingClientRect().right).to.be.at.most(
          frame.right,
        );
        await expect(element).to.be.accessible();
      });
    }

    it('opens what the bar has no room for in a menu that lies within the page', async () => {
      const element = await inspector(undefined, { width: 320, height: 600 });
      const button = document.createElement('button');
      button.slot = 'actions';
      button.textContent = 'More of the page';
      element.append(button);
      await element.inspect(await photo());
      await settled(element);
      const menu = shadow(part(element, 'defect-top-bar'), 'defect-menu');
      menu.shadowRoot!.querySelector('summary')!.click();
      await waitUntil(() => menu.shadowRoot!.querySelector('details')!.open);
      const panel = menu.shadowRoot!.querySelector('.panel')!.getBoundingClientRect();
      const frame = element.getBoundingClientRect();
      expect([panel.left >= frame.left, panel.right <= frame.right + 0.5]).to.deep.equal([true, true]);
      expect(button.getBoundingClientRect().width).to.be.greaterThan(20);
      // The focus that a button of the page takes stays within the menu.
      button.focus();
      await aTimeout(0);
      expect(menu.shadowRoot!.querySelector('details')!.open).to.equal(true);
      await expect(element).to.be.accessible();
      shadow(part(element, 'defect-top-bar'), '.evaluate').focus();
    });

    it('has one heading of the first level, with and without photos', async () => {
      const headings = (root: ParentNode): Element[] => [
        ...root.querySelectorAll('h1'),
        ...[...root.querySelectorAll('*')].flatMap((one) => (one.shadowRoot ? headings(one.shadowRoot) : [])),
      ];
      const element = await inspector();
      await settled(element);
      expect(headings(element.shadowRoot!).length).to.equal(1);
      await element.inspect(await photo());
      await settled(element);
      expect(headings(element.shadowRoot!).length).to.equal(1);
    });
  });

  describe('on a phone', () => {
    it('keeps the slider in reach and opens the details by buttons', async () => {
      const element = await inspector(undefined, { width: 390 });
      await element.inspect(await photo());
      await settled(element);
      const bottom = element.getBoundingClientRect().bottom;
      const reach = slider(element).getBoundingClientRect();
      expect(reach.bottom).to.be.at.most(bottom);
      expect(bottom - reach.bottom).to.be.lessThan(60);
      const sheet = part(element, 'defect-sheet');
      const peek = sheet.getBoundingClientRect().height;
      shadow(sheet, '[aria-label="Larger details"]').click();
      await element.updateComplete;
      await waitUntil(() => sheet.getBoundingClientRect().height > peek + 100);
      await aTimeout(250);
      await expect(element).to.be.accessible();

      const handle = shadow(sheet, '.handle');
      handle.setPointerCapture = () => undefined;
      const { top, left } = handle.getBoundingClientRect();
      const drag = (type: string, clientY: number) =>
        handle.dispatchEvent(new PointerEvent(type, { clientX: left + 50, clientY, bubbles: true }));
      drag('pointerdown', top + 10);
      drag('pointermove', bottom - 200);
      await aTimeout(50);
      expect(sheet.getBoundingClientRect().height).to.be.closeTo(212, 1);
      drag('pointerup', bottom - 60);
      expect(sheet.stop).to.equal('peek');
      await waitUntil(() => Math.abs(sheet.getBoundingClientRect().height - peek) < 1);
    });
  });
});

describe('what is taken back', () => {
  /** Something else than what counts by default, by attribute. */
  const OTHERWISE: Readonly<Record<string, string>> = {
    ...{ model: 'other', assets: '/other/', threads: '1', 'time-limit': '99', loading: 'eager' },
    ...{ 'drop-target': 'page', 'counts-usage': '', 'lesson-samples': 'lesson.json', teaching: 'off' },
    ...{
      'letter-keys': 'on',
      detail: 'fast',
      smallest: '20',
      threshold: '0.3',
      view: 'overlay',
      theme: 'dark',
    },
  };
  const nameOf = (attribute: string) =>
    attribute.replaceAll(/-(.)/g, (_, letter: string) =>
      letter.toUpperCase(),
    ) as keyof DefectInspectorElement;

  it('counts as never said, as an attribute and as a property that frameworks set to null', async () => {
    const attributes = (customElements.get('defect-inspector') as typeof DefectInspectorElement)
      .observedAttributes;
    expect(attributes.toSorted()).to.deep.equal(Object.keys(OTHERWISE).toSorted());
    for (const attribute of attributes) {
      const element = document.body.appendChild(document.createElement('defect-inspector'));
      await element.updateComplete;
      const name = nameOf(attribute);
      const before = element[name];
      element.setAttribute(attribute, OTHERWISE[attribute]!);
      await element.updateComplete;
      expect(element[name], attribute).not.to.equal(before);
      element.removeAttribute(attribute);
      await element.updateComplete;
      expect(element[name], attribute).to.equal(before);
      for (const nothing of [null, undefined]) {
        Object.assign(element, { [name]: nothing });
        await element.updateComplete;
        expect(element[name], `${name} = ${nothing}`).to.equal(before);
      }
      element.remove();
    }
  });
});

it('keeps its styles in another document, also in what is shown there first, and brings them back', async () => {
  const element = await inspector();
  const frame = document.body.appendChild(document.createElement('iframe'));
  const home = element.parentElement!;
  const colour = () => getComputedStyle(element).getPropertyValue('--defect-surface');
  const before = colour();
  expect(before).not.to.equal('');
  frame.contentDocument!.body.append(element);
  expect(element.shadowRoot!.adoptedStyleSheets.length).to.be.greaterThan(0);
  await element.inspect(await photo());
  await settled(element);
  const viewer = part(element, 'defect-viewer');
  expect(viewer.shadowRoot!.adoptedStyleSheets.length).to.be.greaterThan(0);
  expect(frame.contentWindow!.getComputedStyle(viewer).display).not.to.equal('inline');
  home.append(element);
  await element.updateComplete;
  expect(colour()).to.equal(before);
  expect(viewer.shadowRoot!.adoptedStyleSheets.length).to.be.greaterThan(0);
  frame.remove();
});

it('is updated once for each change: what an update brings about is part of it', () => {
  const { litIssuedWarnings = new Set() } = globalThis as { litIssuedWarnings?: Set<string | undefined> };
  const said = (words: string) => [...litIssuedWarnings].filter((warning) => warning?.includes(words));
  // It is the build of Lit that would say so.
  expect(said('dev mode')).to.have.length(1);
  expect(said('scheduled an update')).to.deep.equal([]);
});
