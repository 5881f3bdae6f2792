import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { InspectorError } from '../../../src/core/errors.js';
import { say } from '../../../src/messages/message.js';
import { text } from '../../../src/messages/text.js';
import type { OwnThresholds } from '../../../src/core/recipe/recipe.js';
import type { Box, Inspection } from '../../../src/core/types.js';
import type { ExportFormat } from '../../../src/workbench/exports/export-file.js';
import { MOST_PHOTOS, type Drop } from '../../../src/workbench/intake/intake.js';
import { bitsOf } from '../../../src/detector/photo/sample-bits.js';
import type { DetectorOptions, ImageInput } from '../../../src/detector/types.js';
import type { CustomModel, CustomModelStore } from '../../../src/model/custom-models.js';
import type { CommandId } from '../../../src/workbench/commands/commands.js';
import { COMMAND_IDS } from '../../../src/workbench/commands/registry.js';
import { usualCsvStyle } from '../../../src/workbench/exports/csv-file.js';
import { totals } from '../../../src/workbench/usage/usage.js';
import type { Workbench } from '../../../src/workbench/workbench.js';
import { cocoOf, folderOf } from './evaluation/evaluators.js';
import { failure } from './failure.js';
import { fakePage, file, settle } from './fake-page.js';
import { buildZip } from '../datasets/zip-builder.js';
import { FakeDetector, inspection, MODEL } from './fakes.js';
import { announcement, banner, headline } from './said.js';

const OTHER = { ...MODEL, name: 'other', hash: 'ef'.repeat(32) };
const names = ({ photos }: Workbench) => photos.entries.map(({ name }) => name).join(' ');
const states = ({ photos }: Workbench) => photos.entries.map(({ state }) => state).join(' ');
const shown = ({ derived }: Workbench) => derived.current?.name;
const listed = ({ derived }: Workbench) => derived.listed.map(({ id }) => id);

/** A workbench whose photos are inspected. */
async function inspected(...photos: string[]) {
  const page = fakePage();
  page.bench.add(photos.map(file));
  await settle();
  return page;
}

describe('what embedders hear of', () => {
  test('is another selection, threshold or view, once each', async () => {
    const { bench, heard } = await inspected('a.png');
    heard.length = 0;
    const [first] = bench.derived.listed;
    bench.run('defect.select', { id: first!.id });
    bench.run('threshold.set', { threshold: 0.3 });
    bench.run('threshold.set', { threshold: 0.3 });
    bench.run('view.set', { view: 'wipe' });
    await settle();
    expect(heard).toEqual([
      { type: 'select', detail: { detection: first } },
      { type: 'threshold', detail: { threshold: 0.3 } },
      { type: 'view', detail: { view: 'wipe' } },
    ]);
    heard.length = 0;
    bench.clear();
    await settle();
    expect(heard).toEqual([{ type: 'select', detail: {} }]);
  });
});

describe('photos', () => {
  test('are shown, inspected in their order, and reported by events', async () => {
    const { bench, heard } = fakePage();
    bench.add(['a.png', 'b.png'].map(file));
    expect([shown(bench), headline(bench)]).toEqual(['a.png', 'Waiting for the model']);
    await settle();
    expect(bench.inspections.map(({ image }) => image.name)).toEqual(['a.png', 'b.png']);
    expect(
      heard.map(({ type, detail }) => (type === 'progress' ? Object.values(detail).join(' ') : type)),
    ).toEqual(['photo', 'model', 'result', 'inspecting 1 2', 'result', 'inspecting 2 2']);
    expect(announcement(bench)).toBe('All 2 photos are done.');
    expect([...bench.derived.counts.values()]).toEqual([2, 2]);
  });

  test('that fail report an error, and the others go on', async () => {
    const { bench, heard } = fakePage(
      async () =>
        new FakeDetector((name) => {
          if (name === 'bad.png') throw failure('corrupt-image', 'Broken.');
          return inspection(name);
        }),
    );
    bench.add(['bad.png', 'good.png'].map(file));
    await settle();
    expect(states(bench)).toBe('failed done');
    expect(heard).toContainEqual({
      type: 'error',
      detail: { name: 'bad.png', error: failure('corrupt-image', 'Broken.') },
    });
    expect(headline(bench)).toBe('Not inspected');
    expect(announcement(bench)).toBe('2 photos: 1 done, 1 failed.');
  });

  test('that are cancelled and those that failed are counted, and inspected again separately', async () => {
    let isBad = true;
    const detector = new FakeDetector(
      (name) => {
        if (isBad) throw failure('corrupt-image', 'Broken.');
        return inspection(name);
      },
      { isHolding: true },
    );
    const { bench } = fakePage(async () => detector);
    expect(bench.can('photos.retry-cancelled')).toBe(false);
    bench.add(['a', 'b', 'c'].map(file));
    await settle();
    detector.release();
    await settle();
    bench.run('photos.cancel');
    await settle();
    expect(states(bench)).toBe('failed cancelled cancelled');
    expect(bench.state.totals).toMatchObject({ done: 0, failed: 1, cancelled: 2 });
    expect(announcement(bench)).toBe('3 photos: 1 failed, 2 cancelled.');
    isBad = false;
    bench.run('photos.retry-cancelled');
    await settle();
    expect(states(bench)).toBe('failed running waiting');
  });

  test('with 16 bits a sample are inspected again in another range, which their input stands for', async () => {
    const image = (input: ImageInput, name: string) => ({
      ...{ name, width: 320, height: 160, hash: 'cd'.repeat(32) },
      ...(name === 'deep.png' && { bits: bitsOf(input) ?? 12 }),
    });
    const { bench } = fakePage(
      async () => new FakeDetector((name, input) => inspection(name, [], { image: image(input, name) })),
    );
    bench.add(['plain.png', 'deep.png'].map(file));
    await settle();
    const [plain, deep] = bench.photos.entries;
    expect(bench.can('photo.bits', { id: plain!.id, bits: 10 })).toBe(false);
    expect(bench.can('photo.bits', { id: deep!.id, bits: 12 })).toBe(false);
    expect(bench.can('photo.bits', { id: deep!.id, bits: 17 })).toBe(false);
    bench.run('photo.bits', { id: deep!.id, bits: 10 });
    await settle();
    const again = bench.photos.get(deep!.id)!;
    expect(again.state).toBe('done');
    expect(again.output!.image.bits).toBe(10);
    // Views make anew what they made of another input.
    expect(again.input).not.toBe(deep!.input);
    expect(bitsOf(again.input)).toBe(10);
    expect(await (again.input as File).text()).toBe(await (deep!.input as File).text());
  });

  test('inspected again and cancelled keep the results that they had', async () => {
    const { bench } = await inspected('a', 'b', 'c', 'd', 'e');
    const before = bench.inspections;
    bench.photos.retry(bench.photos.entries.map(({ id }) => id));
    bench.run('photos.cancel');
    await settle();
    expect(bench.inspections).toEqual(before);
  });

  test('are unsaved until they are exported', async () => {
    const { bench } = fakePage();
    expect(bench.hasUnsaved).toBe(false);
    bench.add(['a.png', 'b.png'].map(file));
    await settle();
    expect(bench.hasUnsaved).toBe(true);
    bench.run('export.csv', { scope: 'photo' });
    expect(bench.hasUnsaved).toBe(true);
    bench.run('export.csv', { scope: 'all' });
    expect(bench.hasUnsaved).toBe(false);
    bench.add([file('c.png')]);
    await settle();
    expect(bench.hasUnsaved).toBe(true);
    bench.clear();
    expect(bench.hasUnsaved).toBe(false);
  });

  test('cost each as much, however many there are', async () => {
    const time = async (count: number): Promise<number> => {
      const { bench } = fakePage(async () => new FakeDetector((name) => inspection(name, [])));
      const files = Array.from({ length: count }, (_, i) => file(`${i}.png`));
      const began = performance.now();
      bench.add(files);
      bench.run('photos.cancel');
      bench.photos.retry(bench.photos.entries.map(({ id }) => id));
      bench.run('photos.cancel');
      bench.run('photos.clear');
      bench.run('edit.undo');
      bench.run('photos.cancel');
      await settle();
      return (performance.now() - began) / count;
    };
    await time(300);
    const few = Math.min(await time(300), await time(300), await time(300));
    const many = Math.min(await time(3000), await time(3000));
    // Each of ten times as many would take ten times as long if it were compared with every other.
    expect(many / few).toBeLessThan(4);
  }, 20_000);

  test('are stepped through, up to the first and the last', async () => {
    const { bench } = await inspected('a', 'b');
    bench.run('defect.select', { id: 1 });
    bench.run('photo.next');
    expect([shown(bench), bench.derived.selected?.id]).toEqual(['b', undefined]);
    expect(announcement(bench)).toBe('b, 2 of 2: 2 defects');
    expect(bench.run('photo.next')).toBe(false);
    expect(shown(bench)).toBe('b');
    bench.run('photo.previous');
    expect(shown(bench)).toBe('a');
    expect(bench.run('photo.show', { id: 99 })).toBe(false);
  });

  test('wait while they are paused, until all are done or cancelled', async () => {
    const detector = new FakeDetector(undefined, { isHolding: true });
    const { bench } = fakePage(async () => detector);
    expect(bench.run('photos.pause')).toBe(false);
    bench.add(['a', 'b'].map(file));
    await settle();
    bench.run('photos.pause');
    detector.release();
    await settle();
    expect([states(bench), bench.state.isPaused]).toEqual(['done waiting', true]);
    bench.run('photo.next');
    expect(headline(bench)).toBe('Waiting: paused');
    bench.run('photos.cancel');
    await settle();
    expect(bench.state.isPaused).toBe(false);
  });
});

describe('what is removed', () => {
  test('comes back in its place with its result, and goes again', async () => {
    const { bench } = await inspected('a', 'b', 'c');
    const [, b] = bench.photos.entries;
    bench.run('photo.show', { id: b!.id });
    bench.run('photo.remove');
    expect([names(bench), shown(bench)]).toEqual(['a c', 'c']);
    expect(banner(bench)).toMatchObject({
      isError: false,
      text: 'b was removed.',
      buttons: [{ text: 'Undo', command: 'edit.undo' }],
    });
    bench.run('edit.undo');
    await settle();
    expect([names(bench), shown(bench)]).toEqual(['a b c', 'b']);
    expect(bench.photos.get(b!.id)!.output).toBe(b!.output);
    expect(banner(bench)).toBeUndefined();
    bench.run('edit.redo');
    await settle();
    expect([names(bench), shown(bench)]).toEqual(['a c', 'c']);
  });

  test('leaves the photo that is shown where it is not that one, else shows its neighbour', async () => {
    const { bench } = await inspected('a', 'b', 'c');
    const [a, , c] = bench.photos.entries.map(({ id }) => id);
    bench.run('photo.remove', { id: c! });
    expect(bench.state.currentId).toBe(a);
    bench.run('photo.next');
    bench.run('photo.remove');
    expect(bench.state.currentId).toBe(a);
    bench.run('photo.remove');
    expect(bench.state.currentId).toBeUndefined();
    expect(bench.run('photo.remove')).toBe(false);
  });

  test('all at once, comes back with one undo; what was waiting is inspected then', async () => {
    const detector = new FakeDetector(undefined, { isHolding: true });
    const { bench } = fakePage(async () => detector);
    bench.add(['a', 'b'].map(file));
    await settle();
    detector.release();
    await settle();
    bench.run('photos.clear');
    await settle();
    expect(banner(bench)?.text).toBe('2 photos were removed.');
    bench.run('edit.undo');
    await settle();
    expect(states(bench)).toBe('done running');
  });

  test('is shown in a notice until photos are added, and can be brought back after that', async () => {
    const { bench } = await inspected('a');
    bench.run('photo.remove');
    bench.add([file('b')]);
    await settle();
    expect(banner(bench)).toBeUndefined();
    bench.run('edit.undo');
    await settle();
    expect(names(bench)).toBe('a b');
  });

  test('by a program, can’t be brought back', async () => {
    const { bench } = await inspected('a');
    bench.run('photo.remove');
    bench.clear();
    await settle();
    expect(banner(bench)).toBeUndefined();
    expect(bench.can('edit.undo')).toBe(false);
  });

  test('can be closed as a notice', async () => {
    const { bench } = await inspected('a', 'b');
    bench.run('photo.remove');
    await settle();
    bench.run('notice.dismiss', bench.derived.banners[0]!.close!);
    expect(banner(bench)).toBeUndefined();
    expect(bench.can('edit.undo')).toBe(true);
  });
});

describe('what is visible', () => {
  test('follows the threshold; exports, counts and headline take hidden classes too', async () => {
    const { bench, saved } = await inspected('a.png');
    expect(listed(bench)).toEqual([1, 2]);
    bench.run('threshold.set', { threshold: 0.3 });
    expect(listed(bench)).toEqual([1, 2, 3]);
    bench.run('class.toggle', { id: 1 });
    expect(listed(bench)).toEqual([2]);
    const assessment = bench.derived.assessment!;
    expect(assessment.hidden.map(({ id }) => id)).toEqual([1, 3]);
    expect(assessment.below.map(({ id }) => id)).toEqual([4]);
    expect(headline(bench)).toBe('3 defects');
    expect([...bench.derived.counts.values()]).toEqual([3]);
    bench.run('export.csv', { scope: 'photo' });
    expect(saved[0]!.name).toBe('a-defects.csv');
    expect((await saved[0]!.text).trim().split('\r\n')).toHaveLength(1 + 3);
    bench.run('edit.undo');
    expect(listed(bench)).toEqual([1, 2, 3]);
  });

  test('is the same object while nothing changes that it follows from', async () => {
    const { bench } = await inspected('a.png');
    const { assessment, listed: rows, counts, recipe } = bench.derived;
    bench.run('defect.hover', { id: 1 });
    bench.run('view.next');
    expect(bench.derived.assessment).toBe(assessment);
    expect(bench.derived.listed).toBe(rows);
    expect(bench.derived.counts).toBe(counts);
    expect(bench.derived.recipe).toBe(recipe);
  });

  test('is stepped through in the order of the table, around its end', async () => {
    const { bench } = await inspected('a.png');
    bench.run('threshold.set', { threshold: 0.05 });
    bench.run('table.sort', { key: 'area' });
    expect(listed(bench)).toEqual([1, 3, 4, 2]);
    const walk = (command: 'defect.next' | 'defect.previous') => {
      bench.run(command);
      return bench.derived.selected?.id;
    };
    expect([walk('defect.previous'), walk('defect.next'), walk('defect.next'), walk('defect.next')]).toEqual([
      2, 1, 3, 4,
    ]);
    bench.run('table.sort', { key: 'area' });
    expect(listed(bench)).toEqual([2, 4, 3, 1]);
  });

  test('follows a person’s own thresholds, which are kept, and can be taken back', async () => {
    const { bench, kept } = await inspected('a.png');
    bench.run('threshold.set', { threshold: 0.9 });
    expect(bench.can('thresholds.reset')).toBe(false);
    bench.run('thresholds.use', { hash: MODEL.hash, thresholds: { 1: 0.45 } });
    expect([bench.state.threshold, listed(bench)]).toEqual(['auto', [1, 2, 3]]);
    expect(bench.derived.thresholdOf(1)).toBe(0.45);
    bench.run('thresholds.reset');
    expect(listed(bench)).toEqual([1, 2]);
    bench.run('edit.undo');
    expect(listed(bench)).toEqual([1, 2, 3]);
    bench.run('edit.undo');
    expect([bench.state.threshold, bench.state.ownThresholds]).toEqual([0.9, {}]);
    await settle();
    expect(kept.map((own) => own[MODEL.hash])).toEqual([{ 1: 0.45 }, {}, { 1: 0.45 }, {}]);
  });

  test('changes class by class: the others keep their thresholds, and what is dragged is undone as one', async () => {
    const { bench, kept } = await inspected('a.png');
    bench.run('threshold.set', { threshold: 0.52 });
    for (const threshold of [0.3, 0.2, 0.1]) bench.run('class.threshold', { id: 2, threshold });
    expect([bench.state.threshold, bench.derived.ownThresholds]).toEqual(['auto', { 1: 0.52, 2: 0.1 }]);
    expect([listed(bench), announcement(bench)]).toEqual([[1, 2, 4], '3 defects']);
    bench.run('class.threshold', { id: 1, threshold: 'auto' });
    expect([bench.derived.thresholdOf(1), bench.derived.thresholdOf(2)]).toEqual([0.6, 0.1]);
    bench.run('edit.undo');
    expect(bench.derived.ownThresholds).toEqual({ 1: 0.52, 2: 0.1 });
    bench.run('edit.undo');
    expect([bench.state.threshold, bench.derived.ownThresholds]).toEqual([0.52, undefined]);
    bench.run('edit.redo');
    expect(bench.derived.ownThresholds).toEqual({ 1: 0.52, 2: 0.1 });
    await settle();
    expect(kept.at(-1)).toEqual({ [MODEL.hash]: { 1: 0.52, 2: 0.1 } });
    for (const wrong of [-0.1, 0.01, 1.1, NaN])
      expect(bench.run('class.threshold', { id: 1, threshold: wrong })).toBe(false);
    expect(bench.run('class.threshold', { id: 99, threshold: 0.5 })).toBe(false);
  });

  test('comes back, class by class or all at once, and that can be undone', async () => {
    const { bench } = await inspected('a.png', 'b.png');
    expect(bench.run('classes.show')).toBe(false);
    for (const id of [1, 2]) bench.run('class.toggle', { id });
    bench.run('photo.next');
    expect([listed(bench), bench.derived.assessment!.hidden.length]).toEqual([[], 2]);
    expect(bench.run('classes.show')).toBe(true);
    expect(listed(bench)).toEqual([1, 2]);
    bench.run('edit.undo');
    expect(listed(bench)).toEqual([]);
  });

  test('is counted by class and score over all photos of the model', async () => {
    const { bench } = await inspected('a.png', 'b.png');
    const total = (id: number) =>
      bench.derived
        .scores()
        .get(id)!
        .reduce((a, b) => a + b);
    expect([total(1), total(2)]).toEqual([4, 4]);
  });

  test('is counted by class as it is reported, whatever the threshold', async () => {
    const { bench } = await inspected('a.png', 'b.png');
    const reported = () => [...bench.derived.reportedByClass()];
    // Scores: 1 has .9 and .5, 2 has .55 and .1.
    expect(reported()).toEqual([
      [1, 2],
      [2, 2],
    ]);
    for (const [threshold, ones] of [
      [0.5, 4],
      [0.504, 2],
    ] as const) {
      bench.run('threshold.set', { threshold });
      expect(reported()).toEqual([
        [1, ones],
        [2, 2],
      ]);
    }
    bench.run('class.toggle', { id: 1 });
    expect(reported()).toEqual([
      [1, 2],
      [2, 2],
    ]);
  });

  test('steps of the threshold stay between the floor and one', async () => {
    const { bench } = await inspected('a.png');
    bench.run('threshold.raise');
    // Beyond the classes' own, which are 0.4 and 0.6: a step up never reports more, one down never fewer.
    expect(bench.state.threshold).toBe(0.65);
    expect(announcement(bench)).toBe('Threshold 0.65 for all classes: 1 defect');
    bench.run('threshold.auto');
    expect(announcement(bench)).toBe('Automatic thresholds: 2 defects');
    expect(bench.run('threshold.auto')).toBe(false);
    bench.run('threshold.lower');
    expect(bench.state.threshold).toBe(0.35);
    for (let i = 0; i < 20; i++) bench.run('threshold.raise');
    expect(bench.state.threshold).toBe(1);
    for (let i = 0; i < 30; i++) bench.run('threshold.lower');
    expect(bench.state.threshold).toBe(0.05);
    bench.run('threshold.auto');
    expect(bench.state.threshold).toBe('auto');
  });

  test('the view follows the room until one is chosen', () => {
    const { bench } = fakePage();
    expect(bench.derived.view).toBe('side-by-side');
    bench.store.update({ isNarrow: true });
    expect(bench.derived.view).toBe('overlay');
    bench.run('view.set', { view: 'original' });
    bench.store.update({ isNarrow: false });
    expect(bench.derived.view).toBe('original');
  });
});

describe('commands', () => {
  test('about a photo do nothing where there is none', () => {
    const { bench, asked } = fakePage();
    const idle: CommandId[] = [
      'photo.next',
      'defect.next',
      'zoom.keep',
      'masks.show',
      'view.next',
      'zoom.in',
      'threshold.raise',
      'edit.undo',
    ];
    for (const command of idle)
      expect([command, bench.run(command as 'photo.next')]).toEqual([command, false]);
    expect(bench.run('export.json', { scope: 'all' })).toBe(false);
    expect(asked).toEqual([]);
    bench.run('photos.choose');
    expect(asked).toEqual(['choose files']);
  });

  test('choose whether letters are keys, for good', async () => {
    const { bench, chosen } = fakePage();
    expect(bench.derived.hasLetterKeys).toBe(false);
    bench.store.update({ offersLetterKeys: true });
    expect(bench.derived.hasLetterKeys).toBe(true);
    bench.run('keys.letters', { isOn: false });
    expect(bench.derived.hasLetterKeys).toBe(false);
    await settle();
    expect(chosen).toEqual([{ letterKeys: false }]);
    const { bench: next } = fakePage(undefined, { settings: { letterKeys: true } });
    await settle();
    expect(next.derived.hasLetterKeys).toBe(true);
  });

  test('choose a theme for good, which counts where the page asks for none', async () => {
    const { bench, chosen } = fakePage();
    bench.run('theme.set', { theme: 'dark' });
    await settle();
    expect([bench.state.theme, chosen]).toEqual(['dark', [{ theme: 'dark' }]]);
    const { bench: next } = fakePage(undefined, { settings: { theme: 'dark' } });
    const { bench: asked } = fakePage(undefined, { settings: { theme: 'dark' } });
    asked.store.update({ theme: 'auto' });
    await settle();
    expect([next.state.theme, asked.state.theme]).toEqual(['dark', 'auto']);
  });

  test('that are not told what they need to know say so, whatever they are', async () => {
    const { bench, heard } = fakePage();
    bench.add([file('a.png')]);
    await settle();
    const run = bench.run.bind(bench) as unknown as (command: string, args?: unknown) => boolean;
    const said = (command: string, args?: unknown) => {
      heard.length = 0;
      const isDone = run(command, args);
      const [first] = heard;
      return !isDone && first?.type === 'error' ? first.detail.error.message : isDone;
    };
    expect(said('photo.show')).toBe('The command “photo.show” needs “id”, a number.');
    expect(said('photos.select', { ids: null })).toBe('The command “photos.select” needs “ids”, a list.');
    expect(said('export.csv')).toBe('The command “export.csv” needs “scope”, a text.');
    expect(said('evaluation.read', { source: 5 })).toBe(
      'The command “evaluation.read” needs “source”, an object.',
    );
    expect(said('lesson.start', { name: 5 })).toBe('The command “lesson.start” needs “name”, a text.');
    expect(said('keys.letters', 'on')).toBe('The command “keys.letters” needs “isOn”, true or false.');
    expect(said('threshold.set', {})).toBe(false);
    expect(said('photo.show', { id: NaN })).toBe('The command “photo.show” needs “id”, a number.');
    expect([said('photo.retry'), said('view.set', { view: undefined })]).toEqual([true, true]);
    for (const args of [undefined, null, 'x', 5, [], {}, { id: 'x', ids: 5, photo: {} }])
      for (const id of COMMAND_IDS) expect(['boolean', 'string'], id).toContain(typeof said(id, args));
    await settle();
  });

  test('that do not exist throw an error', () => {
    const { bench } = fakePage();
    expect(() => bench.run('photo.explode' as 'photo.next')).toThrow(RangeError);
    expect(() => bench.can('toString' as 'photo.next')).toThrow('There is no command “toString”.');
  });

  test('move the picture', async () => {
    const { bench, asked } = await inspected('a.png');
    bench.run('zoom.fit');
    expect(bench.run('defect.zoom')).toBe(false);
    expect(bench.run('defect.zoom', { id: 4 })).toBe(false);
    expect(bench.run('defect.select')).toBe(false);
    bench.run('defect.zoom', { id: 2 });
    bench.run('defect.select', { id: 1 });
    expect(announcement(bench)).toBe('Defect 1 of 2: pitting, score 0.90, 120 × 100 px');
    bench.run('defect.zoom');
    expect(asked).toEqual(['fit', 'zoom to 2', 'zoom to 1']);
    bench.run('boxes.toggle');
    bench.run('labels.toggle');
    bench.run('fill.set', { opacity: 0.5 });
    expect(bench.state.display).toEqual({ boxes: true, labels: false, opacity: 0.5 });
  });

  test('close only the dialog that they mean', () => {
    const { bench } = fakePage();
    bench.run('dialog.keys');
    bench.run('dialog.close', { dialog: 'models' });
    expect(bench.state.dialog).toBe('keys');
    bench.run('dialog.close');
    expect(bench.state.dialog).toBeUndefined();
  });
});

describe('the model', () => {
  test('changed, leaves what was found, and offers to inspect it again; earlier results stay until then', async () => {
    const held = new FakeDetector((name) => inspection(name, [], { model: OTHER }), { isHolding: true });
    const { bench } = fakePage(async (options) =>
      options?.model ? Object.assign(held, { model: OTHER }) : new FakeDetector(),
    );
    bench.add(['a', 'b'].map(file));
    await settle();
    bench.run('model.choose', { choice: { kind: 'catalogue', name: 'other' } });
    await settle();
    expect(banner(bench)).toMatchObject({
      text: '2 photos were inspected by another model than other.',
      buttons: [{ command: 'photos.update' }],
    });
    bench.run('photos.update');
    await settle();
    expect(states(bench)).toBe('running waiting');
    expect(banner(bench)).toBeUndefined();
    expect(bench.inspections.map(({ model }) => model.name)).toEqual(['test-model', 'test-model']);
    held.release();
    await settle();
    expect(bench.inspections.map(({ model }) => model.name)).toEqual(['other', 'test-model']);
    bench.run('photos.cancel');
    await settle();
    expect(banner(bench)?.text).toBe('1 photo was inspected by another model than other.');
    bench.run('photo.next');
    expect(headline(bench)).toBe('2 defects');
  });

  test('that fails is shown in a banner; trying again inspects what failed', async () => {
    let isOnline = false;
    const { bench, heard } = fakePage(async () => {
      if (!isOnline) throw failure('offline', 'No network.');
      return new FakeDetector();
    });
    bench.add([file('a.png')]);
    await settle();
    expect(states(bench)).toBe('failed');
    expect(banner(bench)).toMatchObject({ isError: true, text: 'No network.' });
    expect(heard.filter(({ type }) => type === 'error')).toHaveLength(1);
    isOnline = true;
    bench.run('model.retry');
    await settle();
    expect([states(bench), banner(bench)]).toEqual(['done', undefined]);
  });

  test('that can’t run a photo gives way to the shipped one, which inspects it', async () => {
    const broken = new FakeDetector(() => {
      throw failure('out-of-memory', 'Too little memory.');
    });
    const { bench, page } = fakePage(async (options) => (options?.model ? broken : new FakeDetector()));
    page.model = 'own.onnx';
    bench.add([file('a.png')]);
    await settle();
    expect(states(bench)).toBe('done');
    expect(broken.isDisposed).toBe(true);
    expect(banner(bench)?.text).toContain('Too little memory. Instead, test-model is in use.');
    bench.run('model.use-shipped');
    await settle();
    expect(banner(bench)).toBeUndefined();
  });

  test('gives way to the shipped one only where that has not failed as well', async () => {
    for (const [code, reason, buttons] of [
      ['model-corrupt', 'model-file-empty', ['model.retry', 'model.use-shipped']],
      ['offline', 'model-not-started', ['model.retry']],
    ] as const) {
      const { bench } = fakePage(() => Promise.reject(new InspectorError({ code, reason })));
      bench.takeFiles([new File(['x'], 'own.onnx')]);
      await settle();
      expect(bench.derived.banners[0]?.buttons.map(({ command }) => command)).toEqual(buttons);
    }
  });

  test('is loaded anew when the page asks for another one', async () => {
    const asked: unknown[] = [];
    const { bench, page } = fakePage(async (options) => {
      asked.push(options?.model);
      return new FakeDetector();
    });
    bench.preload();
    bench.preload();
    await settle();
    page.model = 'other';
    bench.askedAnew({ isOtherModel: true });
    await settle();
    expect(asked).toEqual([undefined, 'other']);
  });

  test('gets its former name back when renaming is undone', async () => {
    const models = new Map<string, CustomModel>([
      [MODEL.hash, { hash: MODEL.hash, name: 'Castings', bytes: 1, added: '2031-05-06T07:08:09.000Z' }],
    ]);
    const store = {
      list: async () => [...models.values()],
      file: async () => undefined,
      put: async () => undefined,
      change: async (hash: string, said: Partial<CustomModel>) =>
        void models.set(hash, { ...models.get(hash)!, ...said }),
      delete: async () => undefined,
      lastChoice: async () => undefined,
      choose: async () => undefined,
    } satisfies CustomModelStore;
    const { bench } = fakePage(undefined, {
      shelf: { catalogue: async () => [], openStore: async () => store },
    });
    bench.run('dialog.models');
    await settle();
    const name = () => bench.state.library.remembered[0]?.name;
    bench.run('model.rename', { hash: MODEL.hash, name: 'Line 2' });
    await settle();
    expect(name()).toBe('Line 2');
    bench.run('edit.undo');
    await settle();
    expect(name()).toBe('Castings');
    bench.run('edit.redo');
    await settle();
    expect(name()).toBe('Line 2');
  });

  test('is disposed of on release; what runs waits, and goes on when the element is put back', async () => {
    const detectors: FakeDetector[] = [];
    const { bench } = fakePage(async () => {
      const detector = new FakeDetector(undefined, { isHolding: true });
      detectors.push(detector);
      return detector;
    });
    const [a] = bench.add(['a', 'b'].map(file));
    const result = bench.photos.result(a!.id);
    await settle();
    bench.release();
    await settle();
    expect([states(bench), detectors[0]!.isDisposed]).toEqual(['waiting waiting', true]);
    bench.wake();
    await settle();
    expect(states(bench)).toBe('running waiting');
    detectors[1]!.release();
    expect((await result).image.name).toBe('a');
  });

  test('released, works at once where more is added', async () => {
    const { bench } = await inspected('a');
    bench.release();
    bench.add([file('b')]);
    await settle();
    expect(states(bench)).toBe('done done');
  });

  describe('changed in the same tick', () => {
    const other = (bench: Workbench) =>
      bench.run('model.choose', { choice: { kind: 'catalogue', name: 'other' } });
    const setUp = () =>
      fakePage(async (options) =>
        options?.model
          ? Object.assign(new FakeDetector((name) => inspection(name, [], { model: OTHER })), {
              model: OTHER,
            })
          : new FakeDetector(),
      );
    const models = (bench: Workbench) => bench.inspections.map(({ model }) => model.name).join(' ');

    test.each([
      ['after', (bench: Workbench) => [bench.add([file('b')]), other(bench)]],
      ['before', (bench: Workbench) => [other(bench), bench.add([file('b')])]],
    ])('as a photo is added, %s that, inspects it', async (_, act) => {
      const { bench } = setUp();
      bench.add([file('a')]);
      await settle();
      act(bench);
      await settle();
      expect([states(bench), models(bench)]).toEqual(['done done', 'test-model other']);
    });

    test('thirty times, each at another moment, cancels no photo', async () => {
      /** Like a real one, it drops what it is working on when it is disposed of. */
      class Dropping extends FakeDetector {
        override async inspect(...asked: Parameters<FakeDetector['inspect']>): Promise<Inspection> {
          for (let turn = 0; turn < 3; turn++) {
            if (this.isDisposed) throw new InspectorError({ code: 'cancelled', reason: 'detector-disposed' });
            await settle();
          }
          return super.inspect(...asked);
        }
      }
      const { bench, heard } = fakePage(async () => {
        await settle();
        return new Dropping();
      });
      bench.add('abcde'.split('').map((name) => file(name)));
      for (let turn = 0; turn < 30; turn++) {
        bench.run('model.choose', { choice: { kind: 'catalogue', name: `model ${turn % 2}` } });
        for (let wait = 0; wait < turn % 7; wait++) await settle();
      }
      await vi.waitFor(() => expect(states(bench)).toBe('done done done done done'));
      expect(heard.filter(({ type }) => type === 'error')).toEqual([]);
    });

    test('as it is there, inspects the photos that are added then', async () => {
      const page = setUp();
      const { bench } = page;
      page.onEmit = (type) => {
        if (type !== 'model') return;
        page.onEmit = undefined;
        other(bench);
        bench.add([file('b')]);
      };
      bench.add([file('a')]);
      await settle();
      await settle();
      expect([states(bench), models(bench)]).toEqual(['done done', 'other other']);
    });
  });
});

describe('what a program gives', () => {
  test('as a name is none where it is no text; a part’s number is one', async () => {
    const { bench } = fakePage();
    const bad = { toString: () => Symbol() } as unknown as string;
    for (const name of [5 as unknown as string, bad, null as unknown as string])
      await bench.inspect(file('a.png'), { name });
    bench.add([file('b.png')]);
    await settle();
    expect([names(bench), states(bench)]).toEqual(['5 a.png a (2).png b.png', 'done done done done']);
  });

  test('as an area is refused where it is no rectangle, before anything is listed', async () => {
    const { bench } = fakePage();
    for (const area of ['all', [NaN, 0, 10, 10], [0.4, 0.4, 0.1, 0.1], [1, 2, 3]])
      await expect(bench.inspect(file('a.png'), { area: area as unknown as Box })).rejects.toMatchObject({
        data: { reason: 'area-no-rectangle' },
      });
    expect(names(bench)).toBe('');
  });
});

describe('files', () => {
  /** What reads ZIPs is fetched first, which takes seconds on a busy machine. */
  const PATIENT = { timeout: 15_000 };
  const drop = (...files: File[]): Drop => ({
    name: 'parts',
    files: files.filter(({ name }) => name.endsWith('.png')),
    all: files.map((one) => ({ path: one.name, file: one })),
  });
  test('are photos, a model or annotated ones', { timeout: 40_000 }, async () => {
    const { bench, taken } = fakePage();
    const zip = file('set.zip');
    bench.takeFiles([file('a.png'), file('castings.onnx'), zip]);
    await settle();
    expect(names(bench)).toBe('a.png');
    expect(bench.state.library.choice).toMatchObject({ kind: 'visit', model: { name: 'castings' } });
    await vi.waitFor(() => expect(taken).toEqual([{ name: 'set.zip', zip }]), PATIENT);
    expect(bench.state.dialog).toBe('evaluation');
  });

  test('are one model at a time, which is said', async () => {
    const { bench } = fakePage();
    bench.takeFiles([file('a.onnx'), file('b.onnx')]);
    expect(bench.state.troubles.at(-1)?.message).toContain(
      'One model is used at a time: b.onnx. To try a.onnx',
    );
    await settle();
  });

  test(
    'are the photos of all ZIPs; of those with annotations the last one is evaluated, which is said',
    { timeout: 40_000 },
    async () => {
      const { bench, taken } = fakePage();
      const zip = (name: string, entry: string) => new File([buildZip([{ name: entry, data: 'x' }])], name);
      bench.takeFiles([
        zip('1.zip', 'a.jpg'),
        zip('2.zip', 'b.jpg'),
        zip('3.zip', 'c.txt'),
        zip('4.zip', 'd.txt'),
      ]);
      await vi.waitFor(() => expect(taken).toMatchObject([{ name: '4.zip' }]), PATIENT);
      expect(names(bench)).toBe('a.jpg b.jpg');
      expect(bench.state.troubles.at(-1)?.message).toContain('evaluated at a time: 4.zip. To evaluate 3.zip');
    },
  );

  test(
    'are, of two ZIPs, photos and their annotations, which are evaluated as one',
    { timeout: 40_000 },
    async () => {
      const { bench, taken } = fakePage();
      const images = new File([buildZip([{ name: 'images/a.jpg', data: 'x' }])], 'images.zip');
      const labels = new File([buildZip([{ name: 'labels/a.txt', data: '' }])], 'labels.zip');
      bench.takeFiles([labels, images]);
      await vi.waitFor(
        () => expect(taken).toEqual([{ name: 'images.zip + labels.zip', zip: images, annotations: labels }]),
        PATIENT,
      );
      expect([names(bench), bench.state.troubles]).toEqual(['', []]);
    },
  );

  test(
    'take long to look through: how far it is, and a way to stop that leaves nothing',
    PATIENT,
    async () => {
      const { bench } = fakePage();
      let now = 0;
      onTestFinished(() => void vi.restoreAllMocks());
      // Whatever is done takes long.
      vi.spyOn(performance, 'now').mockImplementation(() => (now += 60));
      const heard = new Set<string>();
      bench.store.subscribe(() => {
        for (const { notice, buttons } of bench.derived.banners)
          if (notice.reason === 'looking-through')
            heard.add(
              `${notice.params.what} ${notice.params.total} ${buttons.map(({ command }) => command).join()}`,
            );
        if (heard.size === 2) bench.run('photos.stop-looking');
      });
      const photos = Array.from({ length: 200 }, (_, i) => ({ name: `${i}.png`, data: 'x' }));
      bench.takeFiles([new File([buildZip(photos)], 'lot.zip')]);
      await vi.waitFor(() => expect([heard.size, bench.state.looking]).toEqual([2, undefined]), PATIENT);
      await settle();
      expect([...heard]).toEqual(['files 200 photos.stop-looking', 'photos 200 photos.stop-looking']);
      expect([names(bench), bench.state.announcement]).toMatchObject(['', { params: { name: 'lot.zip' } }]);
      expect(bench.run('photos.stop-looking')).toBe(false);
    },
  );

  test('are looked into once, also two ZIPs that are no pair', PATIENT, async () => {
    const { bench } = fakePage();
    const zips = ['1', '2'].map(
      (name) => new File([buildZip([{ name: `${name}.png`, data: 'x' }])], `${name}.zip`),
    );
    const reading = zips.map((zip) => vi.spyOn(zip, 'slice'));
    bench.takeFiles(zips);
    await vi.waitFor(() => expect(names(bench)).toBe('1.png 2.png'), PATIENT);
    // Behind the only entry, of a head of 30 bytes, a name of 5 and a letter in 3 bytes, lies the directory.
    const directories = reading.map(({ mock }) =>
      mock.calls.filter(([start = 0, end = 0]) => start === 38 && end - start > 4),
    );
    expect(directories.map(({ length }) => length)).toEqual([1, 1]);
  });

  test(
    'are so many photos that a page can hold their results; of how many there is no room for is said',
    { timeout: 40_000 },
    () => {
      const { bench } = fakePage(
        async () => new FakeDetector((name) => inspection(name), { isHolding: true }),
      );
      bench.takeFiles(Array.from({ length: MOST_PHOTOS - 1 }, (_, i) => new File([], `${i}.png`)));
      expect(bench.state.troubles).toEqual([]);
      bench.takeFiles(['a.png', 'b.png', 'c.png'].map(file));
      expect([bench.photos.totals.total, bench.photos.entries.at(-1)!.name]).toEqual([MOST_PHOTOS, 'a.png']);
      expect(bench.state.troubles.at(-1)?.message).toContain(
        '50,000 photos at a time: 2 photos are not in it.',
      );
      bench.store.update({ dialog: 'evaluation' });
      bench.takeFiles([file('d.png')]);
      // It is not in the list that lies behind the evaluation.
      expect(bench.state.troubles.at(-1)?.data).toMatchObject({
        reason: 'too-many-photos',
        params: { left: 1 },
      });
    },
  );

  test('that a folder holds without use are named', async () => {
    const { bench } = fakePage();
    await bench.takeDrop(drop(file('a.png'), file('b.onnx'), file('notes.txt'), file('c.xml')));
    expect(names(bench)).toBe('a.png');
    expect(bench.state.troubles.at(-1)?.message).toContain('Not used of parts: b.onnx, c.xml.');
    await bench.takeDrop(drop(file('set.zip')));
    expect(bench.state.troubles.at(-1)?.message).toContain('no photo in parts, only set.zip. Drop');
  });

  test(
    'that are masks or annotations of a kind that is not read are named, with what to do',
    { timeout: 40_000 },
    async () => {
      const { bench } = fakePage();
      const xml = new File(['<annotations></annotations>'], 'annotations.xml');
      const said = () => bench.state.troubles.map(({ message }) => message).join(' ');
      await bench.takeDrop(drop(file('a.png'), file('a_mask.png'), xml));
      expect(names(bench)).toBe('a.png');
      expect(said()).toContain('Masks in parts are not inspected as photos: a_mask.png.');
      expect(said()).toContain('Annotations in parts are not used: annotations.xml. Evaluate compares');
      expect(said()).not.toContain('dropped by itself');
      const zip = [
        { name: 'b.png', data: 'x' },
        { name: 'b_mask.png', data: 'x' },
        { name: 'set.onnx', data: 'x' },
      ];
      bench.takeFiles([new File([buildZip(zip)], 'lot.zip')]);
      await vi.waitFor(() => expect(names(bench)).toBe('a.png b.png'), PATIENT);
      await vi.waitFor(() =>
        expect(said()).toContain('Not used of lot.zip: set.onnx. A model or a ZIP is used'),
      );
      expect(said()).toContain('Masks in lot.zip are not inspected as photos: b_mask.png.');
    },
  );

  test('with annotations beside them are evaluated, if they are a dataset', async () => {
    const { bench, taken } = fakePage();
    await bench.takeDrop(drop(file('a.png'), file('notes.txt')));
    expect([names(bench), taken]).toEqual(['a.png', []]);
    const annotations = new File(['{"shapes": []}'], 'b.json');
    await bench.takeDrop(drop(file('b.png'), annotations));
    expect([names(bench), taken]).toEqual(['a.png', [{ name: 'parts' }]]);
  });

  test.each([
    ['a folder that is slow to list', (slow: Promise<Drop>) => slow],
    [
      'a folder that is slow to look through',
      async (slow: Promise<Drop>) => {
        const late = new File([], 'b.json');
        late.slice = () => ({ arrayBuffer: async () => slow.then(() => new ArrayBuffer(0)) }) as Blob;
        return { ...drop(file('b.png'), new File(['{"shapes": []}'], 'a.json'), late), name: 'slow' };
      },
    ],
  ])('dropped after %s are evaluated, and these are not', async (_, slowed) => {
    const { bench, taken } = fakePage();
    const annotated = drop(file('b.png'), new File(['{"shapes": []}'], 'b.json'));
    let end: () => void = () => undefined;
    const slow = new Promise<Drop>((resolve) => {
      end = () => resolve({ ...annotated, name: 'slow' });
    });
    const first = bench.takeDrop(slowed(slow));
    await bench.takeDrop({ ...annotated, name: 'last' });
    end();
    await first;
    await settle();
    expect(taken).toEqual([{ name: 'last' }]);
  });

  test('that are no dataset are said to be in the list, where the evaluation lies over it', async () => {
    const { bench } = fakePage();
    const said = () => bench.state.troubles.map(({ message }) => message).join(' ');
    await bench.takeDrop(drop(file('a.png')));
    expect(said()).toBe('');
    bench.run('evaluation.open');
    await settle();
    await bench.takeDrop(drop(file('b.png')));
    expect(said()).toContain(
      'There are no annotations with b.png, so there is nothing to evaluate: it is in the list',
    );
    bench.takeFiles([file('c.png'), file('d.png')]);
    expect(said()).toContain('annotations with c.png, d.png, so there is nothing to evaluate: they are in');
    expect(names(bench)).toBe('a.png b.png c.png d.png');
  });

  test('without a photo are said to be so, and drags that bring nothing too', async () => {
    const { bench, heard } = fakePage();
    await bench.takeDrop({ name: 'empty folder', files: [], all: [] });
    bench.takeAddresses([]);
    const reasons = heard.map(({ detail }) => ('error' in detail ? detail.error.message : ''));
    expect(reasons).toEqual([
      'There is no photo in empty folder. Drop photos, or a folder or ZIP with photos in it.',
      'What was dragged here is no photo. Drop a file, or a picture of another page.',
    ]);
    expect([names(bench), bench.state.troubles.at(-1)?.message]).toEqual(['', reasons[1]]);
  });

  test('are photos where the evaluation can’t be loaded, which is announced', async () => {
    const { bench, heard, page } = fakePage();
    page.canLoadEvaluation = false;
    await bench.takeDrop(drop(file('b.png'), file('b.json')));
    expect(names(bench)).toBe('b.png');
    expect(heard[0]).toMatchObject({ type: 'error', detail: { error: { code: 'offline' } } });
    bench.run('evaluation.open');
    await settle();
    expect(bench.state.dialog).toBeUndefined();
  });
});

test('a second model of an evaluation keeps to the threads and the time that the element may take', async () => {
  const asked: (DetectorOptions | undefined)[] = [];
  const { bench, page } = fakePage(async (options) => {
    asked.push(options);
    return new FakeDetector();
  });
  Object.assign(page, { threads: 2, timeLimit: 30 });
  await bench.evaluate(
    folderOf('line', { 'a.png': file('a.png') }, { 'coco.json': cocoOf({ 'a.png': [] }, ['pit']) }),
  );
  await bench.evaluation.session!.compareWith('other');
  expect(asked).toMatchObject([{ model: 'other', threads: 2, timeLimit: 30 }]);
});

test('an error that nobody waits for is announced', async () => {
  const { bench, heard } = fakePage();
  bench.watch(Promise.reject(failure('storage-full', 'Full.')));
  bench.watch(Promise.reject(new TypeError('x is not a function')));
  await settle();
  const errors = heard.flatMap(({ type, detail }) => (type === 'error' ? detail.error : []));
  expect(errors.map(({ code }) => code)).toEqual(['storage-full', 'worker-crashed']);
  expect(errors.every((error) => error instanceof InspectorError)).toBe(true);
  expect(announcement(bench)).toBe('Something unexpected went wrong. Try again.');
  // Those who see read it, too.
  expect(banner(bench)).toMatchObject({
    text: 'Something unexpected went wrong. Try again.',
    close: 'Close',
  });
});

test('notices that come together are all to be seen, two at a time', async () => {
  const { bench } = fakePage(() => Promise.reject(failure('offline', 'No network.')), {
    unread: failure('storage-full', 'No answer.'),
  });
  bench.add([file('a.png')]);
  await settle();
  for (const reason of ['First.', 'Second.', 'Second.'])
    bench.watch(Promise.reject(failure('offline', reason)));
  await settle();
  const notices = () => bench.derived.banners.map(({ notice }) => say(text.notices, notice));
  const close = (at: number) => bench.run('notice.dismiss', bench.derived.banners[at]!.close!);
  // The failure can't be closed; what came last is the next, and the same isn't said twice.
  expect(notices()).toEqual(['No network.', 'Second.']);
  close(1);
  expect(notices()).toEqual(['No network.', 'First.']);
  close(1);
  expect(notices()).toEqual(['No network.', 'No answer.']);
  bench.run('photo.remove');
  expect(notices()).toEqual(['a.png was removed.', 'No network.', 'No answer.']);
});

test('what earlier visits have kept and the storage does not give is said once, and asked for again', async () => {
  const unread = failure('storage-full', 'No answer.');
  const thresholds = { [MODEL.hash]: { 1: 0.1 } };
  const { bench, heard, page } = fakePage(undefined, { thresholds, unread });
  await settle();
  expect(banner(bench)).toMatchObject({ text: 'No answer.', buttons: [{ text: 'Try again' }] });
  expect(heard.filter(({ type }) => type === 'error')).toHaveLength(1);
  bench.run('storage.retry');
  await settle();
  expect(banner(bench)).toMatchObject({ text: 'No answer.' });
  page.unread = undefined;
  bench.run('storage.retry');
  await settle();
  expect([bench.state.ownThresholds, banner(bench)]).toEqual([thresholds, undefined]);
});

test('what earlier visits have kept is taken up when a slow storage does give it, and the notice taken back', async () => {
  const unread = failure('storage-full', 'No answer.');
  const thresholds = { [MODEL.hash]: { 1: 0.1 } };
  const { bench, heard, page } = fakePage(undefined, { thresholds, settings: { letterKeys: true }, unread });
  await settle();
  const said = () => [banner(bench)?.text, heard.filter(({ type }) => type === 'error').length];
  page.answers();
  await settle();
  // Still too late: that was said.
  expect([said(), page.readings]).toEqual([['No answer.', 1], 2]);
  page.unread = undefined;
  page.answers();
  await settle();
  // Read once for each answer, however much could not be read before.
  expect([said(), page.readings]).toEqual([[undefined, 1], 3]);
  expect([bench.state.ownThresholds, bench.derived.hasLetterKeys]).toEqual([thresholds, true]);
});

test('an export of all photos has the reported defects', async () => {
  const { bench } = await inspected('a.png', 'b.png');
  const json = JSON.parse(await bench.export('json').text()) as { inspections: Inspection[] };
  expect(json.inspections.map(({ detections }) => detections.length)).toEqual([2, 2]);
});

describe('a CSV', () => {
  const failing = () =>
    fakePage(
      async () =>
        new FakeDetector((name) => {
          if (name === 'bad.png') throw failure('corrupt-image', 'Broken.');
          return inspection(name);
        }),
    );

  test('of all photos lists those that failed, too', async () => {
    const { bench, saved } = failing();
    bench.add(['bad.png', 'good.png'].map(file));
    await settle();
    bench.run('export.csv', { scope: 'all' });
    const [, ...rows] = (await saved[0]!.text).trim().split('\r\n');
    expect(rows).toHaveLength(3);
    expect(rows[0]).toMatch(/^bad\.png,,,failed,corrupt-image,,/);
    expect(rows[1]).toMatch(/^good\.png,320,160,done,,1,pitting,0\.9,0\.6,/);
  });

  test('can be had where every photo failed; other formats have nothing to say then', async () => {
    const { bench } = failing();
    bench.add([file('bad.png')]);
    expect(bench.can('export.csv', { scope: 'all' })).toBe(false);
    await settle();
    expect(bench.can('export.csv', { scope: 'all' })).toBe(true);
    expect(bench.can('export.csv', { scope: 'photo' })).toBe(false);
    expect(bench.can('export.json', { scope: 'all' })).toBe(false);
  });

  test('says that it is UTF-8, and has semicolons for who wants them', async () => {
    const { bench } = await inspected('Prüfling.png');
    bench.run('export.csv-style', { style: 'semicolon' });
    const bytes = new Uint8Array(await bench.export('csv').arrayBuffer());
    expect([...bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
    expect(new TextDecoder().decode(bytes)).toContain('\r\nPrüfling.png;320;160;done;;1;pitting;0,9;0,6;');
  });

  test('has no other style, and is of the photo or of all', async () => {
    const { bench } = await inspected('a.png');
    for (const style of ['tab', 'toString', undefined, 5])
      expect(bench.run('export.csv-style', { style: style as 'comma' })).toBe(false);
    expect(bench.run('export.csv', { scope: 'some' as 'all' })).toBe(false);
    expect(bench.run('keys.letters', { isOn: 'yes' as unknown as boolean })).toBe(false);
    expect(await bench.export('csv').text()).toContain('a.png,320,160,done,');
  });

  test('is written as the language writes lists until somebody chooses', () => {
    expect(['en', 'en-GB', 'de', 'fr', 'ja'].map(usualCsvStyle)).toEqual([
      'comma',
      'comma',
      'semicolon',
      'semicolon',
      'comma',
    ]);
  });
});

describe('usage', () => {
  test('is counted where the page says so, and saved and forgotten by commands', async () => {
    const { bench, page, saved } = fakePage(
      async () =>
        new FakeDetector((name) => {
          if (name === 'bad.png') throw failure('corrupt-image', 'Broken.');
          return inspection(name);
        }),
    );
    expect(bench.run('usage.open')).toBe(false);
    page.countsUsage = true;
    bench.add(['bad.png', 'good.png', 'fine.png'].map(file));
    await settle();
    expect(bench.run('usage.open')).toBe(true);
    expect(bench.state.dialog).toBe('usage');
    expect(totals(bench.state.usage.usage)).toMatchObject({ photos: 2, errors: { 'corrupt-image': 1 } });
    bench.run('usage.export', { format: 'json' });
    expect(saved[0]!.name).toBe('usage.json');
    expect(JSON.parse(await saved[0]!.text)).toMatchObject({ days: [{ photos: 2 }] });
    bench.run('usage.clear');
    await bench.usage.settled;
    expect(bench.state.usage).toEqual({ usage: { days: [] } });
  });

  test('is not counted elsewhere', async () => {
    const { bench } = await inspected('a.png');
    expect(bench.state.usage.usage.days).toEqual([]);
  });
});

test('what a program gives that is nothing of the kind stops nothing', async () => {
  const { bench } = await inspected('a.png');
  bench.giveThresholds(null as unknown as OwnThresholds);
  expect(bench.state.ownThresholds).toEqual({});
  expect(headline(bench)).toContain('defect');
  for (const options of [null, 5, { signal: 5 }] as unknown[])
    expect(await bench.inspect(file('b.png'), options as object)).toHaveProperty('detections');
  expect(() => bench.export('x' as ExportFormat)).toThrow(RangeError);
});
