/** The pipeline in a program finds what Python finds: the ports are enough for another host. */
import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { regionToRle } from '../../../src/core/regions/region.js';
import { rleArea, rleFromString, rleIou } from '../../../src/core/regions/rle.js';
import { parseCatalogue, pickModel } from '../../../src/model/catalogue.js';
import { openNodeDetector, type NodeDetector } from '../../../src/node/open-detector.js';

interface Expected {
  readonly classId: number;
  readonly score: number;
  readonly box: readonly number[];
  readonly segmentation: { readonly size: [number, number]; readonly counts: string };
}

const FIXTURES = 'tests/fixtures/parity';
/** Of what is seen well; the reasons stand in tests/e2e/parity.test.ts, whose tolerances these are. */
const [CLEARLY_SEEN, SCORE, BOX, MASK_IOU] = [0.1, 0.02, 1, 0.97];

describe('the pipeline in Node', () => {
  let detector: NodeDetector;
  let pictures: Record<string, { novelty: number; detections: Expected[] }>;

  beforeAll(async () => {
    const catalogue = parseCatalogue(await readFile('public/models/catalogue.json', 'utf8'));
    detector = await openNodeDetector(`public/models/${pickModel(catalogue).file}`);
    ({ pictures } = JSON.parse(await readFile(`${FIXTURES}/expected.json`, 'utf8')) as {
      pictures: typeof pictures;
    });
  }, 60_000);
  afterAll(() => detector.dispose());

  it('finds every clear detection, alike', async () => {
    let compared = 0;
    for (const [name, expected] of Object.entries(pictures).slice(0, 3)) {
      const inspection = await detector.inspect(new Uint8Array(await readFile(`${FIXTURES}/${name}`)), name);
      const { width, height } = inspection.image;
      expect(inspection.runtime).toEqual({ provider: 'node', threads: 1 });
      expect(Math.abs(inspection.novelty! - expected.novelty)).toBeLessThan(0.01);
      for (const one of expected.detections.filter(({ score }) => score >= CLEARLY_SEEN)) {
        const theirs = rleFromString(one.segmentation.counts, one.segmentation.size);
        if (rleArea(theirs) === 0) continue;
        const agrees = inspection.detections.some(
          ({ classId, score, networkBox, mask }) =>
            classId === one.classId &&
            Math.abs(score - one.score) <= SCORE &&
            networkBox!.every((value, i) => Math.abs(value - one.box[i]!) <= BOX) &&
            rleIou(regionToRle(mask, width, height), theirs) >= MASK_IOU,
        );
        expect(agrees, `${name}: class ${one.classId}, score ${one.score}`).toBe(true);
        compared++;
      }
    }
    expect(compared).toBeGreaterThan(5);
  }, 60_000);

  it('says what is no photo, and what is damaged', async () => {
    const text = new TextEncoder().encode('Part 17: see the photo.');
    await expect(detector.inspect(text, 'notes.txt')).rejects.toMatchObject({ code: 'unsupported-image' });
    const photo = new Uint8Array(await readFile(`${FIXTURES}/blank.png`));
    await expect(detector.inspect(photo.subarray(0, 60), 'cut.png')).rejects.toMatchObject({
      code: 'corrupt-image',
    });
  });
});
