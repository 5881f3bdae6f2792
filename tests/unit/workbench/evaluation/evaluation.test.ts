/** The evaluation behind its interface: runs of photos, figures that follow from them, thresholds that are kept. */
import { describe, expect, test } from 'vitest';
import { PhotoRun } from '../../../../src/workbench/evaluation/photo-run.js';
import { EvaluationSession } from '../../../../src/workbench/evaluation/session.js';
import { inSlices } from '../../../../src/workbench/evaluation/slices.js';
import { InspectorError } from '../../../../src/core/errors.js';
import { detectionRle } from '../../../../src/core/evaluation/photo.js';
import { assess } from '../../../../src/core/recipe/assess.js';
import { AUTOMATIC } from '../../../../src/core/recipe/recipe.js';
import { thresholdFor } from '../../../../src/core/recipe/threshold.js';
import type { Detection } from '../../../../src/core/types.js';
import type { Dataset, DatasetImage } from '../../../../src/datasets/types.js';
import type { Detector } from '../../../../src/detector/types.js';
import { file } from '../../datasets/sources.js';
import { detection, DETECTIONS, FakeDetector, inspection, MODEL } from '../fakes.js';

const SIZE = { width: 320, height: 160 };

/** A photo whose truths are outlined just as these detections are. */
function photo(path: string, truths: readonly (readonly [name: string, as: Detection])[] = []): DatasetImage {
  return {
    file: file(path, 'picture'),
    size: SIZE,
    truths: truths.map(([className, as]) => ({
      className,
      isCrowd: false,
      outline: { unit: 'pixels', segmentation: detectionRle(as, SIZE.width, SIZE.height) },
    })),
  };
}

/** Detections 1 (pitting .9), 2 (crack .55), 3 (pitting .5, below .6) and 4 (crack .1, below .4) on every photo but good ones. */
const answer = (name: string) => inspection(name, name.startsWith('good') ? [] : DETECTIONS);

const [PIT, CRACK, FAINT] = DETECTIONS as [Detection, Detection, Detection];
const IMAGES = [
  photo('a.png', [
    ['Pitting', PIT],
    ['crack', CRACK],
  ]),
  photo('b.png', [
    ['Pitting', FAINT],
    ['dirt', CRACK],
  ]),
  photo('good.png'),
];
const DATASET: Dataset = {
  name: 'line',
  format: 'COCO',
  classes: ['Pitting', 'crack', 'dirt'],
  images: IMAGES,
  problems: [],
  annotationFiles: [],
};

const open = (detector: Detector) => async () => detector;
const nothing = () => undefined;
const session = (dataset = DATASET) =>
  new EvaluationSession(dataset, {
    inUse:
      ({ classes }) =>
      (id) =>
        thresholdFor(id, 'auto', classes),
    onChange: nothing,
  });

describe('PhotoRun', () => {
  test('inspects all photos, keeps what evaluation needs, and disposes of its own detector', async () => {
    const detector = new FakeDetector(answer);
    const run = new PhotoRun(IMAGES, open(detector), true, nothing);
    await run.start();
    expect([run.state, run.done, detector.inspected]).toEqual(['done', 3, ['a.png', 'b.png', 'good.png']]);
    expect(run.photos[0]).toMatchObject({ ...SIZE, time: 265 });
    expect(run.photos[0]!.detections).toHaveLength(4);
    expect(detector.isDisposed).toBe(true);
  });

  test('goes on after a photo that fails, and lists it', async () => {
    const detector = new FakeDetector((name) => {
      if (name === 'a.png') throw new InspectorError('corrupt-image', 'Damaged.');
      if (name === 'b.png')
        return inspection(name, [], { image: { name, width: 99, height: 160, hash: '' } });
      return answer(name);
    });
    const run = new PhotoRun(IMAGES, open(detector), false, nothing);
    await run.start();
    expect(run.failures).toEqual([
      { path: 'a.png', message: 'Damaged.' },
      { path: 'b.png', message: 'The photo has 99 × 160 px, its annotations are for 320 × 160.' },
    ]);
    expect([run.state, run.photos.length, detector.isDisposed]).toEqual(['done', 1, false]);
  });

  test('keeps what is done when it is cancelled', async () => {
    const detector = new FakeDetector(answer, { isHolding: true });
    const run = new PhotoRun(IMAGES, open(detector), false, nothing);
    const running = run.start();
    await expect.poll(() => detector.inspected.length).toBe(1);
    detector.release();
    await expect.poll(() => detector.inspected.length).toBe(2);
    run.cancel();
    await running;
    expect([run.state, run.photos.length, run.failures.length, detector.inspected.length]).toEqual([
      'cancelled',
      1,
      0,
      2,
    ]);
  });

  test('says why there is no model', async () => {
    const run = new PhotoRun(
      IMAGES,
      () => Promise.reject(new InspectorError('offline', 'No network.')),
      true,
      nothing,
    );
    await run.start();
    expect([run.state, run.error?.message]).toEqual(['failed', 'No network.']);
    const other = new PhotoRun(IMAGES, () => Promise.reject(new Error('x')), true, nothing);
    await other.start();
    expect(other.error?.message).toContain('could not be started');
  });
});

describe('EvaluationSession', () => {
  async function evaluated() {
    const one = session();
    await one.run(open(new FakeDetector(answer)), 0, false);
    return one;
  }
  const settled = (one: EvaluationSession) => expect.poll(() => one.isWorking).toBe(false);

  test('leaves out, once, a photo whose outlines are of another size', async () => {
    const outline = { unit: 'pixels', segmentation: { size: [2, 2], counts: [0, 4] } } as const;
    const bad = { ...photo('bad.png'), truths: [{ className: 'Pitting', isCrowd: false, outline }] };
    const one = session({ ...DATASET, images: [...IMAGES, bad] });
    await one.run(open(new FakeDetector(answer)), 0, false);
    one.map(0, 'dirt', 'left-out');
    await settled(one);
    expect(one.evaluated[0]!.photos).toHaveLength(3);
    expect(one.runs[0]!.failures).toEqual([
      { path: 'bad.png', message: 'Its outlines don’t fit the photo.' },
    ]);
    expect(one.runs[0]!.done).toBe(4);
  });

  test('measures anew when other photos are common to both models, as many as they may be', async () => {
    const one = await evaluated();
    const without = (lost: string) =>
      open(
        new FakeDetector((name) => {
          if (name === lost) throw new InspectorError('corrupt-image', 'Damaged.');
          return answer(name);
        }),
      );
    await one.run(without('a.png'), 1, false);
    expect(one.evaluated[0]!.precision.classes.map(({ truths }) => truths)).toEqual([1, 0]);
    await one.run(without('b.png'), 1, false);
    expect(one.evaluated[0]!.precision.classes.map(({ truths }) => truths)).toEqual([1, 1]);
  });

  test('maps by name, and counts at the thresholds in use', async () => {
    const one = await evaluated();
    expect([...one.mappingOf(0)]).toEqual([
      ['Pitting', 1],
      ['crack', 2],
      ['dirt', 'other'],
    ]);
    const [{ outcome, precision }] = one.evaluated as [(typeof one.evaluated)[0]];
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
    one.change({ isAnyDefect: true });
    await settled(one);
    expect(one.evaluated[0]!.outcome.counts.get(0)).toMatchObject({ truths: 4, found: 3, missed: 1 });
  });

  test('leaves a class out, and maps one to another', async () => {
    const one = await evaluated();
    one.map(0, 'dirt', 2);
    await settled(one);
    expect(one.evaluated[0]!.outcome.counts.get(2)).toMatchObject({ truths: 2, found: 2 });
    one.map(0, 'Pitting', 'left-out');
    await settled(one);
    expect(one.evaluated[0]!.outcome.counts.get(1)).toMatchObject({ truths: 0, found: 0 });
    expect(one.report().mapping).toEqual({ Pitting: null, crack: 'crack', dirt: 'crack' });
  });

  test('proposes thresholds by F1 and by cost', async () => {
    const one = await evaluated();
    one.change({ rule: 'f1' });
    await settled(one);
    const [byF1] = one.evaluated;
    // Pits: .9 hit, .9 false, .5 hit, .5 false: F1 .5, then .67; half way down to the floor of .05.
    expect(byF1!.proposals.get(1)).toBeCloseTo(0.275);
    expect(byF1!.thresholdOf(2)).toBeCloseTo(0.325);
    expect(byF1!.outcome.counts.get(1)).toMatchObject({ found: 2, missed: 0, falseAlarms: 2 });
    one.change({ rule: 'cost', costRatio: 0.5 });
    await settled(one);
    // Two missed pits cost less than the first false alarm with one of them.
    expect(one.evaluated[0]!.proposals.get(1)).toBeCloseTo(0.95);
    expect(one.evaluated[0]!.outcome.counts.get(1)).toMatchObject({ found: 0, missed: 2, falseAlarms: 0 });
  });

  test('compares two models on the photos that both have', async () => {
    const one = await evaluated();
    const better = new FakeDetector((name) =>
      inspection(name, name === 'b.png' ? [detection(1, 0.95, FAINT.box)] : answer(name).detections),
    );
    await one.run(open(better), 1, true);
    expect(one.evaluated).toHaveLength(2);
    const { truths, falseAlarms } = one.compared!;
    expect(
      [truths.fixed, truths.broken, truths.foundByBoth, truths.missedByBoth].map(({ length }) => length),
    ).toEqual([1, 0, 2, 0]);
    expect(truths.fixed[0]!.image).toBe(1);
    expect([falseAlarms.gone, falseAlarms.added, falseAlarms.kept].map(({ length }) => length)).toEqual([
      1, 0, 0,
    ]);
    expect(one.report().runs).toHaveLength(2);
    one.removeSecond();
    await settled(one);
    expect([one.evaluated.length, one.compared]).toEqual([1, undefined]);
  });

  test('looks at any defect where the model knows none of the classes', async () => {
    const images = [photo('a.png', [['kratzer', PIT]])];
    const one = session({ ...DATASET, classes: ['kratzer'], images });
    await one.run(open(new FakeDetector(answer)), 0, false);
    expect(one.settings.isAnyDefect).toBe(true);
    expect(one.evaluated[0]!.outcome.counts.get(0)).toMatchObject({ truths: 1, found: 1 });
    expect(one.report().mapping).toEqual({ kratzer: 'any defect' });
  });
});

test('work in slices lets other things happen, and can be dropped', async () => {
  function* busy() {
    const end = performance.now() + 60;
    while (performance.now() < end) yield;
    return 'done';
  }
  let turns = 0;
  const timer = setInterval(() => turns++, 1);
  expect(await inSlices(busy())).toBe('done');
  clearInterval(timer);
  expect(turns).toBeGreaterThan(1);
  const abort = new AbortController();
  const dropped = inSlices(busy(), abort.signal);
  abort.abort();
  await expect(dropped).rejects.toThrow();
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
