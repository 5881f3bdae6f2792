import { aTimeout, expect, fixture, html, waitUntil } from '@open-wc/testing';
import { DETECTIONS, detection, inspection, photo } from '../../../tests/unit/workbench/fakes.js';
import type { Inspection } from '../../core/types.js';
import { UnreadableFile } from '../../workbench/intake/unreadable-file.js';
import type { SentCommand } from '../shared/send-command.js';
import { usePictureWorker } from '../shared/picture-worker.js';
import { annotate } from './annotate.js';
import { contrast, luminanceOf } from './contrast.js';
import { detectionAt } from './hit-test.js';
import { DefectViewer } from './viewer.component.js';
import './viewer.js';

const SIZE = { width: 700, height: 500 };
const VISIBLE = DETECTIONS.slice(0, 2);

async function viewer({ view = 'overlay', detections = VISIBLE } = {}) {
  const element = await fixture<DefectViewer>(
    html`<defect-viewer
      .input=${await photo()}
      .inspection=${inspection()}
      .detections=${detections}
      .view=${view}
      name="part.png"
    ></defect-viewer>`,
  );
  element.style.width = `${SIZE.width}px`;
  element.style.height = `${SIZE.height}px`;
  await waitUntil(() => colorAt(element, 'first', 0.5, 0.5)[3] === 255, 'the photo is painted');
  await frames(element);
  return element;
}

const shadow = (element: DefectViewer, selector: string): HTMLElement => {
  const found = element.shadowRoot!.querySelector<HTMLElement>(selector);
  if (!found) throw new Error(`There is no ${selector}.`);
  return found;
};

/** The commands that it sends from now on. */
function commandsOf(element: DefectViewer): string[] {
  const sent: string[] = [];
  element.addEventListener('defect-command', (event) =>
    sent.push((event as CustomEvent<SentCommand>).detail.command),
  );
  return sent;
}

/** The defects that it asks to select, or to take as those under the pointer, from now on; undefined: none. */
function defectsOf(element: DefectViewer, command: 'defect.select' | 'defect.hover'): (number | undefined)[] {
  const ids: (number | undefined)[] = [];
  element.addEventListener('defect-command', (event) => {
    const { detail } = event as CustomEvent<SentCommand<'defect.select' | 'defect.hover'>>;
    if (detail.command === command) ids.push(detail.args[0]?.id);
  });
  return ids;
}

/** What is written on any canvas while something happens, and in which font. */
async function written(work: () => unknown): Promise<{ text: string; font: string }[]> {
  const texts: { text: string; font: string }[] = [];
  const originals = [CanvasRenderingContext2D.prototype, OffscreenCanvasRenderingContext2D.prototype].map(
    (prototype) => ({ prototype, fillText: prototype.fillText }),
  );
  for (const { prototype } of originals) {
    prototype.fillText = function (text: string) {
      texts.push({ text: text.replaceAll(/[\u2068\u2069]/g, ''), font: this.font });
    };
  }
  try {
    await work();
  } finally {
    for (const { prototype, fillText } of originals) prototype.fillText = fillText;
  }
  return texts;
}

const canvases = (element: DefectViewer) => [...element.shadowRoot!.querySelectorAll('canvas')];
const zoom = (element: DefectViewer) =>
  parseInt(element.shadowRoot!.querySelector('output')!.textContent, 10);

async function frames(element: DefectViewer) {
  await element.updateComplete;
  await aTimeout(220);
  // A busy machine draws the last frame of a glide late.
  for (let i = 0; i < 2; i++) await new Promise(requestAnimationFrame);
  await element.updateComplete;
}

/** RGBA at a share of the pane's width and height. */
function colorAt(element: DefectViewer, which: 'first' | 'last', x: number, y: number): Uint8ClampedArray {
  const canvas = canvases(element).at(which === 'first' ? 0 : -1)!;
  const context = canvas.getContext('2d')!;
  return context.getImageData(Math.floor(canvas.width * x), Math.floor(canvas.height * y), 1, 1).data;
}

/** Where a point of the 320 x 160 px photo lies while all of it is shown, in the window. */
function clientPoint(element: DefectViewer, x: number, y: number) {
  const { left, top, width, height } = canvases(element).at(-1)!.getBoundingClientRect();
  const scale = Math.min((width - 32) / 320, (height - 32) / 160);
  return { clientX: left + width / 2 + (x - 160) * scale, clientY: top + height / 2 + (y - 80) * scale };
}

function pointer(
  element: DefectViewer,
  type: string,
  at: { clientX: number; clientY: number },
  pointerId = 1,
) {
  const canvas = canvases(element).at(-1)!;
  // There is no true pointer to capture.
  canvas.setPointerCapture = () => undefined;
  canvas.dispatchEvent(new PointerEvent(type, { ...at, pointerId, bubbles: true, pointerType: 'mouse' }));
}

describe('<defect-viewer>', () => {
  it('paints the photo, and masks in their class colour over it', async () => {
    const element = await viewer({ view: 'side-by-side' });
    expect(canvases(element).length).to.equal(2);
    const plain = colorAt(element, 'first', 0.5, 0.5);
    expect([...plain.slice(0, 3)]).to.deep.equal([128, 128, 128]);
    const at = clientPoint(element, 120, 90);
    const pane = canvases(element)[1]!.getBoundingClientRect();
    const share = [(at.clientX - pane.left) / pane.width, (at.clientY - pane.top) / pane.height] as const;
    const masked = colorAt(element, 'last', ...share);
    expect(masked[0]! - masked[2]!, 'orange over grey').to.be.greaterThan(30);
    element.areMasksHidden = true;
    await frames(element);
    expect([...colorAt(element, 'last', ...share).slice(0, 3)]).to.deep.equal([128, 128, 128]);
  });

  it('keeps what is under the pointer when the wheel turns', async () => {
    const element = await viewer();
    const before = zoom(element);
    const canvas = canvases(element)[0]!;
    const at = clientPoint(element, 75, 65);
    canvas.dispatchEvent(new WheelEvent('wheel', { ...at, deltaY: -300, cancelable: true, bubbles: true }));
    await frames(element);
    expect(zoom(element)).to.be.greaterThan(before * 1.4);
    // The small crack lies there: it still does.
    const selected = defectsOf(element, 'defect.select');
    pointer(element, 'pointerdown', at);
    pointer(element, 'pointerup', at);
    expect(selected).to.deep.equal([2]);
  });

  it('leaves the wheel to a page that scrolls, unless Ctrl is held', async () => {
    const element = await viewer();
    const spacer = document.body.appendChild(document.createElement('div'));
    spacer.style.height = '5000px';
    const before = zoom(element);
    const turn = (ctrlKey: boolean) => {
      const at = clientPoint(element, 75, 65);
      const event = new WheelEvent('wheel', {
        ...at,
        deltaY: -100,
        ctrlKey,
        cancelable: true,
        bubbles: true,
      });
      canvases(element)[0]!.dispatchEvent(event);
      return event.defaultPrevented;
    };
    expect(turn(false)).to.equal(false);
    await frames(element);
    expect(zoom(element)).to.equal(before);
    expect(turn(true)).to.equal(true);
    await frames(element);
    expect(zoom(element)).to.be.greaterThan(before);
    spacer.remove();
  });

  it('a click selects the smallest mask under it, or nothing', async () => {
    const element = await viewer();
    const ids = defectsOf(element, 'defect.select');
    for (const [x, y] of [
      [75, 65],
      [100, 100],
      [300, 10],
    ] as const) {
      pointer(element, 'pointerdown', clientPoint(element, x, y));
      pointer(element, 'pointerup', clientPoint(element, x, y));
    }
    expect(ids).to.deep.equal([2, 1, undefined]);
  });

  it('hovering tells which defect, a drag selects nothing', async () => {
    const element = await viewer();
    const hovered = defectsOf(element, 'defect.hover');
    const selected = defectsOf(element, 'defect.select');
    pointer(element, 'pointermove', clientPoint(element, 75, 65));
    expect(hovered).to.deep.equal([2]);
    pointer(element, 'pointerdown', clientPoint(element, 75, 65));
    pointer(element, 'pointermove', clientPoint(element, 95, 85));
    pointer(element, 'pointerup', clientPoint(element, 95, 85));
    expect(selected).to.deep.equal([]);
  });

  it('two fingers zoom', async () => {
    const element = await viewer();
    const before = zoom(element);
    const left = clientPoint(element, 100, 80);
    const right = clientPoint(element, 200, 80);
    pointer(element, 'pointerdown', left, 1);
    pointer(element, 'pointerdown', right, 2);
    pointer(element, 'pointermove', clientPoint(element, 300, 80), 2);
    pointer(element, 'pointerup', right, 2);
    pointer(element, 'pointerup', left, 1);
    await frames(element);
    expect(zoom(element)).to.be.closeTo(before * 2, before * 0.05);
  });

  it('zooms by buttons, to true size, and back to all of the photo', async () => {
    const element = await viewer();
    const fitted = zoom(element);
    element.zoomIn();
    await frames(element);
    expect(zoom(element)).to.be.closeTo(fitted * 1.25, 1);
    element.actualSize();
    await frames(element);
    expect(zoom(element)).to.equal(100);
    canvases(element)[0]!.dispatchEvent(new MouseEvent('dblclick', { bubbles: true }));
    await frames(element);
    expect(zoom(element)).to.equal(fitted);
  });

  it('comes to a defect that is selected, not to one that has another number now', async () => {
    const element = await viewer();
    element.zoomTo(2);
    for (let i = 0; i < 3; i++) element.zoomIn();
    await frames(element);
    const before = String(element.inView());
    element.inspection = inspection();
    element.detections = [detection(1, 0.95, [2, 2, 9, 9]), { ...VISIBLE[0]!, id: 2 }];
    element.selectedId = 1;
    await frames(element);
    expect(String(element.inView())).to.equal(before);
    element.selectedId = 2;
    await frames(element);
    element.selectedId = 1;
    await frames(element);
    expect(String(element.inView())).not.to.equal(before);
  });

  it('zooms to a defect, and stays there when the room changes', async () => {
    const element = await viewer();
    element.zoomTo(2);
    await frames(element);
    const close = zoom(element);
    expect(close).to.be.greaterThan(400);
    element.style.width = '600px';
    await frames(element);
    expect(zoom(element)).to.equal(close);
  });

  it('shows all of the next photo, unless the view is to be kept', async () => {
    const element = await viewer();
    const fitted = zoom(element);
    element.zoomTo(2);
    await frames(element);
    const close = zoom(element);
    element.isViewKept = true;
    element.input = await photo('next.png', 90);
    await waitUntil(() => colorAt(element, 'first', 0.1, 0.5)[0] === 90);
    expect(zoom(element)).to.equal(close);
    element.isViewKept = false;
    element.input = await photo('after.png', 60);
    await waitUntil(() => colorAt(element, 'first', 0.75, 0.5)[0] === 60);
    await frames(element);
    expect(zoom(element)).to.equal(fitted);
  });

  it('asks for the lock by a button that says whether it is on', async () => {
    const element = await viewer();
    const lock = shadow(element, '[aria-label="Keep zoom and place for the next photo"]');
    expect(lock.getAttribute('aria-pressed')).to.equal('false');
    const sent = commandsOf(element);
    lock.click();
    expect(sent).to.deep.equal(['zoom.keep']);
    element.isViewKept = true;
    await element.updateComplete;
    expect(lock.getAttribute('aria-pressed')).to.equal('true');
  });

  it('says how many defects lie outside the view, and leads to them', async () => {
    const detections = [
      ...VISIBLE,
      detection(3, 0.5, [280, 30, 30, 30]),
      detection(5, 0.3, [290, 110, 20, 20]),
    ];
    const element = await viewer({ detections });
    const pill = () => element.shadowRoot!.querySelector<HTMLElement>('.outside');
    expect(pill()).to.equal(null);
    element.zoomTo(2);
    await frames(element);
    expect(pill()!.textContent).to.contain('2 outside the view');
    await expect(element).to.be.accessible();
    const arrows = [...pill()!.querySelectorAll('button')];
    expect(arrows.map((one) => one.getAttribute('aria-label'))).to.deep.equal([
      '2 to the right: show the nearest',
    ]);
    const sent = commandsOf(element);
    arrows[0]!.focus();
    arrows[0]!.click();
    expect(sent).to.deep.equal(['defect.select']);
    for (let i = 0; i < 2; i++) await frames(element);
    // Both are in view now, or lie on another side: the focus stays with the picture.
    expect(element.shadowRoot!.activeElement).not.to.equal(null);
    element.fit();
    await frames(element);
    expect(pill()).to.equal(null);
  });

  it('keeps the photo before in view until the next one is ready, and changes its name with it', async () => {
    const element = await viewer();
    const said = () => shadow(element, '.title').textContent;
    const create = globalThis.createImageBitmap;
    let open: () => void = () => undefined;
    const gate = new Promise<void>((resolve) => (open = resolve));
    globalThis.createImageBitmap = (async (...args: Parameters<typeof create>) => {
      await gate;
      return create(...args);
    }) as typeof create;
    try {
      element.input = await photo('next.png', 90);
      element.name = 'next.png';
      element.detections = [];
      await frames(element);
      expect(colorAt(element, 'first', 0.75, 0.5)[0]).to.equal(128);
      expect(said()).to.contain('part.png').and.not.to.contain('next.png');
      expect(shadow(element, '.stage').getAttribute('aria-busy')).to.equal('true');
      expect(shadow(element, '.opening').textContent).to.equal('Opening next.png');
      await expect(element).to.be.accessible();
      element.zoomTo(1);
      open();
      await waitUntil(() => colorAt(element, 'first', 0.5, 0.5)[0] === 90);
      expect(said()).to.contain('next.png').and.not.to.contain('part.png');
      expect(shadow(element, '.stage').getAttribute('aria-busy')).to.equal('false');
    } finally {
      globalThis.createImageBitmap = create;
    }
  });

  it('zooms to a defect of the next photo once that can be shown', async () => {
    const element = await viewer();
    const fitted = zoom(element);
    element.input = await photo('next.png', 90);
    await element.updateComplete;
    element.zoomTo(2);
    await waitUntil(() => zoom(element) > fitted * 1.5);
  });

  it('holds a photo once, however often one turns to it, and decodes the neighbours ahead', async () => {
    const create = globalThis.createImageBitmap;
    const made: ImageBitmap[] = [];
    globalThis.createImageBitmap = (async (...args: Parameters<typeof create>) => {
      const bitmap = await create(...args);
      made.push(bitmap);
      return bitmap;
    }) as typeof create;
    const open = () => made.filter(({ width }) => width > 0).length;
    try {
      const [a, b, c] = await Promise.all([photo('a.png', 50), photo('b.png', 90), photo('c.png', 130)]);
      const element = await viewer();
      for (const input of [a, b, a]) {
        element.input = input;
        await element.updateComplete;
      }
      await waitUntil(() => colorAt(element, 'first', 0.5, 0.5)[0] === 50);
      await waitUntil(() => open() === 1, 'all but the shown one are closed');
      element.neighbours = [b, c];
      element.input = c;
      await waitUntil(() => open() === 2, 'the neighbour is there before it is asked for');
      const before = made.length;
      element.input = b;
      await waitUntil(() => colorAt(element, 'first', 0.5, 0.5)[0] === 90);
      expect(made.length).to.equal(before);
      element.remove();
      await waitUntil(() => open() === 0);
    } finally {
      globalThis.createImageBitmap = create;
    }
  });

  it('shows a photo that could be read only when it was inspected again', async () => {
    const element = await viewer();
    const readable = await photo('late.png', 90);
    let isReadable = false;
    element.inspection = undefined;
    element.input = new UnreadableFile('late.png', async () => {
      if (!isReadable) throw new DOMException('The file could not be read.', 'NotReadableError');
      return readable;
    });
    await waitUntil(() => colorAt(element, 'first', 0.5, 0.5)[0] !== 128, 'it is blank');
    isReadable = true;
    element.inspection = inspection();
    await waitUntil(() => colorAt(element, 'first', 0.5, 0.5)[0] === 90);
  });

  it('paints again after it has failed to paint once', async () => {
    const element = await viewer();
    const prototype = CanvasRenderingContext2D.prototype;
    const draw = prototype.drawImage;
    let failures = 0;
    const isExpected = (event: ErrorEvent) => {
      if (event.message.includes('no memory for this once')) event.preventDefault();
    };
    const onError = window.onerror;
    window.onerror = null;
    window.addEventListener('error', isExpected);
    prototype.drawImage = () => {
      failures++;
      throw new Error('no memory for this once');
    };
    try {
      element.zoomIn();
      await waitUntil(() => failures > 0);
    } finally {
      prototype.drawImage = draw;
      await frames(element);
      window.removeEventListener('error', isExpected);
      window.onerror = onError;
    }
    const canvas = canvases(element)[0]!;
    canvas.getContext('2d')!.clearRect(0, 0, canvas.width, canvas.height);
    element.zoomIn();
    await waitUntil(() => colorAt(element, 'first', 0.5, 0.5)[3] === 255);
  });

  it('says so where the browser gives nothing to draw on, until it does', async () => {
    const element = await viewer();
    const prototype = HTMLCanvasElement.prototype;
    const own = Object.getOwnPropertyDescriptor(prototype, 'getContext')!;
    const failure = () => element.shadowRoot!.querySelector('.failure');
    Object.defineProperty(prototype, 'getContext', { ...own, value: () => null });
    try {
      element.zoomIn();
      await waitUntil(() => failure());
      expect(failure()!.getAttribute('role')).to.equal('alert');
    } finally {
      Object.defineProperty(prototype, 'getContext', own);
    }
    failure()!.querySelector('button')!.click();
    await waitUntil(() => !failure());
  });

  it('wipes between the original and the defects, by a slider', async () => {
    const element = await viewer({ view: 'wipe' });
    element.display = { opacity: 1, boxes: false, labels: false };
    await frames(element);
    expect(canvases(element).length).to.equal(1);
    const slider = shadow(element, '.edge input') as HTMLInputElement;
    expect(slider.getAttribute('aria-label')).to.equal('Edge between the original and the defects');
    const pane = canvases(element)[0]!.getBoundingClientRect();
    // Within the first defect, which lies in the left half of the photo.
    const at = clientPoint(element, 110, 100);
    const share = [(at.clientX - pane.left) / pane.width, (at.clientY - pane.top) / pane.height] as const;
    expect([...colorAt(element, 'first', ...share).slice(0, 3)]).to.deep.equal([128, 128, 128]);
    const picked = defectsOf(element, 'defect.select');
    const pick = () => {
      pointer(element, 'pointerdown', at);
      pointer(element, 'pointerup', at);
    };
    pick();
    expect(picked).to.deep.equal([undefined]);
    slider.value = '10';
    slider.dispatchEvent(new Event('input'));
    await frames(element);
    expect([...colorAt(element, 'first', ...share).slice(0, 3)]).to.deep.equal([230, 159, 0]);
    pick();
    expect(picked).to.deep.equal([undefined, 1]);
    expect(slider.getAttribute('aria-valuetext')).to.equal('10 % original, 90 % with defects');
    await expect(element).to.be.accessible();
  });

  it('says so where there is nothing to be seen because classes are hidden, with a way back', async () => {
    const element = await viewer({ detections: [] });
    expect(element.shadowRoot!.querySelector('.pill')).to.equal(null);
    element.hiddenDefects = 2;
    await element.updateComplete;
    const pill = shadow(element, '.pill');
    expect(pill.textContent).to.contain('2 defects of hidden classes');
    await expect(element).to.be.accessible();
    const sent = commandsOf(element);
    pill.querySelector('button')!.click();
    expect(sent).to.deep.equal(['classes.show']);
  });

  it('cuts a long name in its middle', async () => {
    const element = await viewer();
    element.name = `line-3-camera-2-${'station-'.repeat(12)}0017.png`;
    await frames(element);
    const [start, end] = element.shadowRoot!.querySelectorAll<HTMLElement>('.title bdi > span');
    expect(start!.scrollWidth).to.be.greaterThan(start!.clientWidth);
    expect(end!.textContent).to.equal('0017.png');
    const { right } = end!.getBoundingClientRect();
    expect(right).to.be.at.most(shadow(element, '.title').getBoundingClientRect().right + 1);
  });

  it('keeps names and numbers in their order where the page goes from right to left', async () => {
    /** Where the characters of a text begin, in their order, CSS pixels. */
    const lefts = (root: Element): number[] => {
      const texts = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
      const found: number[] = [];
      while (texts.nextNode()) {
        const node = texts.currentNode as Text;
        for (let at = 0; at < node.length; at++) {
          const range = document.createRange();
          range.setStart(node, at);
          range.setEnd(node, at + 1);
          if (node.data[at]!.trim()) found.push(range.getBoundingClientRect().left);
        }
      }
      return found;
    };
    const element = await viewer();
    element.dir = 'rtl';
    element.name = 'part (1).jpg';
    await frames(element);
    for (const [selector, length] of [
      ['.title bdi', 'part(1).jpg'.length],
      ['.title .size', '320×160px'.length],
    ] as const) {
      const places = lefts(shadow(element, selector));
      expect(places.length, selector).to.equal(length);
      expect(places, selector).to.deep.equal(places.toSorted((a, b) => a - b));
    }
  });

  it('has no target smaller than 24 px, and all of them in a small room', async () => {
    const element = await viewer();
    element.style.setProperty('--defect-control', '32px');
    for (const [width, height] of [
      [700, 500],
      [300, 320],
    ] as const) {
      Object.assign(element.style, { width: `${width}px`, height: `${height}px` });
      await frames(element);
      for (const target of element.shadowRoot!.querySelectorAll<HTMLElement>('button, input')) {
        const { width, height, right } = target.getBoundingClientRect();
        if (width === 0) continue;
        expect([target.outerHTML.slice(0, 80), width >= 24, height >= 24]).to.deep.equal([
          target.outerHTML.slice(0, 80),
          true,
          true,
        ]);
        expect(right).to.be.at.most(element.getBoundingClientRect().right + 1);
      }
    }
  });

  it('never shows the defects of one photo on another', async () => {
    const element = await viewer();
    element.input = await photo('next.png', 90);
    element.inspection = undefined;
    element.detections = [];
    await waitUntil(() => colorAt(element, 'first', 0.5, 0.5)[3] === 255);
    await frames(element);
    const canvas = canvases(element)[0]!;
    const { data } = canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height);
    const shades = new Set<number>();
    for (let i = 0; i < data.length; i += 4) if (data[i + 3] === 255) shades.add(data[i]!);
    expect([...shades]).to.deep.equal([90]);
  });

  it('holding the button hides the defects', async () => {
    const element = await viewer();
    const button = element.shadowRoot!.querySelector<HTMLElement>('[aria-label="Hold to hide the defects"]')!;
    // It asks for that; whether they are hidden is told by whoever knows.
    const sent = commandsOf(element);
    button.dispatchEvent(new PointerEvent('pointerdown'));
    button.dispatchEvent(new PointerEvent('pointerup'));
    expect(sent).to.deep.equal(['masks.hide', 'masks.show']);
    expect(element.areMasksHidden).to.equal(false);
    element.areMasksHidden = true;
    await element.updateComplete;
    expect(button.getAttribute('aria-pressed')).to.equal('true');
  });

  it('is accessible', async () => {
    await expect(await viewer({ view: 'side-by-side' })).to.be.accessible();
  });
});

describe('detectionAt', () => {
  it('prefers the smallest, and reaches thin ones within the tolerance', () => {
    expect(detectionAt(DETECTIONS, { x: 75, y: 65 }, 1)?.id).to.equal(2);
    expect(detectionAt(DETECTIONS, { x: 30, y: 70 }, 1)?.id).to.equal(1);
    const thin = [detection(1, 0.9, [100, 100, 40, 2])];
    expect(detectionAt(thin, { x: 120, y: 105 }, 1)).to.equal(undefined);
    expect(detectionAt(thin, { x: 120, y: 105 }, 6)?.id).to.equal(1);
  });
});

describe('annotate', () => {
  it('makes the canvas as large as the photo and paints what is visible', async () => {
    const canvas = new OffscreenCanvas(1, 1);
    const bitmap = await createImageBitmap(await photo());
    annotate(canvas, bitmap, inspection(), { labels: false, opacity: 1 });
    expect([canvas.width, canvas.height]).to.deep.equal([320, 160]);
    const at = (x: number, y: number) => [...canvas.getContext('2d')!.getImageData(x, y, 1, 1).data];
    expect(at(40, 70)).to.deep.equal([230, 159, 0, 255]);
    expect(at(75, 65)).to.deep.equal([86, 180, 233, 255]);
    expect(at(310, 10)).to.deep.equal([128, 128, 128, 255]);
    // Below its threshold of 0.6.
    expect(at(230, 50)).to.deep.equal([128, 128, 128, 255]);
    annotate(canvas, bitmap, inspection(), { labels: false, opacity: 1, threshold: 0.3 });
    expect(at(230, 50)).to.deep.equal([230, 159, 0, 255]);
  });

  const painted = async (inspected: Inspection, ground = 128, canvas = document.createElement('canvas')) => {
    annotate(canvas, await createImageBitmap(await photo('part.png', ground)), inspected, {
      threshold: 0.05,
    });
    return canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height);
  };
  const colours = ({ data }: ImageData) => {
    const found = new Set<string>();
    for (let i = 0; i < data.length; i += 4) found.add(data.slice(i, i + 3).join());
    return found;
  };

  it('hatches the defect below where two overlap', async () => {
    const one = detection(1, 0.9, [20, 20, 100, 100]);
    const other = detection(2, 0.9, [60, 40, 100, 100], 2);
    const canvas = document.createElement('canvas');
    const bitmap = await createImageBitmap(await photo());
    annotate(canvas, bitmap, inspection('', [one, other]), { labels: false, opacity: 1, threshold: 0.05 });
    const row = canvas.getContext('2d')!.getImageData(75, 80, 30, 1).data;
    const reds = Array.from({ length: 30 }, (_, i) => row[4 * i]!);
    expect(Math.max(...reds) - Math.min(...reds)).to.be.greaterThan(80);
  });

  it('draws lines that stand out from photos as grey as their class, and dark as dark', async () => {
    const grey = { ...inspection().model, classes: [{ id: 1, name: 'pitting', color: '#999999' }] };
    const one = inspection('', [detection(1, 0.9, [60, 40, 100, 80])], { model: grey });
    for (const ground of [20, 128, 150, 240]) {
      const image = await painted(one, ground);
      const lights = [...colours(image)].map((rgb) =>
        luminanceOf(...(rgb.split(',').map(Number) as [number, number, number])),
      );
      const own = luminanceOf(ground, ground, ground);
      expect(contrast(Math.max(...lights), own) > 2.5 || contrast(Math.min(...lights), own) > 2.5).to.equal(
        true,
      );
      expect(contrast(Math.max(...lights), Math.min(...lights))).to.be.greaterThan(4);
    }
  });

  it('writes the number alone beside small defects, and never into a page’s direction', async () => {
    const texts = await written(() =>
      painted(
        inspection('', [detection(1, 0.9, [10, 10, 200, 120]), detection(2, 0.8, [260, 100, 20, 20], 2)]),
      ),
    );
    expect(texts.map(({ text }) => text)).to.deep.equal(['1 pitting 0.90', '2']);
    const rightToLeft = await fixture<HTMLElement>(html`<div dir="rtl"><canvas></canvas></div>`);
    const there = await painted(inspection(), 128, rightToLeft.querySelector('canvas')!);
    expect(there.data).to.deep.equal((await painted(inspection())).data);
  });

  it('paints a photo that the page may not read, without fitting colours to it', async () => {
    const read = OffscreenCanvasRenderingContext2D.prototype.getImageData;
    OffscreenCanvasRenderingContext2D.prototype.getImageData = () => {
      throw new DOMException('tainted', 'SecurityError');
    };
    try {
      const canvas = document.createElement('canvas');
      annotate(canvas, await createImageBitmap(await photo()), inspection());
      expect(canvas.width).to.equal(320);
    } finally {
      OffscreenCanvasRenderingContext2D.prototype.getImageData = read;
    }
  });
});

describe('labels', () => {
  it('grow with the text around the picture', async () => {
    const element = await viewer();
    const size = async () => {
      const texts = await written(async () => {
        element.requestUpdate();
        await frames(element);
      });
      return parseFloat(/([\d.]+)px/.exec(texts[0]!.font)![1]!);
    };
    element.style.fontSize = '14px';
    const plain = await size();
    element.style.fontSize = '28px';
    expect(await size()).to.be.closeTo(2 * plain, 0.1);
  });
});

describe('a rectangle', () => {
  type At = { clientX: number; clientY: number };
  const drag = async (element: DefectViewer, from: At, to: At) => {
    pointer(element, 'pointerdown', from);
    pointer(element, 'pointermove', to);
    await element.updateComplete;
    pointer(element, 'pointerup', to);
    await element.updateComplete;
  };
  const sentBy = (element: DefectViewer) => {
    const sent: unknown[] = [];
    element.addEventListener('defect-command', (event) => {
      const { command, args } = (event as CustomEvent<SentCommand>).detail;
      sent.push(command, ...args);
    });
    return sent;
  };
  /** To a pixel, since the pane's pixels are others. */
  const expectArea = (sent: readonly unknown[], box: readonly number[]) => {
    expect(sent[0]).to.equal('area.inspect');
    const { area } = sent[1] as { area: readonly number[] };
    for (const [i, value] of box.entries()) expect(area[i]).to.be.closeTo(value, 2);
  };

  it('is drawn in photo pixels, and inspected', async () => {
    const element = await viewer();
    element.drawing = 'area';
    await frames(element);
    expect(element.shadowRoot!.querySelector('.pill.drawing')!.textContent).to.contain('Draw a rectangle');
    await expect(element).to.be.accessible();
    const sent = sentBy(element);
    await drag(element, clientPoint(element, 100, 80), clientPoint(element, 20, 30));
    expectArea(sent, [20, 30, 80, 50]);
    expect(sent[2]).to.equal('drawing.end');
  });

  it('measures the smallest defect by its longer side', async () => {
    const element = await viewer();
    element.drawing = 'smallest';
    await frames(element);
    const sent = sentBy(element);
    await drag(element, clientPoint(element, 10, 10), clientPoint(element, 34, 22));
    expect(sent[0]).to.equal('smallest.set');
    expect((sent[1] as { smallest: number }).smallest).to.be.closeTo(24, 2);
    expect(sent[2]).to.equal('drawing.end');
  });

  it('is not begun by a click, ends within the photo, and is ended by a second finger', async () => {
    const element = await viewer();
    element.drawing = 'area';
    await frames(element);
    const sent = sentBy(element);
    await drag(element, clientPoint(element, 50, 50), clientPoint(element, 50, 50));
    pointer(element, 'pointerdown', clientPoint(element, 10, 10));
    pointer(element, 'pointerdown', clientPoint(element, 60, 60), 2);
    pointer(element, 'pointerup', clientPoint(element, 90, 90));
    pointer(element, 'pointerup', clientPoint(element, 90, 90), 2);
    expect(sent).to.deep.equal([]);
    await drag(element, clientPoint(element, 300, 150), clientPoint(element, 400, 400));
    expectArea(sent, [300, 150, 20, 10]);
  });

  it('has a way back to the whole photo, and shows what is inspected', async () => {
    const made = inspection();
    const element = await viewer();
    element.inspection = { ...made, input: { ...made.input, area: [20, 20, 100, 50] } };
    await frames(element);
    const pill = element.shadowRoot!.querySelector<HTMLElement>('.pill.area')!;
    expect(pill.textContent).to.contain('Only an area of 100 × 50 px is inspected');
    await expect(element).to.be.accessible();
    const sent = sentBy(element);
    pill.querySelector('button')!.click();
    expect(sent).to.deep.equal(['area.inspect', { area: undefined }]);
  });

  it('can be what is in view', async () => {
    const element = await viewer();
    expect(element.inView()).to.deep.equal([0, 0, 320, 160]);
    element.zoomIn();
    element.zoomIn();
    element.zoomIn();
    await frames(element);
    const [x, y, width, height] = element.inView()!;
    expect([x > 0, y >= 0, width < 320, height <= 160]).to.deep.equal([true, true, true, true]);
  });
});

it('says that a photo can’t be shown where the program is to blame, and tries again', async () => {
  usePictureWorker(() => ({
    api: {
      picture: async () => ({ ok: false, error: { code: 'out-of-memory', reason: 'no-memory-for-photo' } }),
    },
    crashed: new AbortController().signal,
    terminate: () => undefined,
  }));
  const element = await fixture<DefectViewer>(
    html`<defect-viewer .input=${await photo()} name="part.png"></defect-viewer>`,
  );
  element.style.width = `${SIZE.width}px`;
  element.style.height = `${SIZE.height}px`;
  await waitUntil(() => element.shadowRoot!.querySelector('.failure'), 'it is said');
  expect(shadow(element, '.failure').getAttribute('role')).to.equal('alert');
  // What inspecting fails for is read out with its reason.
  element.isFailed = true;
  await element.updateComplete;
  expect(shadow(element, '.failure').hasAttribute('role')).to.equal(false);
  // Without a worker, the page decodes by itself.
  usePictureWorker(() => {
    throw new Error('There is none.');
  });
  shadow(element, '.failure button').click();
  await waitUntil(() => colorAt(element, 'first', 0.5, 0.5)[3] === 255, 'the photo is painted');
  expect(element.shadowRoot!.querySelector('.failure')).to.equal(null);
});
