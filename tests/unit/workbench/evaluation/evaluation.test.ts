/** The evaluation behind its interface: runs of photos, figures that follow from them, thresholds that are kept. */
import { describe, expect, test } from 'vitest';
import { InspectorError } from '../../../../src/core/errors.js';
import { assess } from '../../../../src/core/recipe/assess.js';
import { AUTOMATIC } from '../../../../src/core/recipe/recipe.js';
import type { Detection } from '../../../../src/core/types.js';
import { datasetMessage, DatasetError } from '../../../../src/datasets/errors.js';
import { text } from '../../../../src/messages/evaluation-text.js';
import type { Detector } from '../../../../src/detector/types.js';
import { DatasetRun } from '../../../../src/workbench/evaluation/dataset-run.js';
import type { FoundPhoto } from '../../../../src/workbench/evaluation/evaluator-api.js';
import { Evaluator } from '../../../../src/workbench/evaluation/evaluator.js';
import { contentOf, neitherOf } from '../../../../src/workbench/evaluation/content.js';
import { EvaluatorClient } from '../../../../src/workbench/evaluation/evaluator-client.js';
import { failureSentence } from '../../../../src/workbench/evaluation/failure-sentence.js';
import { EvaluationSession } from '../../../../src/workbench/evaluation/session.js';
import {
  NO_EVALUATION,
  type EvaluationState,
  type RunFailure,
} from '../../../../src/workbench/evaluation/state.js';
import { Loans } from '../../../../src/workbench/models/loans.js';
import { Store } from '../../../../src/workbench/store.js';
import { buildZip } from '../../datasets/zip-builder.js';
import { failure } from '../failure.js';
import { detection, DETECTIONS, FakeDetector, inspection, MODEL } from '../fakes.js';
import { cocoOf, FakeEvaluatorConnection, folderOf, SIZE, type Outlined } from './evaluators.js';

/** Detections 1 (pitting .9), 2 (crack .55), 3 (pitting .5, below .6) and 4 (crack .1, below .4) on every photo but good ones. */
const answer = (name: string) => inspection(name, name.startsWith('good') ? [] : DETECTIONS);

const [PIT, CRACK, FAINT] = DETECTIONS as [Detection, Detection, Detection];
const TRUTHS: Readonly<Record<string, readonly Outlined[]>> = {
  'a.png': [
    ['Pitting', PIT],
    ['crack', CRACK],
  ],
  'b.png': [
    ['Pitting', FAINT],
    ['dirt', CRACK],
  ],
  'good.png': [],
};
const CLASSES = ['Pitting', 'crack', 'dirt'];

function folder(truths = TRUTHS, coco: object = cocoOf(truths, CLASSES)) {
  const photos = Object.fromEntries(Object.keys(truths).map((name) => [name, new Blob([name])]));
  return folderOf('line', photos, { 'coco.json': coco });
}

const open = (detector: Detector) => async () => detector;
/** What the workbench keeps of it. */
const state = () => new Store(NO_EVALUATION);
const nothing = () => undefined;
const sentences = (failures: readonly RunFailure[]) =>
  failures.map(({ path, why }) => ({ path, message: failureSentence(why) }));

/** Models by name: the first one, called `current`, is the inspector's own. */
async function session(
  models: Readonly<Record<string, Detector>>,
  container = folder(),
  connections: FakeEvaluatorConnection[] = [],
  store = state(),
) {
  const loans = new Loans();
  const one = new EvaluationSession({
    store,
    isShown: () => true,
    note: nothing,
    connect: () => {
      const connection = new FakeEvaluatorConnection();
      connections.push(connection);
      return connection;
    },
    borrow: async () => loans.lend(models.current!),
    factory: async ({ model } = {}) => models[model as string]!,
    catalogue: async () => [],
    recipe: () => AUTOMATIC,
  });
  await one.read(container);
  return one;
}

describe('a run', () => {
  async function run(open: () => Promise<Detector>, isOwn: boolean) {
    const loans = new Loans();
    const client = new EvaluatorClient(() => new FakeEvaluatorConnection(), folder());
    const { photos } = await client.open(nothing);
    const taken: FoundPhoto[] = [];
    const one = new DatasetRun({
      photos,
      borrow: async () => {
        const detector = await open();
        const loan = loans.lend(detector);
        // Nobody but the run wants it.
        if (isOwn) loans.dispose(detector);
        return loan;
      },
      file: (photo) => client.photo(photo),
      take: async (found) => {
        await client.add({ id: 1, model: MODEL, mapping: new Map() }, found);
        taken.push(found);
      },
      onModel: nothing,
      onChange: nothing,
    });
    return { one, taken };
  }

  test('inspects all photos, keeps what evaluation needs, and disposes of its own detector', async () => {
    const detector = new FakeDetector(answer);
    const { one, taken } = await run(open(detector), true);
    await one.start();
    expect([one.phase, one.found, detector.inspected]).toEqual(['done', 3, ['a.png', 'b.png', 'good.png']]);
    expect(taken[0]).toMatchObject({ ...SIZE, time: 265 });
    expect(taken[0]!.detections).toHaveLength(4);
    await expect.poll(() => detector.isDisposed).toBe(true);
  });

  test('does not count a photo of which a part is missing', async () => {
    const detector = new FakeDetector((name) =>
      name === 'a.png'
        ? inspection(name, DETECTIONS, { image: { name, ...SIZE, hash: '', isIncomplete: true } })
        : answer(name),
    );
    const { one, taken } = await run(open(detector), false);
    await one.start();
    expect(sentences(one.failures)).toEqual([
      { path: 'a.png', message: expect.stringContaining('A part of the photo is missing') },
    ]);
    expect([one.found, taken.length]).toEqual([2, 2]);
  });

  test('goes on after a photo that fails, and lists it', async () => {
    const detector = new FakeDetector((name) => {
      if (name === 'a.png') throw failure('corrupt-image', 'Damaged.');
      if (name === 'b.png')
        return inspection(name, [], { image: { name, width: 99, height: 160, hash: '' } });
      return answer(name);
    });
    const { one, taken } = await run(open(detector), false);
    await one.start();
    expect(sentences(one.failures)).toEqual([
      { path: 'a.png', message: 'Damaged.' },
      {
        path: 'b.png',
        message:
          'The photo has 99 × 160 px, its annotations are for 320 × 160. Use the photo that was annotated.',
      },
    ]);
    expect([one.phase, taken.length, detector.isDisposed]).toEqual(['done', 1, false]);
  });

  test.each([
    ['turned by EXIF', { width: 160, height: 320 }, 'EXIF'],
    ['made smaller', { width: 160, height: 80 }, 'resized'],
    ['made smaller, but for a rounded pixel', { width: 107, height: 54 }, 'resized'],
    ['another one', { width: 99, height: 160 }, 'Use the photo that was annotated'],
  ])('says of a photo that is %s what to do, and offers no second try', async (_, size, advice) => {
    const detector = new FakeDetector((name) =>
      name === 'a.png' ? inspection(name, [], { image: { name, ...size, hash: '' } }) : answer(name),
    );
    const { one } = await run(open(detector), false);
    await one.start();
    expect(sentences(one.failures)).toEqual([{ path: 'a.png', message: expect.stringContaining(advice) }]);
    expect([one.found, one.left]).toEqual([2, 0]);
    await one.retry();
    expect(detector.inspected).toHaveLength(3);
  });

  test('keeps what is done when it is cancelled', async () => {
    const detector = new FakeDetector(answer, { isHolding: true });
    const { one, taken } = await run(open(detector), false);
    const running = one.start();
    await expect.poll(() => detector.inspected.length).toBe(1);
    expect(one.phase).toBe('running');
    detector.release();
    await expect.poll(() => detector.inspected.length).toBe(2);
    one.cancel();
    await running;
    expect([one.phase, taken.length, one.failures.length, detector.inspected.length]).toEqual([
      'cancelled',
      1,
      0,
      2,
    ]);
  });

  test('gives back a model that comes after it was cancelled', async () => {
    const detector = new FakeDetector(answer);
    let give: (detector: Detector) => void = nothing;
    const { one } = await run(() => new Promise((resolve) => (give = resolve)), true);
    const running = one.start();
    expect(one.phase).toBe('loading');
    one.cancel();
    await running;
    give(detector);
    await expect.poll(() => detector.isDisposed).toBe(true);
    expect([one.phase, detector.inspected]).toEqual(['cancelled', []]);
  });

  test('says why there is no model', async () => {
    const { one } = await run(() => Promise.reject(failure('offline', 'No network.')), true);
    await one.start();
    expect([one.phase, one.failures, new InspectorError(one.error!).message]).toEqual([
      'failed',
      [],
      'No network.',
    ]);
    const { one: other } = await run(() => Promise.reject(new Error('x')), true);
    await other.start();
    expect(new InspectorError(other.error!).message).toContain('could not be started');
  });
});

test('a ZIP that could not be opened for its photos is opened again', async () => {
  const coco = JSON.stringify(cocoOf({ 'a.png': [] }, CLASSES));
  const zip = new Blob([
    buildZip([
      { name: 'a.png', data: 'a.png', isStored: true },
      { name: 'coco.json', data: coco },
    ]),
  ]);
  const client = new EvaluatorClient(() => new FakeEvaluatorConnection(), { name: 'line.zip', zip });
  await client.open(nothing);
  const slice = zip.slice.bind(zip);
  zip.slice = () => {
    throw new DOMException('The file could not be read.', 'NotReadableError');
  };
  await expect(client.photo(0)).rejects.toThrow();
  zip.slice = slice;
  expect(await (await client.photo(0)).text()).toBe('a.png');
});

describe('EvaluationSession', () => {
  async function evaluated(others: Readonly<Record<string, Detector>> = {}) {
    const one = await session({ current: new FakeDetector(answer), ...others });
    await one.inspect();
    return one;
  }
  const first = ({ state }: EvaluationSession) => state.evaluated[0]!;
  const report = async (one: EvaluationSession) =>
    JSON.parse(await (await one.report('json'))!.blob.text()) as { mapping: object; runs: object[] };

  test('leaves out, once, a photo whose outlines are of another size', async () => {
    const truths = { ...TRUTHS, 'bad.png': [] };
    const coco = cocoOf(truths, CLASSES) as { annotations: object[] };
    coco.annotations.push({ image_id: 4, category_id: 1, segmentation: { size: [2, 2], counts: [0, 4] } });
    const one = await session({ current: new FakeDetector(answer) }, folder(truths, coco));
    await one.inspect();
    await one.map(0, 'dirt', 'left-out');
    expect(first(one).photos).toHaveLength(3);
    expect(sentences(one.state.runs[0]!.failures)).toEqual([
      { path: 'bad.png', message: 'Its outlines don’t fit the photo.' },
    ]);
    expect(one.state.runs[0]!.done).toBe(4);
  });

  test('leaves out a photo with an outline on which no pixel lies', async () => {
    const truths = { ...TRUTHS, 'bad.png': [] };
    const coco = cocoOf(truths, CLASSES) as { annotations: object[] };
    // As long as a photo is wide, but too thin for a pixel's centre to lie in it.
    const segmentation = [[0, 50.7, 300, 50.7, 300, 50.8, 0, 50.8]];
    coco.annotations.push({ image_id: 4, category_id: 1, segmentation });
    const one = await session({ current: new FakeDetector(answer) }, folder(truths, coco));
    await one.inspect();
    expect(first(one).photos).toHaveLength(3);
    expect(sentences(one.state.runs[0]!.failures)).toEqual([
      { path: 'bad.png', message: expect.stringContaining('too small to cover one of its pixels') },
    ]);
    expect(one.state.runs[0]!.left).toBe(0);
  });

  test('counts crowds the same everywhere: neither way, or as defects', async () => {
    const coco = cocoOf(TRUTHS, CLASSES) as { annotations: { image_id: number; iscrowd: number }[] };
    // All of b.png, as CVAT's brush marks it.
    for (const one of coco.annotations) if (one.image_id === 2) one.iscrowd = 1;
    const one = await session({ current: new FakeDetector(answer) }, folder(TRUTHS, coco));
    const content = () => contentOf(one.state.dataset!, one.state.settings);
    const parts = () => {
      const { defective, good, leftOut } = first(one).outcome.parts;
      return [defective.length, good.length, leftOut.length];
    };
    expect(one.state.dataset).toMatchObject({ crowds: 2, crowdsAlone: 1 });
    expect(content()).toMatchObject({ defective: 1, good: 1, neither: 1, defects: 2 });
    expect([...content().classes.values()]).toEqual([1, 1, 0]);
    await one.inspect();
    expect(parts()).toEqual([1, 1, 1]);
    expect(neitherOf(one.state, first(one), 0)).toEqual({
      photos: 1,
      other: ['dirt'],
      leftOut: [],
      hasCrowds: true,
    });
    expect(await report(one)).toMatchObject({ crowds: 'neither' });

    await one.change({ areCrowdsDefects: true });
    expect(content()).toMatchObject({ defective: 2, good: 1, neither: 0, defects: 4 });
    expect([...content().classes.values()]).toEqual([2, 1, 1]);
    expect(parts()).toEqual([2, 1, 0]);
    expect(first(one).precision.classes.map(({ truths }) => truths)).toEqual([2, 1]);
    expect(await report(one)).toMatchObject({ crowds: 'defects' });

    await one.inspect();
    expect(parts()).toEqual([2, 1, 0]);
    await one.change({ areCrowdsDefects: false });
    expect(parts()).toEqual([1, 1, 1]);
  });

  test('says why photos are neither defective nor good: their classes have no counterpart or are left out', async () => {
    const truths = { ...TRUTHS, 'c.png': [['dirt', CRACK]] } satisfies Readonly<
      Record<string, readonly Outlined[]>
    >;
    const one = await session({ current: new FakeDetector(answer) }, folder(truths));
    await one.inspect();
    const neither = () => neitherOf(one.state, first(one), 0);
    expect(neither()).toEqual({ photos: 1, other: ['dirt'], leftOut: [], hasCrowds: false });
    expect(text.verdict.neither(neither())).toBe(
      '1 photo counts as neither: all that is outlined on it is of a class without a counterpart in the model (dirt).',
    );
    await one.change({ isAnyDefect: true });
    expect(neither()).toMatchObject({ photos: 0, other: [] });
    await one.map(0, 'dirt', 'left-out');
    expect(neither()).toEqual({ photos: 1, other: [], leftOut: ['dirt'], hasCrowds: false });
  });

  test('measures anew when other photos are common to both models, as many as they may be', async () => {
    const without = (lost: string) =>
      new FakeDetector((name) => {
        if (name === lost) throw failure('corrupt-image', 'Damaged.');
        return answer(name);
      });
    const one = await evaluated({ a: without('a.png'), b: without('b.png') });
    await one.compareWith('a');
    expect(first(one).precision.classes.map(({ truths }) => truths)).toEqual([1, 0]);
    await one.compareWith('b');
    expect(first(one).precision.classes.map(({ truths }) => truths)).toEqual([1, 1]);
  });

  test('maps by name, and counts at the thresholds in use', async () => {
    const one = await evaluated();
    expect([...one.state.runs[0]!.mapping]).toEqual([
      ['Pitting', 1],
      ['crack', 2],
      ['dirt', 'other'],
    ]);
    const { outcome, precision } = first(one);
    // On b.png the pit is too faint, a pit is reported where there is none, and the crack falls on dirt.
    expect(outcome.counts.get(1)).toEqual({
      truths: 2,
      found: 1,
      confused: 0,
      missed: 1,
      falseAlarms: 1,
      mistaken: 0,
    });
    expect(outcome.counts.get(2)).toMatchObject({ truths: 1, found: 1, falseAlarms: 0 });
    expect(outcome.parts).toMatchObject({
      defective: [0, 1],
      good: [2],
      escaped: [],
      overkill: [],
      byLuck: [1],
    });
    expect(precision.classes[1]!.precision!.AP50).toBe(1);
  });

  test('counts every defect where classes don’t matter, dirt as well', async () => {
    const one = await evaluated();
    await one.change({ isAnyDefect: true });
    expect(first(one).outcome.counts.get(0)).toMatchObject({ truths: 4, found: 3, missed: 1 });
    expect(first(one).thresholdOf(0)).toBeNaN();
  });

  test('leaves a class out, and maps one to another', async () => {
    const one = await evaluated();
    await one.map(0, 'dirt', 2);
    expect(first(one).outcome.counts.get(2)).toMatchObject({ truths: 2, found: 2 });
    await one.map(0, 'Pitting', 'left-out');
    expect(first(one).outcome.counts.get(1)).toMatchObject({ truths: 0, found: 0 });
    expect((await report(one)).mapping).toEqual({ Pitting: null, crack: 'crack', dirt: 'crack' });
  });

  test('proposes thresholds by F1 and by cost', async () => {
    const one = await evaluated();
    await one.change({ rule: 'f1' });
    const byF1 = first(one);
    // Pits: .9 hit, .9 false, .5 hit, .5 false: F1 .5, then .67; half way down to the floor of .05.
    expect(byF1.proposals.get(1)).toBeCloseTo(0.275);
    expect(byF1.thresholdOf(2)).toBeCloseTo(0.325);
    expect(byF1.outcome.counts.get(1)).toMatchObject({ found: 2, missed: 0, falseAlarms: 2 });
    expect(one.use()).toEqual({ hash: MODEL.hash, thresholds: Object.fromEntries(byF1.proposals) });
    expect(one.state.isInUse).toBe(true);
    await one.change({ rule: 'cost', costRatio: 0.5 });
    // Two missed pits cost less than the first false alarm with one of them.
    expect(first(one).proposals.get(1)).toBeCloseTo(0.95);
    expect(first(one).outcome.counts.get(1)).toMatchObject({ found: 0, missed: 2, falseAlarms: 0 });
    expect(one.state.isInUse).toBe(false);
  });

  test('compares two models on the photos that both have', async () => {
    const better = new FakeDetector((name) =>
      inspection(name, name === 'b.png' ? [detection(1, 0.95, FAINT.box)] : answer(name).detections),
    );
    const one = await evaluated({ better });
    await one.compareWith('better');
    expect(one.state.evaluated).toHaveLength(2);
    const { truths, falseAlarms } = one.state.changes!;
    expect(
      [truths.fixed, truths.broken, truths.foundByBoth, truths.missedByBoth].map(({ length }) => length),
    ).toEqual([1, 0, 2, 0]);
    expect(truths.fixed[0]!.image).toBe(1);
    expect([falseAlarms.gone, falseAlarms.added, falseAlarms.kept].map(({ length }) => length)).toEqual([
      1, 0, 0,
    ]);
    expect((await report(one)).runs).toHaveLength(2);
    one.show({ place: 1, choice: { kind: 'truths', change: 'fixed' } });
    expect(one.state.list).toMatchObject({ place: 1, cases: [{ image: 1, reported: { score: 0.95 } }] });
    await one.removeSecond();
    expect([one.state.evaluated.length, one.state.changes]).toEqual([1, undefined]);
    expect(one.state.list).toMatchObject({ place: 0, choice: { outcome: 'missed' }, cases: [{ image: 1 }] });
  });

  test('looks at any defect where the model knows none of the classes', async () => {
    const truths: Readonly<Record<string, readonly Outlined[]>> = { 'a.png': [['kratzer', PIT]] };
    const one = await session(
      { current: new FakeDetector(answer) },
      folder(truths, cocoOf(truths, ['kratzer'])),
    );
    await one.inspect();
    expect(one.state.settings.isAnyDefect).toBe(true);
    expect(first(one).outcome.counts.get(0)).toMatchObject({ truths: 1, found: 1 });
    expect((await report(one)).mapping).toEqual({ kratzer: 'any defect' });
  });

  test('says of each case what there is to say, and outlines it', async () => {
    const one = await evaluated();
    expect(one.state.list!.cases).toMatchObject([
      { image: 1, actual: 1, fainter: { detection: 2, score: 0.5 }, overlap: 1 },
    ]);
    const { file, outlines } = (await one.picture(0, 1))!;
    expect(await file.text()).toBe('b.png');
    expect(outlines).toMatchObject(SIZE);
    expect(outlines.truths.map(({ box }) => box)).toEqual([FAINT.mask, CRACK.mask].map(boxOf));
    // Two are reported; the third lies below its threshold, on the pit that is missed.
    expect(outlines.detections.map((each) => [each.detection, each.isReported])).toEqual([
      [0, true],
      [1, true],
      [2, false],
    ]);
    expect(outlines.detections[0]!.rings).toEqual(PIT.contours);
  });

  test('names and outlines what overlaps with a missed defect, though too little', async () => {
    const [x, y, width, height] = CRACK.box;
    const beside = detection(9, 1, [x + width / 2, y, width, height], 2);
    const truths: Readonly<Record<string, readonly Outlined[]>> = { 'a.png': [['crack', beside]] };
    const faint = { ...CRACK, score: 0.1 };
    const one = await session(
      { current: new FakeDetector((name) => inspection(name, [faint])) },
      folder(truths, cocoOf(truths, ['crack'])),
    );
    await one.inspect();
    const [missed] = one.state.list!.cases;
    expect(missed).toMatchObject({ near: { detection: 0, classId: 2, score: 0.1 } });
    expect(missed!.fainter).toBeUndefined();
    expect(missed!.overlap).toBeGreaterThan(0.1);
    expect(missed!.overlap).toBeLessThan(0.5);
    // It lies below its threshold, and is drawn all the same.
    const { outlines } = (await one.picture(0, 0))!;
    expect(outlines.detections).toMatchObject([{ detection: 0, isReported: false }]);
  });

  test('names the outline that a false alarm overlaps with', async () => {
    const one = await evaluated();
    one.show({ place: 0, choice: { kind: 'outcome', outcome: 'false-alarm' } });
    // On b.png the pit that is reported touches the dirt.
    expect(one.state.list!.cases).toMatchObject([{ image: 1, reported: { classId: 1 }, nearTruth: 1 }]);
  });

  test('saves a CSV that spreadsheets read as UTF-8', async () => {
    const one = await evaluated();
    const bytes = new Uint8Array(await (await one.report('csv'))!.blob.arrayBuffer());
    expect([...bytes.slice(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
  });

  test('counts by one threshold for all classes', async () => {
    const one = await evaluated();
    await one.change({ rule: 'one', threshold: 0.95 });
    expect([first(one).thresholdOf(1), first(one).thresholdOf(2)]).toEqual([0.95, 0.95]);
    expect(first(one).outcome.parts.escaped).toEqual([0, 1]);
    expect(first(one).scores).toEqual({ defective: [0.9, 0.9], good: [0] });
  });

  test('keeps what there is when another folder can’t be read', async () => {
    const connections: FakeEvaluatorConnection[] = [];
    const one = await session({ current: new FakeDetector(answer) }, folder(), connections);
    await one.inspect();
    await one.read({ name: 'holiday', files: [] });
    expect(one.state).toMatchObject({
      dataset: { name: 'line' },
      error: { reason: 'no-images', params: { source: 'holiday' } },
    });
    expect(one.state.evaluated).toHaveLength(1);
    await one.change({ isAnyDefect: true });
    expect(first(one).outcome.counts.get(0)).toMatchObject({ truths: 4 });
    expect(connections.map(({ isTerminated }) => isTerminated)).toEqual([false, true]);
    one.close();
    expect(one.state).toMatchObject({ dataset: undefined, evaluated: [], runs: [] });
    expect(connections[0]!.isTerminated).toBe(true);
  });

  test('reads the folder that was chosen last', async () => {
    const one = await session({});
    const [slow, fast] = [one.read({ ...folder(), name: 'slow' }), one.read({ ...folder(), name: 'fast' })];
    await Promise.all([slow, fast]);
    expect(one.state).toMatchObject({ dataset: { name: 'fast' }, reading: undefined, error: undefined });
  });

  test('stops reading when asked to; what was there before stays', async () => {
    const connections: FakeEvaluatorConnection[] = [];
    const one = await session({ current: new FakeDetector(answer) }, folder(), connections);
    const reading = one.read({ ...folder(), name: 'other' });
    expect(one.state.reading).toMatchObject({ name: 'other' });
    one.stopReading();
    await reading;
    expect(one.state).toMatchObject({ dataset: { name: 'line' }, reading: undefined, error: undefined });
    expect(connections.map(({ isTerminated }) => isTerminated)).toEqual([false, true]);
  });

  test('works out what is asked for at the moment that the figures before are there', async () => {
    const store = state();
    const one = await session({ current: new FakeDetector(answer) }, folder(), [], store);
    await one.inspect();
    const before = first(one);
    const asking = new Promise<void>((resolve, reject) => {
      store.subscribe(() => {
        if (first(one) === before || one.state.settings.rule !== 'in-use') return;
        one.change({ rule: 'f1' }).then(resolve, reject);
      });
    });
    await one.change({ isAnyDefect: true });
    await asking;
    expect(first(one).proposals.size).toBe(2);
    expect(one.state.isWorking).toBe(false);
  });

  test('works out the figures that were asked for last', async () => {
    const asked: string[] = [];
    const connection = new FakeEvaluatorConnection();
    const { figures } = connection.api;
    Object.assign(connection.api, {
      figures: (request: Parameters<typeof figures>[0]) => {
        asked.push(request.settings.rule);
        return figures(request);
      },
    });
    const states: EvaluationState[] = [];
    const store = state();
    store.subscribe(() => states.push(store.state));
    const one = new EvaluationSession({
      store,
      isShown: () => true,
      note: nothing,
      connect: () => connection,
      borrow: async () => new Loans().lend(new FakeDetector(answer)),
      factory: open(new FakeDetector(answer)),
      catalogue: async () => [],
      recipe: () => AUTOMATIC,
    });
    await one.read(folder());
    await one.inspect();
    const before = first(one);
    const changes = (['cost', 'f1', 'in-use', 'f1'] as const).map((rule) => one.change({ rule }));
    expect(one.state.isWorking).toBe(true);
    await Promise.all(changes);
    expect(asked).toEqual(['in-use', 'cost', 'f1']);
    expect(one.state.isWorking).toBe(false);
    expect(new Set(states.flatMap(({ evaluated: all }) => all))).toEqual(new Set([before, first(one)]));
    expect(first(one).proposals.size).toBe(2);
  });
});

const boxOf = ({ x, y, width, height }: Detection['mask']) => [x, y, width, height];

test('an unexpected error has a sentence of its own; what the program says is the cause', async () => {
  const given = await new Evaluator().outlines(1, 0);
  const detail = expect.stringMatching(/^TypeError: /) as string;
  expect(given).toEqual({ ok: false, error: { ...datasetMessage({ reason: 'failed' }), detail } });
  const error = given.ok ? undefined : new DatasetError(given.error);
  expect(error).toMatchObject({ message: 'The evaluation failed. Try again.', cause: detail });
});

describe('an evaluator that crashes', () => {
  async function crashing() {
    const connections: FakeEvaluatorConnection[] = [];
    const one = await session({ current: new FakeDetector(answer) }, folder(), connections);
    await one.inspect();
    return { one, connections };
  }

  test('is an error, and the next one knows what it knew', async () => {
    const { one, connections } = await crashing();
    const changing = one.change({ rule: 'f1' });
    connections[0]!.crash('out of memory');
    await changing;
    expect(failureSentence(one.state.error!)).toBe(
      'The background worker stopped (out of memory). Try again.',
    );
    expect(one.state).toMatchObject({ isWorking: false, dataset: { name: 'line' } });
    expect(connections[0]!.isTerminated).toBe(true);
    await one.change({ rule: 'cost' });
    expect(connections).toHaveLength(2);
    expect(one.state.error).toBeUndefined();
    expect(one.state.evaluated[0]!.outcome.counts.get(1)).toMatchObject({ truths: 2 });
  });

  test('while nobody waits is replaced in silence', async () => {
    const { one, connections } = await crashing();
    connections[0]!.crash('killed');
    await expect.poll(() => connections[0]!.isTerminated).toBe(true);
    await one.change({ isAnyDefect: true });
    expect([connections.length, one.state.error]).toEqual([2, undefined]);
    connections[1]!.crash();
    expect((await one.picture(0, 1))!.outlines.truths).toHaveLength(2);
    expect(connections).toHaveLength(3);
    expect(one.state.evaluated[0]!.outcome.counts.get(0)).toMatchObject({ truths: 4 });
  });

  test('while a second model runs loses none of its photos', async () => {
    const connections: FakeEvaluatorConnection[] = [];
    const second = new FakeDetector(answer, { isHolding: true });
    const models = { current: new FakeDetector(answer), second };
    const one = await session(models, folder(), connections);
    await one.inspect();
    const comparing = one.compareWith('second');
    await expect.poll(() => second.inspected.length).toBe(1);
    second.release();
    await expect.poll(() => second.inspected.length).toBe(2);
    connections[0]!.crash('killed');
    second.release();
    await expect.poll(() => second.inspected.length).toBe(3);
    second.release();
    await comparing;
    expect(connections).toHaveLength(2);
    expect(one.state.runs[1]).toMatchObject({ found: 3, failures: [] });
    expect(one.state.evaluated.map(({ photos }) => photos)).toEqual([
      [0, 1, 2],
      [0, 1, 2],
    ]);
  });

  test('while it reads leaves nothing behind', async () => {
    const connections: FakeEvaluatorConnection[] = [];
    const one = await session({ current: new FakeDetector(answer) }, folder(), connections);
    const reading = one.read({ ...folder(), name: 'other' });
    connections[1]!.crash();
    await reading;
    expect(one.state).toMatchObject({ dataset: { name: 'line' }, error: { reason: 'worker-stopped' } });
    await one.read({ ...folder(), name: 'other' });
    expect(one.state).toMatchObject({ dataset: { name: 'other' }, error: undefined });
  });

  test('is no error when it was ended', async () => {
    const { one, connections } = await crashing();
    const changing = one.change({ rule: 'f1' });
    one.suspend();
    await changing;
    expect([one.state.error, connections[0]!.isTerminated]).toEqual([undefined, true]);
    await one.change({ rule: 'f1' });
    expect(one.state.evaluated[0]!.proposals.size).toBe(2);
  });
});

describe('a person’s own thresholds', () => {
  test('go before the recommended ones, for their model alone', () => {
    const one = inspection();
    expect(assess(one, AUTOMATIC).reported.map(({ id }) => id)).toEqual([1, 2]);
    const ids = (own: Record<string, Record<number, number>>) =>
      assess(one, { threshold: 'auto', own }).reported.map(({ id }) => id);
    expect(ids({ [MODEL.hash]: { 1: 0.5 } })).toEqual([1, 2, 3]);
    expect(ids({ [MODEL.hash]: { 1: 0.95, 2: 0.05 } })).toEqual([2, 4]);
    expect(ids({ other: { 1: 0.05 } })).toEqual([1, 2]);
    expect(ids({})).toEqual([1, 2]);
  });
});
