import { aTimeout, expect, fixture, html, oneEvent, waitUntil } from '@open-wc/testing';
import { DETECTIONS, detection, inspection, photo } from '../../../tests/unit/workbench/fakes.js';
import { annotate } from './annotate.js';
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

const canvases = (element: DefectViewer) => [...element.shadowRoot!.querySelectorAll('canvas')];
const zoom = (element: DefectViewer) =>
  parseInt(element.shadowRoot!.querySelector('output')!.textContent, 10);

async function frames(element: DefectViewer) {
  await element.updateComplete;
  await aTimeout(220);
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
    const selected = oneEvent(element, 'detection-select');
    pointer(element, 'pointerdown', at);
    pointer(element, 'pointerup', at);
    expect((await selected).detail).to.deep.equal({ id: 2 });
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
    const ids: unknown[] = [];
    element.addEventListener('detection-select', (event) =>
      ids.push((event as CustomEvent<{ id?: number }>).detail.id),
    );
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
    const hovered = oneEvent(element, 'detection-hover');
    pointer(element, 'pointermove', clientPoint(element, 75, 65));
    expect((await hovered).detail).to.deep.equal({ id: 2 });
    let selections = 0;
    element.addEventListener('detection-select', () => selections++);
    pointer(element, 'pointerdown', clientPoint(element, 75, 65));
    pointer(element, 'pointermove', clientPoint(element, 95, 85));
    pointer(element, 'pointerup', clientPoint(element, 95, 85));
    expect(selections).to.equal(0);
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

  it('zooms to a defect, and stays there when the room changes or a photo of the same format follows', async () => {
    const element = await viewer();
    element.zoomTo(2);
    await frames(element);
    const close = zoom(element);
    expect(close).to.be.greaterThan(400);
    element.style.width = '600px';
    await frames(element);
    expect(zoom(element)).to.equal(close);
    element.input = await photo('next.png', 90);
    await waitUntil(() => colorAt(element, 'first', 0.1, 0.5)[0] === 90);
    expect(zoom(element)).to.equal(close);
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
    button.dispatchEvent(new PointerEvent('pointerdown'));
    await element.updateComplete;
    expect(button.getAttribute('aria-pressed')).to.equal('true');
    button.dispatchEvent(new PointerEvent('pointerup'));
    await element.updateComplete;
    expect(button.getAttribute('aria-pressed')).to.equal('false');
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
});
