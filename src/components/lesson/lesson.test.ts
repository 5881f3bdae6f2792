import { aTimeout, expect, fixture, html, nextFrame, waitUntil } from '@open-wc/testing';
import { failure } from '../../../tests/unit/workbench/failure.js';
import { learntAs } from '../../../tests/unit/workbench/lessons/learnt.js';
import { inspection, photo } from '../../../tests/unit/workbench/fakes.js';
import { InspectorError } from '../../core/errors.js';
import type { Region } from '../../core/types.js';
import type { PhotoEntry } from '../../workbench/batch/photo-batch.js';
import { addClass, addMark, callGood, newLesson, type Lesson } from '../../workbench/lessons/lesson.js';
import { teachingOf, type KeptLesson, type TeachingState } from '../../workbench/lessons/state.js';
import {
  stepsOf,
  type WalkPhoto,
  type WalkState,
  type WalkStep,
} from '../../workbench/lessons/walk-steps.js';
import { COMMAND_EVENT, type SentCommand } from '../shared/send-command.js';
import { tokens } from '../shared/tokens.styles.js';
import type { DefectLesson } from './lesson.js';
import './lesson.js';

const MARK: Region = { x: 10, y: 10, width: 4, height: 4, counts: Uint32Array.of(0, 16) };

/** Two kinds of defects, so many good photos, and marks in those after them. */
function lessonOf(good: number, marked: number): Lesson {
  let lesson = addClass(addClass(newLesson('Caps'), 'scratch'), 'dent');
  lesson = callGood(
    lesson,
    Array.from({ length: good }, (_, i) => i + 1),
    true,
  );
  for (let i = 0; i < marked; i++) lesson = addMark(lesson, good + 1 + i, 1, MARK);
  return lesson;
}

const teachingWith = (lesson: Lesson, more: Partial<TeachingState> = {}): TeachingState => ({
  ...teachingOf(lesson),
  isSaved: false,
  ...more,
});

const FIGURES = { marked: 8, good: 10, found: 7, falseAlarms: 1, pixelAP: 0.8, imageAUROC: 0.97, folds: 5 };

const STATES: Readonly<Record<string, () => TeachingState>> = {
  empty: () => teachingWith(newLesson('Caps'), { isSaved: true }),
  half: () => teachingWith(lessonOf(3, 1)),
  learning: () =>
    teachingWith(lessonOf(5, 3), {
      learning: { kind: 'learning', progress: { phase: 'describing', done: 3, total: 8 } },
    }),
  learnt: () =>
    teachingWith(lessonOf(5, 3), {
      learning: learntAs({
        figures: FIGURES,
        doubts: [{ reason: 'class-in-one-photo', params: { name: 'dent' } }],
      }),
      next: [
        { photo: 1, x: 100, y: 40, reason: 'unsure' },
        { photo: 2, x: 20, y: 140, reason: 'unlike' },
      ],
    }),
  failed: () =>
    teachingWith(lessonOf(1, 0), {
      learning: { kind: 'failed', error: failure('lesson-unusable', 'Too few.') },
    }),
};

const KEPT: readonly KeptLesson[] = [
  {
    key: 'k',
    name: 'Rings',
    good: 9,
    marked: 4,
    keeping: 'photos',
    bytes: 3e7,
    saved: '2026-01-02T03:04:05Z',
  },
];

async function photosOf(count: number): Promise<PhotoEntry[]> {
  const input = await photo();
  return Array.from({ length: count }, (_, i) => {
    const name = `Line 3 camera left ${String(i + 1).padStart(4, '0')}.jpg`;
    return { id: i + 1, name, input, state: 'done', output: inspection(name) };
  });
}

const WALKED: readonly WalkPhoto[] = [
  { id: 1, isGood: true, isTaught: true, marks: [] },
  { id: 2, isGood: true, isTaught: true, marks: [] },
  { id: 3, isGood: false, isTaught: true, marks: [{ classId: 1, region: MARK }] },
  { id: 4, isGood: false, isTaught: false, marks: [{ classId: 2, region: MARK }] },
];
const walkAt = (kind: WalkStep['kind'], more: Partial<WalkState> = {}): WalkState => {
  const steps = stepsOf(WALKED);
  const at = steps.findIndex((step) => step.kind === kind);
  return { part: 'cap', photos: WALKED, steps, at, isInspected: false, hasFound: false, ...more };
};

/** The palette, which the inspector gives to what is in it. */
const rootTokens = new CSSStyleSheet();
rootTokens.replaceSync(tokens.cssText.replaceAll(':host', ':root'));

interface Shown {
  readonly element: DefectLesson;
  readonly sent: unknown[];
}

async function shown(
  teaching: TeachingState,
  {
    width = 420,
    height = 700,
    theme = 'light',
    walk,
  }: { width?: number; height?: number; theme?: string; walk?: WalkState } = {},
): Promise<Shown> {
  document.adoptedStyleSheets = [rootTokens];
  document.documentElement.style.colorScheme = theme;
  const frame = await fixture<HTMLElement>(html`<div></div>`);
  frame.style.cssText = `width: ${width}px; height: ${height}px; container-type: size; display: grid; grid-template-rows: minmax(0, 1fr); color: var(--defect-text); background: var(--defect-page); font: 14px/1.4 sans-serif`;
  const sent: unknown[] = [];
  frame.addEventListener(COMMAND_EVENT, (event) => {
    const { command, args } = (event as CustomEvent<SentCommand>).detail;
    sent.push([command, ...args]);
  });
  const element = document.createElement('defect-lesson');
  element.teaching = teaching;
  element.kept = KEPT;
  element.photos = await photosOf(8);
  element.walk = walk;
  element.hasLetterKeys = true;
  frame.append(element);
  await drawn(element);
  return { element, sent };
}

async function drawn(element: DefectLesson): Promise<void> {
  await element.updateComplete;
  await nextFrame();
  await aTimeout(0);
}

const all = (element: Element, selector: string) => [
  ...element.shadowRoot!.querySelectorAll<HTMLElement>(selector),
];
const one = (element: Element, selector: string): HTMLElement => {
  const [found] = all(element, selector);
  if (!found) throw new Error(`There is no ${selector} in <${element.localName}>.`);
  return found;
};
const words = (element: Element) => element.textContent.replaceAll(/\s+/g, ' ').trim();
const named = (root: Element, name: string): HTMLButtonElement => {
  const found = all(root, 'button').find(
    (button) => (button.getAttribute('aria-label') ?? words(button)).trim() === name,
  );
  if (!found) throw new Error(`There is no button “${name}”.`);
  return found as HTMLButtonElement;
};
const classes = (element: Element) => one(element, 'defect-lesson-classes');
const status = (element: Element) => words(one(element, '[role="status"]'));
const focused = (element: Element): Element | null => {
  let at = element.shadowRoot!.activeElement;
  while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
  return at;
};

/** What reaches beyond the panel sidewards. */
function overflowing(element: DefectLesson): string[] {
  const { right, left } = element.getBoundingClientRect();
  return all(element, '.lesson *')
    .filter((one) => one.checkVisibility() && !one.closest('.items, .hidden-text'))
    .filter((one) => {
      const rect = one.getBoundingClientRect();
      return rect.width > 1 && (rect.right > right + 1 || rect.left < left - 1);
    })
    .map((one) => `${one.localName}.${one.className}`);
}

describe('<defect-lesson>', () => {
  for (const [name, state] of Object.entries(STATES)) {
    for (const theme of ['light', 'dark']) {
      it(`is accessible and within its place: ${name}, ${theme}`, async () => {
        const { element } = await shown(state(), { theme });
        await expect(element).to.be.accessible();
        expect(overflowing(element)).to.deep.equal([]);
      });
    }

    it(`has all in sight by scrolling in a box of 320 x 400: ${name}`, async () => {
      const { element } = await shown(state(), { width: 320, height: 400 });
      expect(overflowing(element)).to.deep.equal([]);
      for (const button of all(element, 'button:not(.items *)')) {
        button.scrollIntoView({ block: 'center' });
        const { top, bottom } = button.getBoundingClientRect();
        const box = element.getBoundingClientRect();
        expect(top >= box.top - 1 && bottom <= box.bottom + 1, words(button)).to.equal(true);
      }
    });
  }

  it('says where a lesson is saved, and nothing of one that says nothing yet', async () => {
    const lesson = lessonOf(3, 1);
    const chip = async (state: TeachingState) => {
      const { element } = await shown(state);
      return all(element, '.saved').map((span) => [words(span), span.title]);
    };
    const saved = (isOnDevice: boolean) =>
      teachingWith(lesson, { isSaved: true, saved: { lesson, hash: undefined, isOnDevice } });
    const [device, file] = ['Saved on this device', 'In a file, and not saved on this device'];
    expect(await chip(saved(true))).to.deep.equal([[`Saved${device}`, device]]);
    expect(await chip(saved(false))).to.deep.equal([[`In a file${file}`, file]]);
    expect(await chip(STATES.empty!())).to.deep.equal([]);
  });

  it('says what to do next, step by step', async () => {
    const { element } = await shown(teachingWith(newLesson('Caps')));
    expect(status(element)).to.equal('Show a photo without defects and press G.');
    for (const [good, marked, sentence] of [
      [3, 0, 'Show two more photos without defects, and press G on each.'],
      [5, 1, 'Mark the defects in two more photos.'],
      [5, 3, 'Press Learn.'],
    ] as const) {
      element.teaching = teachingWith(lessonOf(good, marked));
      await drawn(element);
      expect(status(element)).to.equal(sentence);
    }
    element.hasLetterKeys = false;
    element.teaching = teachingWith(newLesson('Caps'));
    await drawn(element);
    expect(status(element)).to.equal('Show a photo without defects and press Good.');
  });

  it('ticks its steps off', async () => {
    const { element } = await shown(STATES.half!());
    const steps = () => all(element, '.path li').map(words);
    expect(steps()).to.deep.equal(['Good photos 3 of 5', 'Marked photos 1 of 3', 'Learn']);
    element.teaching = teachingWith(lessonOf(6, 3));
    await drawn(element);
    expect(steps()).to.deep.equal(['Good photos done6', 'Marked photos done3', 'Learn']);
  });

  it('learns on a click, and not while there is nothing to learn from, or while it learns', async () => {
    const { element, sent } = await shown(STATES.empty!());
    named(element, 'Learn').click();
    expect(sent).to.deep.equal([]);
    element.teaching = STATES.half!();
    await drawn(element);
    named(element, 'Learn').click();
    expect(sent).to.deep.equal([['lesson.learn']]);
    element.teaching = STATES.learning!();
    await drawn(element);
    named(element, 'Learn').click();
    expect(sent.length).to.equal(1);
    expect(words(one(element, '.learning'))).to.contain('Looking at the photos: 3 of 8');
    named(element, 'Cancel').click();
    expect(sent.at(-1)).to.deep.equal(['lesson.cancel']);
  });

  it('leads from the photos that it names to them, and leaves names of classes alone', async () => {
    const [first, second] = await photosOf(2);
    const { element, sent } = await shown(
      teachingWith(lessonOf(5, 3), {
        learning: learntAs({
          doubts: [
            { reason: 'copies', params: { name: first!.name, other: second!.name } },
            { reason: 'photo-of-other-look', params: { name: 'gone.jpg' } },
            { reason: 'class-in-one-photo', params: { name: first!.name } },
          ],
        }),
      }),
    );
    element.photos = [first!, second!];
    await drawn(element);
    expect(all(element, '.notice li').map(words)[0]).to.equal(
      `${first!.name} and ${second!.name} show the same, which counts as one photo.`,
    );
    expect(all(element, '.notice .link').map(words)).to.deep.equal([first!.name, second!.name]);
    named(element, `Show ${second!.name}`).click();
    expect(sent).to.deep.equal([['photo.show', { id: second!.id }]]);
    element.teaching = teachingWith(lessonOf(1, 0), {
      learning: {
        kind: 'failed',
        error: new InspectorError({
          code: 'lesson-unusable',
          reason: 'lesson-not-said',
          params: { name: first!.name },
        }),
      },
    });
    await drawn(element);
    named(element, `Show ${first!.name}`).click();
    expect(sent.at(-1)).to.deep.equal(['photo.show', { id: first!.id }]);
    await expect(element).to.be.accessible();
  });

  it('keeps the focus when it begins to learn, and when that is cancelled or over', async () => {
    const { element } = await shown(STATES.half!());
    named(element, 'Learn').focus();
    element.teaching = STATES.learning!();
    await drawn(element);
    expect(words(focused(element)!)).to.equal('Learn');
    named(element, 'Cancel').focus();
    element.teaching = STATES.half!();
    await drawn(element);
    expect(words(focused(element)!)).to.equal('Learn');
  });

  it('tells in words what it can do, what is doubtful, and what few photos can promise', async () => {
    const { element } = await shown(STATES.learnt!());
    const figures = () => words(one(element, '.figures'));
    expect(figures()).to.contain(
      'Found in 7 of 8 marked photos, 1 false alarm in 10 good ones. Tested on photos that it had not seen.',
    );
    expect(figures()).to.contain('“dent” is marked in one photo alone');
    const figuresAlone = { marked: 0, good: 4, found: 0, falseAlarms: 0, folds: 4 };
    element.teaching = teachingWith(lessonOf(4, 0), {
      learning: learntAs({
        figures: figuresAlone,
        falseAlarmShare: 0.2,
        doubts: [{ reason: 'few-photos', params: { marked: 0, good: 4 } }],
      }),
      isOutdated: true,
    });
    await drawn(element);
    expect(figures()).to.contain('No false alarm in 4 good photos.');
    expect(figures()).to.contain('fewer than 20 in 100 good parts');
    expect(figures()).to.contain('the figures mean little');
    expect(figures()).to.contain('before the last change');
    expect(status(element)).to.equal('The lesson has changed since it was learnt. Learn again.');
    element.teaching = teachingWith(lessonOf(4, 1), {
      learning: learntAs({ figures: { ...figuresAlone, marked: 1 } }),
    });
    await drawn(element);
    expect(figures()).to.contain('was not tested').and.not.contain('Found in');
  });

  it('keeps what it can do in sight while it learns again, and where that comes to nothing', async () => {
    const progress = { phase: 'learning', done: 1, total: 9 } as const;
    const former = learntAs({ figures: FIGURES });
    const { element } = await shown(
      teachingWith(lessonOf(5, 3), { learning: { kind: 'learning', progress, former } }),
    );
    expect(words(one(element, '.figures')))
      .to.contain('before the last change')
      .and.contain('7 of 8');
    const error = failure('lesson-unusable', 'Too few.');
    element.teaching = teachingWith(lessonOf(5, 3), { learning: { kind: 'failed', error, former } });
    await drawn(element);
    expect(words(one(element, '.figures'))).to.contain('7 of 8');
  });

  it('says why nothing could be learnt', async () => {
    const { element } = await shown(STATES.failed!());
    expect(words(one(element, '[role="alert"]'))).to.equal('Too few.');
  });

  it('leads to the places that it is least sure about', async () => {
    const { element, sent } = await shown(STATES.learnt!());
    const places = one(element, 'defect-next-places');
    all(places, 'li button')[1]!.click();
    expect(sent).to.deep.equal([['lesson.show-next', { index: 1 }]]);
    element.photos = element.photos.filter(({ id }) => id !== 1);
    await drawn(element);
    expect(all(places, 'li').length).to.equal(1);
    all(places, 'li button')[0]!.click();
    expect(sent.at(-1)).to.deep.equal(['lesson.show-next', { index: 1 }]);
  });

  it('lists the photos that are not there, and takes them out of the lesson', async () => {
    const thumbnail = await photo();
    const absent = new Map([
      [-1, { name: 'old.png', width: 320, height: 160, thumbnail }],
      [-2, { name: 'older.png', width: 320, height: 160 }],
    ]);
    const lesson = addMark(callGood(lessonOf(1, 1), [-1], true), -2, 2, MARK);
    const { element, sent } = await shown(teachingWith(lesson, { absent }));
    const list = one(element, 'defect-absent-photos');
    one(list, 'summary').click();
    await drawn(element);
    expect(words(one(list, 'summary'))).to.equal('2 photos of this lesson are not in the list');
    expect(all(list, 'small').map(words)).to.deep.equal(['good', '1 mark']);
    await expect(element).to.be.accessible();
    named(list, 'Take older.png out of the lesson').click();
    expect(sent).to.deep.equal([['lesson.forget', { id: -2 }]]);
    await waitUntil(() => (one(list, 'canvas') as HTMLCanvasElement).width === 128);
  });

  describe('kinds of defects', () => {
    it('are added, chosen, coloured and deleted', async () => {
      const { element, sent } = await shown(STATES.half!());
      const input = one(classes(element), 'form input') as HTMLInputElement;
      input.value = ' stain ';
      named(classes(element), 'Add').click();
      all(classes(element), '.choose')[1]!.click();
      const colour = all(classes(element), '[type="color"]')[0] as HTMLInputElement;
      colour.value = '#112233';
      colour.dispatchEvent(new Event('input'));
      named(classes(element), 'Delete scratch and its 1 mark').click();
      expect(sent).to.deep.equal([
        ['lesson.add-class', { name: 'stain' }],
        ['lesson.choose-class', { id: 2 }],
        ['lesson.change-class', { id: 1, color: '#112233' }],
        ['lesson.remove-class', { id: 1 }],
      ]);
      expect(input.value).to.equal('');
      expect(all(classes(element), '.choose').map(words)).to.deep.equal([
        '1 scratch 1 mark',
        '2 dent 0 marks',
      ]);
      expect(
        all(classes(element), '.choose').map((button) => button.getAttribute('aria-pressed')),
      ).to.deep.equal(['true', 'false']);
    });

    it('do not share a name', async () => {
      const { element, sent } = await shown(STATES.half!());
      const input = one(classes(element), 'form input') as HTMLInputElement;
      input.value = 'Dent';
      input.dispatchEvent(new Event('input'));
      named(classes(element), 'Add').click();
      expect(input.validationMessage).to.equal('There is a kind “Dent” already.');
      expect(sent).to.deep.equal([]);
    });
  });

  describe('its name', () => {
    const press = (target: Element, key: string) =>
      target.dispatchEvent(
        new KeyboardEvent('keydown', { key, bubbles: true, composed: true, cancelable: true }),
      );

    async function editing(): Promise<
      Shown & { readonly name: HTMLElement; readonly input: HTMLInputElement }
    > {
      const one_ = await shown(STATES.half!());
      const name = one(one_.element, 'defect-editable-name');
      named(name, 'Rename the lesson').click();
      await drawn(one_.element);
      return { ...one_, name, input: one(name, 'input') as HTMLInputElement };
    }

    it('is changed where it stands', async () => {
      const { element, sent, name, input } = await editing();
      expect(focused(element)).to.equal(input);
      await expect(element).to.be.accessible();
      input.value = 'Red caps';
      input.form!.requestSubmit();
      await drawn(element);
      expect(sent).to.deep.equal([['lesson.rename', { name: 'Red caps' }]]);
      expect(focused(element)).to.equal(named(name, 'Rename the lesson'));
    });

    it('stays after Escape, which nothing else hears', async () => {
      const { element, sent, name, input } = await editing();
      let heard = 0;
      element.addEventListener('keydown', () => heard++);
      input.value = 'Red caps';
      press(input, 'Escape');
      await drawn(element);
      expect(sent).to.deep.equal([]);
      expect(heard).to.equal(0);
      expect(focused(element)).to.equal(named(name, 'Rename the lesson'));
    });

    it('is kept when the field is left, and none that is empty', async () => {
      const { element, sent, input } = await editing();
      input.value = 'Red caps';
      one(element, 'header > .icon').focus();
      expect(sent).to.deep.equal([['lesson.rename', { name: 'Red caps' }]]);
      const other = await editing();
      other.input.value = ' ';
      one(other.element, 'header > .icon').focus();
      expect(other.sent).to.deep.equal([]);
    });
  });

  it('saves, exports, opens others, and offers only what can be done', async () => {
    const { element, sent } = await shown(STATES.half!());
    one(one(element, 'defect-menu'), 'summary').click();
    await drawn(element);
    await expect(element).to.be.accessible();
    const items = all(element, '.items button') as HTMLButtonElement[];
    const enabled = items.filter((button) => !button.disabled);
    expect(enabled.map((button) => button.getAttribute('aria-label') ?? words(button))).to.deep.equal([
      'With all photos To see them and mark further on another day. What is seen in them is found anew.',
      'Lesson as a file',
      'Photos and masks (COCO)',
      'Close the lesson',
      'Open Rings 9 good, 4 marked, 30.0 MB',
      'New lesson',
    ]);
    for (const button of enabled) button.click();
    expect(sent).to.deep.equal([
      ['lesson.save', { keep: 'photos' }],
      ['lesson.export'],
      ['lesson.export-coco'],
      ['lesson.close'],
      ['lesson.open', { key: 'k' }],
      ['lesson.start'],
    ]);
    const sizes = { features: 2e7, thumbnails: 2.1e7, photos: 9e7 };
    const learnt = STATES.learnt!();
    const known = new Map([...learnt.lesson.photos.keys()].map((id) => [String(id), {}]));
    element.teaching = { ...learnt, key: 'mine', sizes, features: { photos: known } };
    await drawn(element);
    sent.length = 0;
    named(
      element,
      'Marks and what was learnt No photo, but what was seen in each, so that learning can go on without them. That often takes more room than the photos. About 20.0 MB.',
    ).click();
    for (const name of ['Model (.onnx)', 'Duplicate', 'Delete']) named(element, name).click();
    expect(sent).to.deep.equal([
      ['lesson.save', { keep: 'features' }],
      ['lesson.export-model'],
      ['lesson.duplicate', { key: 'mine' }],
      ['lesson.delete', { key: 'mine' }],
    ]);
  });

  describe('a walk-through', () => {
    it('leads step by step, and can be skipped, shown and left', async () => {
      const { element, sent } = await shown(teachingWith(lessonOf(0, 0)), { walk: walkAt('good') });
      expect(status(element)).to.equal('This cap has no defect: press G to say so.');
      expect(words(one(element, '.walk .head'))).to.equal('Walk-through Step 1 of 7');
      await expect(element).to.be.accessible();
      for (const name of ['Do it for me', 'Skip this step', 'End the walk-through'])
        named(element, name).click();
      expect(sent).to.deep.equal([['walk.show-me'], ['walk.skip'], ['walk.leave']]);
    });

    it('says what each step asks for, and keeps the focus when it goes on', async () => {
      const { element } = await shown(teachingWith(lessonOf(2, 0)), { walk: walkAt('mark') });
      expect(status(element)).to.contain('“scratch”');
      named(element, 'Do it for me').focus();
      element.teaching = teachingWith(lessonOf(2, 1));
      await drawn(element);
      expect(status(element)).to.contain('Marked.');
      expect(focused(element)).to.equal(named(element, 'Go on'));
      for (const [kind, sentence, more] of [
        ['learn', 'Press Learn'],
        ['correct', 'inspects the other photos', {}],
        ['correct', 'has a “dent”', { unsure: 4, isInspected: true }],
        ['learn-again', 'Press Learn again'],
        ['look', 'inspects all photos again'],
        ['done', 'your own part'],
        ['done', 'found by itself', { hasFound: true }],
      ] as const) {
        element.walk = walkAt(kind, more);
        await drawn(element);
        expect(status(element)).to.contain(sentence);
        expect(focused(element)?.closest('.walk')).to.not.equal(null);
      }
      expect(words(focused(element)!)).to.equal('Teach my own part');
    });
  });
});
