import { aTimeout, expect, fixture, html, nextFrame } from '@open-wc/testing';
import { inspection, photo } from '../../../tests/unit/workbench/fakes.js';
import type { PhotoEntry } from '../../workbench/batch/photo-batch.js';
import { newLesson, type Lesson, type Teaching } from '../../workbench/lessons/lesson.js';
import { COMMAND_EVENT, type SentCommand } from '../shared/send-command.js';
import type { DefectQueue } from './queue.js';
import './queue.js';

const ROW = 56;

async function entriesOf(count: number, more: Partial<PhotoEntry> = {}): Promise<PhotoEntry[]> {
  const input = await photo();
  return Array.from({ length: count }, (_, i) => ({
    id: i + 1,
    name: `Line 3 camera left ${String(i + 1).padStart(4, '0')}.jpg`,
    input,
    state: 'done',
    output: inspection(),
    ...more,
  }));
}

/** A queue that does what its commands ask for, as the element around it does. */
async function queue(
  entries: readonly PhotoEntry[],
  { width = 248, height = 600 } = {},
): Promise<DefectQueue> {
  const frame = await fixture<HTMLElement>(html`<div></div>`);
  frame.style.cssText = `width: ${width}px; height: ${height}px; container-type: size; display: grid`;
  if (width <= 300) frame.style.containerType = 'normal';
  const element = document.createElement('defect-queue');
  element.entries = entries;
  element.selectedId = entries[0]?.id;
  frame.addEventListener(COMMAND_EVENT, (event) => {
    const { command, args } = (event as CustomEvent<SentCommand>).detail;
    const id = (args[0] as { id: number } | undefined)?.id;
    if (command === 'photo.show') element.selectedId = id;
    if (command === 'photo.remove') element.entries = element.entries.filter((entry) => entry.id !== id);
  });
  frame.append(element);
  await drawn(element);
  return element;
}

async function drawn(element: DefectQueue): Promise<void> {
  for (let i = 0; i < 2; i++) {
    await nextFrame();
    await aTimeout(0);
    await element.updateComplete;
  }
}

const rows = (element: DefectQueue) => [...element.renderRoot.querySelectorAll<HTMLElement>('li')];
const scroller = (element: DefectQueue) => element.renderRoot.querySelector<HTMLElement>('.scroller')!;
const places = (element: DefectQueue) => rows(element).map((row) => Number(row.ariaPosInSet));
const focused = (element: DefectQueue) => element.shadowRoot!.activeElement;
const focusedPlace = (element: DefectQueue) => Number(focused(element)?.closest('li')?.ariaPosInSet);

const overlap = (a: DOMRect, b: DOMRect) =>
  a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;

async function press(element: DefectQueue, key: string): Promise<void> {
  focused(element)!.dispatchEvent(
    new KeyboardEvent('keydown', { key, bubbles: true, composed: true, cancelable: true }),
  );
  await drawn(element);
}

async function scrollTo(element: DefectQueue, place: Partial<Record<'left' | 'top', number>>): Promise<void> {
  scroller(element).scrollTo(place);
  await drawn(element);
}

describe('<defect-queue>', () => {
  it('has the count of a photo that was seen in part beside its buttons', async () => {
    const element = await queue(await entriesOf(1, { state: 'cancelled' }));
    element.counts = new Map([[1, 3]]);
    await drawn(element);
    const [row] = rows(element);
    const rectOf = (selector: string) => row!.querySelector(selector)!.getBoundingClientRect();
    expect(rectOf('.count').width).to.be.greaterThan(0);
    expect(overlap(rectOf('.count'), rectOf('.actions'))).to.equal(false);
  });

  for (const [layout, size] of [
    ['list', { width: 248, height: 600 }],
    ['strip', { width: 800, height: 96 }],
  ] as const) {
    it(`has the rows in sight alone, as a ${layout}, and one tab stop among them`, async () => {
      const element = await queue(await entriesOf(500), size);
      expect(rows(element).length).to.be.within(10, 40);
      expect(rows(element).every((row) => row.ariaSetSize === '500')).to.equal(true);
      const axis = layout === 'list' ? 'top' : 'left';
      await scrollTo(element, { [axis]: 20_000 });
      const inSight = rows(element).filter((row) => {
        const [row_, room] = [row.getBoundingClientRect(), scroller(element).getBoundingClientRect()];
        return layout === 'list'
          ? row_.top < room.bottom && row_.bottom > room.top
          : row_.left < room.right && row_.right > room.left;
      });
      expect(inSight.length).to.be.greaterThan(4);
      expect(Number(inSight[0]!.ariaPosInSet)).to.be.greaterThan(100);
      const stops = element.renderRoot.querySelectorAll('ol :is(button, [tabindex]):not([tabindex="-1"])');
      expect([...stops].map((stop) => stop.closest('li')!.ariaPosInSet)).to.deep.equal(['1']);
      await expect(element).to.be.accessible();
    });
  }

  it('keys walk through it, and the focus goes with what is shown', async () => {
    const element = await queue(await entriesOf(500));
    element.renderRoot.querySelector<HTMLElement>('.photo')!.focus();
    const visited: number[] = [];
    for (const key of ['ArrowDown', 'PageDown', 'End', 'ArrowDown', 'ArrowUp', 'PageUp', 'Home']) {
      await press(element, key);
      expect(focusedPlace(element)).to.equal(element.selectedId);
      const [row, room] = [
        focused(element)!.getBoundingClientRect(),
        scroller(element).getBoundingClientRect(),
      ];
      expect(row.top >= room.top && row.bottom <= room.bottom, key).to.equal(true);
      visited.push(focusedPlace(element));
    }
    const page = Math.floor(scroller(element).clientHeight / ROW);
    expect(visited).to.deep.equal([2, 2 + page, 500, 500, 499, 499 - page, 1]);
  });

  it('keeps the focus while it is scrolled', async () => {
    const element = await queue(await entriesOf(500));
    element.renderRoot.querySelector<HTMLElement>('.photo')!.focus();
    for (let i = 0; i < 5; i++) await press(element, 'ArrowDown');
    for (const top of [300, 700, 20_000, 27_000, 0]) {
      await scrollTo(element, { top });
      expect(focusedPlace(element), `at ${top}`).to.equal(6);
    }
    await scrollTo(element, { top: 20_000 });
    await press(element, 'ArrowDown');
    expect(focusedPlace(element)).to.equal(7);
  });

  it('keeps the focus when its photo is removed', async () => {
    const element = await queue(await entriesOf(5));
    element.renderRoot.querySelector<HTMLElement>('.photo')!.focus();
    await press(element, 'ArrowDown');
    await press(element, 'Delete');
    expect(element.entries.map(({ id }) => id)).to.deep.equal([1, 3, 4, 5]);
    expect(focused(element)?.matches('.photo')).to.equal(true);
  });

  for (const [place, ids, next] of [
    [2, [1, 3, 4, 5], 2],
    [3, [1, 2, 4, 5], 3],
    [5, [1, 2, 3, 4], 4],
  ] as const) {
    it(`goes to the neighbour that takes the place of row ${place}, whatever is shown`, async () => {
      const element = await queue(await entriesOf(5));
      const removeAt = (at: number) =>
        rows(element)[at - 1]!.querySelector<HTMLElement>('[data-command="photo.remove"]')!;
      removeAt(place).focus();
      removeAt(place).click();
      await drawn(element);
      expect(element.entries.map(({ id }) => id)).to.deep.equal(ids);
      expect(focusedPlace(element)).to.equal(next);
      expect(focused(element)).to.equal(removeAt(next));
      expect(element.selectedId).to.equal(1);
    });
  }

  it('shows the photo that is chosen elsewhere, and leaves the list where it is otherwise', async () => {
    const element = await queue(await entriesOf(500));
    element.selectedId = 300;
    await drawn(element);
    expect(places(element)).to.include(300);
    const { scrollTop } = scroller(element);
    expect(scrollTop).to.be.within(300 * ROW - 600, 299 * ROW);
    element.entries = [...element.entries];
    await drawn(element);
    expect(scroller(element).scrollTop).to.equal(scrollTop);
  });

  it('says a name in one piece and cuts it in the middle', async () => {
    const element = await queue(await entriesOf(1));
    const name = element.renderRoot.querySelector<HTMLElement>('.name')!;
    expect(name.textContent).to.equal('Line 3 camera left 0001.jpg');
    const end = name.lastElementChild as HTMLElement;
    expect(end.textContent).to.equal('0001.jpg');
    expect(end.scrollWidth).to.be.at.most(end.clientWidth + 1);
    expect(name.getBoundingClientRect().right).to.be.at.most(
      element.renderRoot.querySelector('.count')?.getBoundingClientRect().left ?? Infinity,
    );
  });

  it('says of each photo how far it has come, what was seen in part, and what was looked at otherwise', async () => {
    const [first, second, third] = await entriesOf(3);
    const { output, ...running } = first!;
    const input = { ...output!.input, tiles: 7, planned: 24 };
    const element = await queue([
      { ...running, state: 'running' },
      { ...second!, state: 'cancelled', output: { ...output!, input } },
      third!,
    ]);
    element.otherwise = new Set([3]);
    element.underWay = new Map([[1, { seen: 3, planned: 24, tiles: [] }]]);
    await drawn(element);
    const words = rows(element).map((row) => row.querySelector('.word')!.textContent);
    expect(words).to.deep.equal(['3 of 24 tiles', 'Seen in part', 'Another setting']);
    await expect(element).to.be.accessible();
  });

  describe('while somebody teaches', () => {
    const mark = {
      id: 1,
      classId: 1,
      region: { x: 0, y: 0, width: 1, height: 1, counts: Uint32Array.of(0, 1) },
    };
    const lesson: Lesson = {
      ...newLesson('caps'),
      photos: new Map<number, Teaching>([
        [1, { isGood: true }],
        [2, { isGood: false, marks: [mark, { ...mark, id: 2 }] }],
      ]),
    };

    /** What it sent, beside what the queue around it has done. */
    async function teaching(size?: { width: number; height: number }) {
      const element = await queue(await entriesOf(6), size);
      element.lesson = lesson;
      const sent: unknown[] = [];
      element.parentElement!.addEventListener(COMMAND_EVENT, (event) => {
        const { command, args } = (event as CustomEvent<SentCommand>).detail;
        sent.push([command, ...args]);
        if (command === 'photos.select') element.chosen = (args[0] as { ids: readonly number[] }).ids;
        if (command === 'photo.show') element.chosen = [];
      });
      await drawn(element);
      return { element, sent };
    }

    const photoAt = (element: DefectQueue, place: number) =>
      rows(element)[place - 1]!.querySelector<HTMLElement>('.photo')!;
    const click = async (element: DefectQueue, place: number, keys: MouseEventInit = {}) => {
      photoAt(element, place).dispatchEvent(
        new MouseEvent('click', { bubbles: true, composed: true, ...keys }),
      );
      await drawn(element);
    };
    const press = async (element: DefectQueue, key: string, keys: KeyboardEventInit = {}) => {
      const event = new KeyboardEvent('keydown', {
        key,
        bubbles: true,
        composed: true,
        cancelable: true,
        ...keys,
      });
      focused(element)!.dispatchEvent(event);
      await drawn(element);
    };

    for (const [layout, size] of [
      ['list', { width: 248, height: 600 }],
      ['strip', { width: 800, height: 96 }],
    ] as const) {
      it(`says what is known of each photo, as a ${layout}`, async () => {
        const { element } = await teaching(size);
        const said = (place: number) => photoAt(element, place).textContent.replaceAll(/\s+/g, ' ');
        expect(said(1)).to.contain('Good');
        expect(said(2)).to.contain('2 marks');
        expect(said(3)).to.contain('Neither good nor marked yet');
        await expect(element).to.be.accessible();
        element.lesson = undefined;
        await drawn(element);
        expect(said(3)).not.to.contain('Neither');
      });
    }

    it('several are chosen with Shift and Ctrl, and what is said is said of all', async () => {
      const { element, sent } = await teaching();
      await click(element, 4, { shiftKey: true });
      expect(element.chosen).to.deep.equal([1, 2, 3, 4]);
      await click(element, 2, { ctrlKey: true });
      await click(element, 6, { metaKey: true });
      expect(element.chosen).to.deep.equal([1, 3, 4, 6]);
      await expect(element).to.be.accessible();
      element.renderRoot.querySelector<HTMLElement>('.chosen-bar button')!.click();
      expect(sent.at(-1)).to.deep.equal(['lesson.good']);
      await click(element, 5);
      expect(element.chosen).to.deep.equal([]);
      await click(element, 5, { ctrlKey: true });
      expect(element.chosen).to.deep.equal([]);
    });

    it('several are chosen with the keyboard, and Escape chooses none', async () => {
      const { element, sent } = await teaching();
      photoAt(element, 1).focus();
      await press(element, 'ArrowDown');
      await press(element, 'ArrowDown', { shiftKey: true });
      await press(element, 'ArrowDown', { shiftKey: true });
      expect(element.chosen).to.deep.equal([2, 3, 4]);
      expect(focusedPlace(element)).to.equal(4);
      await press(element, 'ArrowUp', { shiftKey: true });
      expect(element.chosen).to.deep.equal([2, 3]);
      await press(element, 'a', { ctrlKey: true });
      expect(element.chosen).to.deep.equal([1, 2, 3, 4, 5, 6]);
      let heard = 0;
      element.addEventListener('keydown', () => heard++);
      await press(element, 'Escape');
      expect(element.chosen).to.deep.equal([]);
      expect(heard).to.equal(0);
      expect(sent.at(-1)).to.deep.equal(['photos.select', { ids: [] }]);
    });

    it('are listed the worst first, or as they were added', async () => {
      const { element, sent } = await teaching();
      expect(element.renderRoot.querySelector('.order')).to.equal(null);
      element.order = 'worst';
      await drawn(element);
      const order = element.renderRoot.querySelector<HTMLSelectElement>('.order')!;
      expect(order.value).to.equal('worst');
      order.value = 'arrival';
      order.dispatchEvent(new Event('change'));
      expect(sent).to.deep.equal([['photos.order', { by: 'arrival' }]]);
      await expect(element).to.be.accessible();
    });
  });

  it('chooses no several while nobody teaches', async () => {
    const element = await queue(await entriesOf(3));
    const photo = rows(element)[2]!.querySelector<HTMLElement>('.photo')!;
    photo.dispatchEvent(new MouseEvent('click', { bubbles: true, composed: true, shiftKey: true }));
    await drawn(element);
    expect(element.selectedId).to.equal(3);
    expect(element.renderRoot.querySelector('.chosen-bar')).to.equal(null);
  });
});
