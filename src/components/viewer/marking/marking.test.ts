import { aTimeout, expect, fixture, html, waitUntil } from '@open-wc/testing';
import { DETECTIONS, inspection } from '../../../../tests/unit/workbench/fakes.js';
import { polygonRegion, rectangleRegion, strokeRegion } from '../../../core/regions/drawn.js';
import type { Region } from '../../../core/types.js';
import type { CommandId, Commands } from '../../../workbench/commands/commands.js';
import { addClass, addMark, callGood, newLesson, type Lesson } from '../../../workbench/lessons/lesson.js';
import { teachingOf, type TeachingState } from '../../../workbench/lessons/state.js';
import { tokens } from '../../shared/tokens.styles.js';
import type { SentCommand } from '../../shared/send-command.js';
import type { DefectViewer } from '../viewer.component.js';
import '../viewer.js';

/** Of the photo: shown eight times as large, in the middle of the pane, as no smaller one is. */
const PHOTO = { width: 60, height: 40 };
const SCALE = 8;
const ID = 7;

const LESSON = addClass(addClass(newLesson('cap'), 'pitting'), 'crack');

async function photo(): Promise<File> {
  const canvas = new OffscreenCanvas(PHOTO.width, PHOTO.height);
  const context = canvas.getContext('2d')!;
  context.fillStyle = 'rgb(128 128 128)';
  context.fillRect(0, 0, PHOTO.width, PHOTO.height);
  return new File([await canvas.convertToBlob()], 'cap.png', { type: 'image/png' });
}

async function viewer(
  change: Partial<TeachingState> = {},
  { view = 'overlay', theme = 'light' } = {},
): Promise<DefectViewer> {
  const frame = await fixture<HTMLElement>(html`<div></div>`);
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(tokens.cssText.replaceAll(':host', '.tokens'));
  document.adoptedStyleSheets = [sheet];
  frame.className = 'tokens';
  frame.style.cssText = `color-scheme: ${theme}; background: var(--defect-page); color: var(--defect-text)`;
  const element = document.createElement('defect-viewer');
  element.style.cssText = 'width: 760px; height: 620px';
  element.input = await photo();
  element.name = 'cap.png';
  element.view = view as DefectViewer['view'];
  element.photoId = ID;
  element.hasLetters = true;
  element.teaching = { ...teachingOf(LESSON), ...change };
  frame.append(element);
  await waitUntil(
    () => root(element).querySelector('canvas.sketch') !== null && centre(element)[3] === 255,
    'the photo and the tools are there',
    { timeout: 15_000 },
  );
  await painted(element);
  return element;
}

const change = async (element: DefectViewer, patch: Partial<TeachingState>) => {
  element.teaching = { ...element.teaching!, ...patch };
  await painted(element);
};

const root = (element: DefectViewer) => element.shadowRoot!;
const bar = (element: DefectViewer) => root(element).querySelector('defect-marking-bar')!;
const pane = (element: DefectViewer) => root(element).querySelector<HTMLCanvasElement>('canvas[data-pane]')!;
const stage = (element: DefectViewer) => root(element).querySelector<HTMLElement>('.stage')!;
const buttons = (element: DefectViewer) => [
  ...bar(element).shadowRoot!.querySelectorAll<HTMLButtonElement>('button'),
];
const nameOf = (one: Element) => one.ariaLabel ?? one.textContent.replaceAll(/\s+/g, ' ').trim();
const button = (element: DefectViewer, name: string) => {
  const found = buttons(element).find((one) => nameOf(one) === name);
  if (!found) throw new Error(`There is no button ${name}.`);
  return found;
};

async function painted(element: DefectViewer): Promise<void> {
  await element.updateComplete;
  await element.shadowRoot!.querySelector('defect-marking-bar')?.updateComplete;
  for (let i = 0; i < 3; i++) await new Promise(requestAnimationFrame);
}

/** RGBA at a point of the photo. */
function pixel(canvas: HTMLCanvasElement, x: number, y: number): Uint8ClampedArray {
  const ratio = devicePixelRatio;
  const left = canvas.clientWidth / 2 + (x - PHOTO.width / 2) * SCALE;
  const top = canvas.clientHeight / 2 + (y - PHOTO.height / 2) * SCALE;
  return canvas.getContext('2d')!.getImageData(Math.floor(left * ratio), Math.floor(top * ratio), 1, 1).data;
}

const centre = (element: DefectViewer) => pixel(pane(element), PHOTO.width / 2, PHOTO.height / 2);

/** In the window, of a point of the photo while all of it is shown. */
function client(element: DefectViewer, x: number, y: number) {
  const { left, top, width, height } = pane(element).getBoundingClientRect();
  return {
    clientX: left + width / 2 + (x - PHOTO.width / 2) * SCALE,
    clientY: top + height / 2 + (y - PHOTO.height / 2) * SCALE,
  };
}

/** The commands of a kind that it sends from now on. */
function sent<Id extends CommandId>(element: DefectViewer, id: Id): Commands[Id][] {
  const all: Commands[Id][] = [];
  element.addEventListener('defect-command', (event) => {
    const { command, args } = (event as CustomEvent<SentCommand>).detail;
    if (command === id) all.push(args[0] as Commands[Id]);
  });
  return all;
}

type Place = readonly [x: number, y: number];

function pointer(
  element: DefectViewer,
  type: string,
  [x, y]: Place,
  init: PointerEventInit = {},
): PointerEvent {
  const canvas = pane(element);
  // There is no true pointer to capture.
  canvas.setPointerCapture = () => undefined;
  const { coalescedEvents, ...rest } = init;
  const event = new PointerEvent(type, {
    ...client(element, x, y),
    ...{ pointerId: 1, pointerType: 'mouse', bubbles: true, cancelable: true },
    ...(coalescedEvents && { coalescedEvents }),
    ...rest,
  });
  canvas.dispatchEvent(event);
  return event;
}

function draw(element: DefectViewer, places: readonly Place[], init: PointerEventInit = {}): void {
  pointer(element, 'pointerdown', places[0]!, { button: 0, buttons: 1, ...init });
  for (const place of places.slice(1)) pointer(element, 'pointermove', place, { buttons: 1, ...init });
  pointer(element, 'pointerup', places.at(-1)!, init);
}

const points = (places: readonly Place[]) => places.map(([x, y]) => ({ x, y }));
const key = (name: string, init: KeyboardEventInit = {}) =>
  new KeyboardEvent('keydown', { key: name, bubbles: true, cancelable: true, ...init });

const region = (x: number, y: number, width: number, height: number): Region =>
  rectangleRegion({ x, y }, { x: x + width, y: y + height }, PHOTO)!;

const marked = (...regions: readonly Region[]): Lesson =>
  regions.reduce((lesson, one, i) => addMark(lesson, ID, (i % 2) + 1, one), LESSON);

describe('marking on <defect-viewer>', () => {
  it('is not there while nobody teaches, and goes when nobody does any more', async () => {
    const element = await viewer();
    element.teaching = undefined;
    await painted(element);
    expect(bar(element)).to.equal(null);
    expect(root(element).querySelector('canvas.sketch')).to.equal(null);
    const ids = sent(element, 'lesson.mark');
    draw(element, [
      [10, 10],
      [20, 20],
    ]);
    expect(ids).to.deep.equal([]);
  });

  describe('the brush', () => {
    const WAY: readonly Place[] = [
      [10.25, 10.5],
      [20, 12],
      [30.5, 30.125],
    ];

    for (const pointerType of ['mouse', 'pen', 'touch']) {
      it(`of a ${pointerType} marks what it passed over, to the pixel`, async () => {
        const element = await viewer({ tool: 'brush', brush: 3 });
        const marks = sent(element, 'lesson.mark');
        draw(element, WAY, { pointerType });
        expect(marks).to.deep.equal([{ photo: ID, region: strokeRegion(points(WAY), 3, PHOTO) }]);
      });
    }

    it('follows all places that the browser has put into one event', async () => {
      const element = await viewer({ tool: 'brush', brush: 2 });
      const marks = sent(element, 'lesson.mark');
      const way: readonly Place[] = [
        [10, 10],
        [20, 30],
        [40, 10],
      ];
      pointer(element, 'pointerdown', way[0]!, { button: 0, buttons: 1 });
      pointer(element, 'pointermove', way[2]!, {
        coalescedEvents: way.slice(1).map(([x, y]) => new PointerEvent('pointermove', client(element, x, y))),
      });
      pointer(element, 'pointerup', way[2]!);
      expect(marks).to.deep.equal([{ photo: ID, region: strokeRegion(points(way), 2, PHOTO) }]);
    });

    it('is seen while it is drawn, over the photo, which is not painted again', async () => {
      const element = await viewer({ tool: 'brush', brush: 3 });
      const sketch = root(element).querySelector<HTMLCanvasElement>('canvas.sketch')!;
      const photoContext = pane(element).getContext('2d')!;
      let paints = 0;
      const { drawImage } = photoContext;
      photoContext.drawImage = (...args: unknown[]) => {
        paints++;
        Reflect.apply(drawImage, photoContext, args);
      };
      pointer(element, 'pointerdown', [10, 20], { button: 0, buttons: 1 });
      pointer(element, 'pointermove', [40, 20], { buttons: 1 });
      await new Promise(requestAnimationFrame);
      await new Promise(requestAnimationFrame);
      expect(pixel(sketch, 25, 20)[3]).to.be.within(60, 200);
      expect(pixel(sketch, 25, 30)[3]).to.equal(0);
      expect(paints).to.equal(0);
    });

    it('shows its true size where the mouse is', async () => {
      const element = await viewer({ tool: 'brush', brush: 5 });
      const sketch = root(element).querySelector<HTMLCanvasElement>('canvas.sketch')!;
      pointer(element, 'pointermove', [30, 20]);
      await painted(element);
      expect(pixel(sketch, 35, 20)[3], 'its rim').to.be.greaterThan(150);
      expect(pixel(sketch, 33, 20)[3], 'within').to.equal(0);
      expect(getComputedStyle(pane(element)).cursor).to.equal('none');
      pointer(element, 'pointerleave', [30, 20]);
      await painted(element);
      expect(pixel(sketch, 35, 20)[3], 'gone').to.equal(0);
    });

    it('gets larger and smaller by the wheel with Shift, and by [ and ] where letters are keys', async () => {
      const element = await viewer({ tool: 'brush', brush: 10 });
      const sizes = sent(element, 'lesson.brush');
      for (const deltaY of [-100, 100]) {
        const event = new WheelEvent('wheel', { deltaY, shiftKey: true, cancelable: true, bubbles: true });
        pane(element).dispatchEvent(event);
        expect(event.defaultPrevented).to.equal(true);
      }
      expect(element.keyDown(key(']'))).to.equal(true);
      element.hasLetters = false;
      await painted(element);
      expect(element.keyDown(key(']'))).to.equal(false);
      expect(sizes).to.deep.equal([{ radius: 12 }, { radius: 8.5 }, { radius: 12 }]);
    });

    it('is given up by Escape, and by the system', async () => {
      const element = await viewer({ tool: 'brush', brush: 3 });
      const marks = sent(element, 'lesson.mark');
      pointer(element, 'pointerdown', [10, 10], { button: 0, buttons: 1 });
      expect(element.keyDown(key('Escape'))).to.equal(true);
      pointer(element, 'pointermove', [20, 20], { buttons: 1 });
      pointer(element, 'pointerup', [20, 20]);
      pointer(element, 'pointerdown', [10, 10], { button: 0, buttons: 1 });
      pointer(element, 'pointercancel', [10, 10]);
      expect(marks).to.deep.equal([]);
    });
  });

  it('erases with the eraser, and with the other end of a pen', async () => {
    const element = await viewer({ tool: 'eraser', brush: 2 });
    const erased = sent(element, 'lesson.erase');
    draw(element, [[10, 10]]);
    await change(element, { tool: 'brush' });
    draw(element, [[10, 10]], { pointerType: 'pen', button: 5, buttons: 32 });
    const one = { photo: ID, region: strokeRegion([{ x: 10, y: 10 }], 2, PHOTO) };
    expect(erased).to.deep.equal([one, one]);
  });

  it('erases with the other end of a pen between two corners of a polygon, which goes on', async () => {
    const element = await viewer({ tool: 'polygon', brush: 2 });
    const [marks, erased] = [sent(element, 'lesson.mark'), sent(element, 'lesson.erase')];
    const corners: readonly Place[] = [
      [10, 10],
      [30, 10],
      [30, 30],
    ];
    for (const corner of corners) {
      draw(element, [corner], { pointerType: 'pen', button: 0, buttons: 1 });
      draw(element, [[50, 20]], { pointerType: 'pen', button: 5, buttons: 32 });
      pointer(element, 'pointerdown', [50, 20], { pointerType: 'pen', button: 5, buttons: 32 });
      pointer(element, 'pointercancel', [50, 20], { pointerType: 'pen' });
    }
    expect(erased.length).to.equal(3);
    expect(element.keyDown(key('Enter'))).to.equal(true);
    expect(marks).to.deep.equal([{ photo: ID, region: polygonRegion(points(corners), PHOTO) }]);
  });

  it('marks a rectangle of whole pixels', async () => {
    const element = await viewer({ tool: 'rectangle' });
    const marks = sent(element, 'lesson.mark');
    draw(element, [
      [30.2, 20.4],
      [11.9, 5.1],
    ]);
    draw(element, [[30, 20]]);
    expect(marks).to.deep.equal([{ photo: ID, region: region(12, 5, 18, 15) }]);
  });

  describe('a polygon', () => {
    const corners: readonly Place[] = [
      [10, 10],
      [30, 10],
      [30, 30],
    ];

    async function begun() {
      const element = await viewer({ tool: 'polygon' });
      const marks = sent(element, 'lesson.mark');
      for (const corner of corners) draw(element, [corner]);
      expect(marks).to.deep.equal([]);
      return { element, marks };
    }

    const areaOf = ([one]: readonly Commands['lesson.mark'][]) =>
      one?.region.counts.reduce((sum, run, i) => sum + (i % 2 ? run : 0), 0);

    it('is complete with its first corner, Enter or a double click, which does not zoom out', async () => {
      for (const complete of [
        (element: DefectViewer) => draw(element, [corners[0]!]),
        (element: DefectViewer) => element.keyDown(key('Enter')),
        (element: DefectViewer) => {
          draw(element, [corners[2]!]);
          pointer(element, 'dblclick', corners[2]!);
        },
      ]) {
        const { element, marks } = await begun();
        complete(element);
        expect(marks.length).to.equal(1);
        expect(areaOf(marks)).to.equal(190);
      }
    });

    it('loses its last corner by Backspace, and all by Escape', async () => {
      const { element, marks } = await begun();
      expect(element.keyDown(key('Backspace'))).to.equal(true);
      expect(element.keyDown(key('Enter')), 'two corners enclose nothing').to.equal(false);
      expect(element.keyDown(key('Escape'))).to.equal(true);
      expect(element.keyDown(key('Escape')), 'nothing is left').to.equal(false);
      expect(marks).to.deep.equal([]);
    });

    it('is given up with another tool', async () => {
      const { element, marks } = await begun();
      await change(element, { tool: 'brush' });
      await change(element, { tool: 'polygon' });
      draw(element, [corners[0]!]);
      expect(element.keyDown(key('Enter'))).to.equal(false);
      expect(marks).to.deep.equal([]);
    });
  });

  describe('while a tool is on', () => {
    const zoom = (element: DefectViewer) => parseInt(root(element).querySelector('output')!.textContent, 10);

    it('two fingers zoom and draw nothing', async () => {
      const element = await viewer({ tool: 'brush' });
      const marks = sent(element, 'lesson.mark');
      const before = zoom(element);
      const touch = { pointerType: 'touch', button: 0, buttons: 1 };
      pointer(element, 'pointerdown', [25, 20], { ...touch, pointerId: 1 });
      pointer(element, 'pointerdown', [35, 20], { ...touch, pointerId: 2 });
      pointer(element, 'pointermove', [55, 20], { ...touch, pointerId: 2 });
      pointer(element, 'pointerup', [55, 20], { ...touch, pointerId: 2 });
      pointer(element, 'pointermove', [20, 25], { ...touch, pointerId: 1 });
      pointer(element, 'pointerup', [20, 25], { ...touch, pointerId: 1 });
      await painted(element);
      expect(zoom(element)).to.be.greaterThan(1.5 * before);
      expect(marks).to.deep.equal([]);
    });

    it('a second finger does not cost a stroke that was drawn', async () => {
      const element = await viewer({ tool: 'brush' });
      const marks = sent(element, 'lesson.mark');
      const touch = { pointerType: 'touch', button: 0, buttons: 1 };
      pointer(element, 'pointerdown', [10, 20], { ...touch, pointerId: 1 });
      pointer(element, 'pointermove', [40, 20], { ...touch, pointerId: 1 });
      pointer(element, 'pointerdown', [50, 35], { ...touch, pointerId: 2 });
      expect(marks.length).to.equal(1);
    });

    it('the hand beside a pen neither draws nor disturbs', async () => {
      const element = await viewer({ tool: 'brush', brush: 3 });
      const marks = sent(element, 'lesson.mark');
      const pen = { pointerType: 'pen', buttons: 1, pointerId: 1 };
      const hand = { pointerType: 'touch', buttons: 1, pointerId: 2 };
      pointer(element, 'pointerdown', [10, 10], pen);
      pointer(element, 'pointerdown', [40, 30], hand);
      pointer(element, 'pointermove', [20, 10], pen);
      pointer(element, 'pointerup', [20, 10], pen);
      pointer(element, 'pointerup', [40, 30], hand);
      draw(element, [[40, 30]], hand);
      const way = points([
        [10, 10],
        [20, 10],
      ]);
      expect(marks).to.deep.equal([{ photo: ID, region: strokeRegion(way, 3, PHOTO) }]);
    });

    it('the middle button moves the photo, and so does any while Space is held', async () => {
      const element = await viewer({ tool: 'brush' });
      for (let i = 0; i < 4; i++) element.zoomIn();
      const marks = sent(element, 'lesson.mark');
      await painted(element);
      const view = () => JSON.stringify(element.inView());
      const before = view();
      draw(
        element,
        [
          [20, 20],
          [25, 20],
        ],
        { button: 1, buttons: 4 },
      );
      const after = view();
      expect(after).not.to.equal(before);
      expect(element.keyDown(key(' '))).to.equal(true);
      await painted(element);
      expect(getComputedStyle(pane(element)).cursor).to.equal('grab');
      draw(element, [
        [20, 20],
        [15, 20],
      ]);
      expect(view()).to.equal(before);
      element.keyUp(key(' '));
      expect(marks).to.deep.equal([]);
      draw(element, [[20, 20]]);
      expect(marks.length).to.equal(1);
    });

    it('clicks select no defect', async () => {
      const element = await viewer({ tool: 'brush' });
      element.inspection = inspection('cap.png');
      element.detections = DETECTIONS;
      await painted(element);
      const selected = sent(element, 'defect.select');
      draw(element, [[25, 25]]);
      draw(element, [[25, 25]], { button: 1, buttons: 4 });
      expect(selected).to.deep.equal([]);
    });
  });

  describe('marks', () => {
    const lesson = marked(region(10, 10, 20, 20), region(40, 10, 4, 4));

    it('are painted in the colours of their classes, exactly where they are, until defects are hidden', async () => {
      const element = await viewer({ lesson });
      const isGrey = ([r, g, b]: Uint8ClampedArray) => r === 128 && g === 128 && b === 128;
      const cell = (x: number, y: number) => pixel(pane(element), x, y);
      expect(isGrey(cell(20.5, 20.5))).to.equal(false);
      for (const [x, y] of [
        [9, 20],
        [31, 20],
        [20, 9],
        [39, 12],
      ] as const)
        expect(isGrey(cell(x, y)), `beside them, at ${x}, ${y}`).to.equal(true);
      const [red, , blue] = cell(41, 12);
      expect(blue!, 'sky blue of the second class').to.be.greaterThan(red!);
      element.areMasksHidden = true;
      await painted(element);
      expect(isGrey(cell(20.5, 20.5))).to.equal(true);
    });

    it('leave the photo alone beside them', async () => {
      const element = await viewer({ lesson }, { view: 'side-by-side' });
      const [original, annotated] = root(element).querySelectorAll<HTMLCanvasElement>('canvas[data-pane]');
      const differs = (canvas: HTMLCanvasElement) => {
        const { data } = canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height);
        return data.some((value, i) => i % 4 < 3 && data[i - (i % 4) + 3] === 255 && value !== 128);
      };
      expect(differs(original!)).to.equal(false);
      expect(differs(annotated!)).to.equal(true);
    });

    it('are selected with a click, removed by Delete, and given another class by a digit', async () => {
      const element = await viewer({ lesson });
      const removed = sent(element, 'lesson.remove-mark');
      const changed = sent(element, 'lesson.change-mark');
      expect(element.keyDown(key('Delete')), 'nothing is selected').to.equal(false);
      draw(element, [[42, 12]]);
      await painted(element);
      expect(element.keyDown(key('1'))).to.equal(true);
      expect(element.keyDown(key('Delete'))).to.equal(true);
      expect(changed).to.deep.equal([{ id: 2, classId: 1 }]);
      expect(removed).to.deep.equal([{ id: 2 }]);
      button(element, 'Remove the selected mark').click();
      expect(removed.length).to.equal(2);
      draw(element, [[55, 35]]);
      expect(element.keyDown(key('Delete')), 'a click beside them').to.equal(false);
    });

    it('are listed for those who can’t see them, and selected there', async () => {
      const element = await viewer({ lesson });
      const list = root(element).querySelector('defect-mark-list')!;
      await list.updateComplete;
      const items = [...list.shadowRoot!.querySelectorAll('button')];
      expect(items.map((one) => one.textContent.trim())).to.deep.equal([
        'Mark 1: pitting, 20 × 20 px',
        'Mark 2: crack, 4 × 4 px',
      ]);
      expect(list.getBoundingClientRect().width, 'out of sight').to.be.at.most(2);
      items[1]!.focus();
      expect(list.getBoundingClientRect().width, 'in sight').to.be.greaterThan(80);
      items[1]!.click();
      await painted(element);
      await list.updateComplete;
      expect(items[1]!.ariaPressed).to.equal('true');
      expect(element.keyDown(key('Escape'))).to.equal(true);
    });
  });

  describe('the bar', () => {
    it('is a toolbar through which arrow keys lead, with one stop of the Tab key', async () => {
      const element = await viewer({ tool: 'brush' });
      const toolbar = bar(element).shadowRoot!.querySelector<HTMLElement>('[role=toolbar]')!;
      expect(toolbar.ariaLabel).to.equal('Marking');
      const stops = () => buttons(element).filter((one) => one.tabIndex === 0);
      expect(stops().length).to.equal(1);
      stops()[0]!.focus();
      const press = async (name: string) => {
        bar(element).shadowRoot!.activeElement!.dispatchEvent(key(name));
        await painted(element);
        return bar(element).shadowRoot!.activeElement?.ariaLabel;
      };
      expect(await press('ArrowRight')).to.equal('Brush');
      expect(await press('ArrowLeft')).to.equal('Move and select');
      expect(await press('ArrowLeft'), 'around the end, past what is disabled').to.equal(
        'This whole photo is good',
      );
      expect(await press('Home')).to.equal('Move and select');
      expect(stops().map((one) => one.ariaLabel)).to.deep.equal(['Move and select']);
    });

    it('chooses tools and classes, says what is chosen, and names keys where there are any', async () => {
      const element = await viewer({ tool: 'brush', classId: 2 });
      const tools = sent(element, 'lesson.tool');
      const classes = sent(element, 'lesson.choose-class');
      const pressed = () =>
        buttons(element).flatMap((one) => (one.ariaPressed === 'true' ? [nameOf(one)] : []));
      expect(pressed()).to.deep.equal(['Brush', '2 crack']);
      expect(button(element, 'Polygon').title).to.equal('Polygon (P)');
      button(element, 'Polygon').click();
      button(element, '1 pitting').click();
      expect(tools).to.deep.equal([{ tool: 'polygon' }]);
      expect(classes).to.deep.equal([{ id: 1 }]);
      element.hasLetters = false;
      await painted(element);
      expect(button(element, 'Polygon').title).to.equal('Polygon');
    });

    it('calls the photo good, and says that it is', async () => {
      const element = await viewer();
      const good = sent(element, 'lesson.good');
      const toggle = button(element, 'This whole photo is good');
      expect(toggle.ariaPressed).to.equal('false');
      toggle.click();
      expect(good.length).to.equal(1);
      await change(element, { lesson: callGood(LESSON, [ID], true) });
      expect(toggle.ariaPressed).to.equal('true');
      expect(root(element).querySelector('.pill.good')!.textContent).to.contain('no defect in this photo');
    });

    it('accepts the defect that is selected, by its button and by A', async () => {
      const element = await viewer();
      const accepted = sent(element, 'lesson.accept');
      const accept = button(element, 'Accept the selected defect as a mark');
      expect(accept.disabled).to.equal(true);
      expect(element.keyDown(key('a')), 'means nothing else while somebody teaches').to.equal(true);
      element.inspection = inspection('cap.png');
      element.detections = DETECTIONS;
      element.selectedId = 2;
      await painted(element);
      accept.click();
      element.keyDown(key('a'));
      expect(accepted).to.deep.equal([{ detection: 2 }, { detection: 2 }]);
    });

    it('undoes and does again what can be', async () => {
      const element = await viewer();
      expect([button(element, 'Undo').disabled, button(element, 'Redo').disabled]).to.deep.equal([
        true,
        true,
      ]);
      element.canUndo = true;
      await painted(element);
      const undone = sent(element, 'edit.undo');
      button(element, 'Undo').click();
      expect(undone.length).to.equal(1);
    });

    it('gives the brush a slider over the photo, on which every key leads to another size', async () => {
      const element = await viewer({ tool: 'brush', brush: 0.5 });
      const sizes = sent(element, 'lesson.brush');
      const slider = root(element)
        .querySelector('defect-brush-slider')!
        .shadowRoot!.querySelector<HTMLInputElement>('input')!;
      expect(slider.getAttribute('aria-valuetext')).to.equal('1.0 px');
      slider.value = '1';
      slider.dispatchEvent(new Event('input'));
      slider.value = '100';
      slider.dispatchEvent(new Event('input'));
      expect(sizes).to.deep.equal([{ radius: 1 }, { radius: 500 }]);
      await change(element, { tool: 'polygon' });
      expect(root(element).querySelector('defect-brush-slider')).to.equal(null);
    });

    it('leaves the focus on the photo when it is clicked', async () => {
      const element = await viewer();
      const event = new MouseEvent('mousedown', { bubbles: true, cancelable: true });
      button(element, 'Brush').dispatchEvent(event);
      expect(event.defaultPrevented).to.equal(true);
    });
  });

  describe('by keys alone', () => {
    const press = (element: DefectViewer, ...names: readonly string[]) => {
      for (const name of names)
        stage(element).dispatchEvent(key(name, { shiftKey: name.startsWith('Arrow') }));
    };

    it('arrows move a crosshair from the middle, Enter begins and ends a rectangle', async () => {
      const element = await viewer({ tool: 'rectangle' });
      const marks = sent(element, 'lesson.mark');
      press(element, 'ArrowLeft', 'Enter', 'ArrowRight', 'ArrowRight', 'ArrowDown', 'ArrowDown', 'Enter');
      expect(marks).to.deep.equal([{ photo: ID, region: region(29, 20, 2, 2) }]);
    });

    it('corners of a polygon are put by Enter, twice for the last one', async () => {
      const element = await viewer({ tool: 'polygon' });
      const marks = sent(element, 'lesson.mark');
      const go = (name: string, times: number) => Array.from({ length: times }, () => name);
      press(element, ...go('ArrowRight', 4), 'Enter', ...go('ArrowDown', 4), 'Enter');
      press(element, ...go('ArrowLeft', 4), 'Enter', 'Enter');
      expect(marks.length).to.equal(1);
      expect(marks[0]!.region).to.include({ x: 30, y: 20, width: 4 });
    });

    it('a stroke goes where the crosshair goes', async () => {
      const element = await viewer({ tool: 'brush', brush: 1 });
      const marks = sent(element, 'lesson.mark');
      press(element, 'ArrowLeft', 'Enter', 'ArrowRight', 'ArrowRight', 'Enter');
      const way = points([
        [29, 20],
        [30, 20],
        [31, 20],
      ]);
      expect(marks).to.deep.equal([{ photo: ID, region: strokeRegion(way, 1, PHOTO) }]);
    });

    it('arrows move the photo with the move tool', async () => {
      const element = await viewer();
      for (let i = 0; i < 4; i++) element.zoomIn();
      await painted(element);
      const before = JSON.stringify(element.inView());
      press(element, 'ArrowLeft');
      expect(JSON.stringify(element.inView())).not.to.equal(before);
    });
  });

  it('leads to the place that is to be looked at next, once its photo is shown, and points at it', async () => {
    const element = await viewer();
    const sketch = root(element).querySelector<HTMLCanvasElement>('canvas.sketch')!;
    const isEmpty = () =>
      sketch
        .getContext('2d')!
        .getImageData(0, 0, sketch.width, sketch.height)
        .data.every((value) => value === 0);
    await change(element, { place: { photo: ID + 1, x: 50, y: 10, reason: 'unsure' } });
    await aTimeout(250);
    expect(element.inView()).to.deep.equal([0, 0, PHOTO.width, PHOTO.height]);
    expect(isEmpty()).to.equal(true);
    element.photoId = ID + 1;
    await painted(element);
    await aTimeout(250);
    await painted(element);
    const [x, y, width, height] = element.inView()!;
    expect(width).to.be.lessThan(PHOTO.width / 2);
    expect([x < 50 && 50 < x + width, y < 10 && 10 < y + height]).to.deep.equal([true, true]);
    expect(isEmpty()).to.equal(false);
    await change(element, { place: undefined });
    expect(isEmpty()).to.equal(true);
  });

  for (const [tool, places] of [
    [
      'brush',
      [
        [10, 10],
        [20, 12],
      ],
    ],
    [
      'rectangle',
      [
        [10, 10],
        [20, 20],
      ],
    ],
  ] as const)
    it(`leaves what is drawn when another photo is shown to the photo that it was drawn on: ${tool}`, async () => {
      const element = await viewer({ tool, brush: 3 });
      const marks = sent(element, 'lesson.mark');
      pointer(element, 'pointerdown', places[0], { button: 0, buttons: 1 });
      pointer(element, 'pointermove', places[1], { buttons: 1 });
      element.photoId = ID + 1;
      await element.updateComplete;
      pointer(element, 'pointermove', [40, 30], { buttons: 1 });
      pointer(element, 'pointerup', [40, 30]);
      expect(marks.map(({ photo }) => photo)).to.deep.equal([ID]);
      const { x, width } = marks[0]!.region;
      expect(x + width).to.be.lessThan(25);
    });

  it('leaves a polygon to the photo that it was begun on, as far as it encloses anything', async () => {
    const element = await viewer({ tool: 'polygon' });
    const marks = sent(element, 'lesson.mark');
    for (const place of [
      [10, 10],
      [30, 10],
      [30, 30],
    ] as const)
      draw(element, [place]);
    element.photoId = ID + 1;
    await element.updateComplete;
    expect(marks.map(({ photo }) => photo)).to.deep.equal([ID]);
    for (const place of [
      [10, 10],
      [30, 10],
    ] as const)
      draw(element, [place]);
    element.photoId = ID;
    await element.updateComplete;
    expect(marks.length).to.equal(1);
  });

  it('draws nothing on the photo before while another one is opened', async () => {
    const element = await viewer({ tool: 'brush' });
    const marks = sent(element, 'lesson.mark');
    element.input = await photo();
    element.photoId = ID + 1;
    await element.updateComplete;
    draw(element, [[20, 20]]);
    expect(marks).to.deep.equal([]);
    await aTimeout(300);
    await painted(element);
    draw(element, [[20, 20]]);
    expect(marks.length).to.equal(1);
  });

  for (const theme of ['light', 'dark']) {
    it(`is accessible in the ${theme} theme`, async () => {
      const element = await viewer({ lesson: marked(region(10, 10, 8, 8)), tool: 'brush' }, { theme });
      await expect(element).to.be.accessible();
      await change(element, { lesson: callGood(LESSON, [ID], true), tool: 'move' });
      await expect(element).to.be.accessible();
    });
  }
});
