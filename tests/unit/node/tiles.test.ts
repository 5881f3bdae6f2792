/** Large photos in tiles, by a model that answers to colours: what is drawn is found, once, at its place. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { InspectPhotoOptions } from '../../../src/core/pipeline/inspect.js';
import type { Box, Inspection } from '../../../src/core/types.js';
import { openNodeDetector, type NodeDetector } from '../../../src/node/open-detector.js';
import { drawRectangles, ious } from '../../drawn-rectangles.js';
import { modelFile } from '../../family-fixtures.js';

describe('a photo in tiles', () => {
  let detector: NodeDetector;
  beforeAll(async () => {
    // At most one detection of each class per view.
    detector = await openNodeDetector(modelFile('torchvision'), { shortSide: 128 });
  });
  afterAll(() => detector.dispose());

  const inspect = async (
    size: readonly [number, number],
    spots: readonly Box[],
    options: InspectPhotoOptions = { detail: 'thorough' },
  ) => detector.inspect(new Uint8Array(await drawRectangles(size, spots)), 'drawn.png', options);

  it('has a band across five tiles as one detection', async () => {
    const band: Box = [40, 60, 2500, 24];
    const inspection = await inspect([2600, 160], [band]);
    const { input, detections } = inspection;
    expect(input).toMatchObject({ scale: 1, detail: 'thorough', tiles: input.planned });
    expect(input.planned).toBeGreaterThan(5);
    expect(detections).toHaveLength(1);
    expect(ious(inspection, band)[0]).toBeGreaterThan(0.9);
    expect(detections[0]!.contours).toHaveLength(1);
  });

  it('shows what one view of it is too small for', async () => {
    const spots: Box[] = [
      [100, 50, 9, 9],
      [700, 300, 9, 9],
    ];
    const fast = await inspect([1280, 400], spots, { detail: 'fast' });
    const thorough = await inspect([1280, 400], spots);
    const found = (one: Inspection) => one.detections.filter(({ score }) => score > 0.5).length;
    expect(found(fast)).toBe(0);
    expect(found(thorough)).toBe(2);
    for (const [i, spot] of spots.entries()) {
      const best = Math.max(...ious(thorough, spot));
      expect(best, `spot ${i}`).toBeGreaterThan(0.8);
    }
  });

  it('is seen in part as if that was the photo', async () => {
    const spots: Box[] = [
      [30, 30, 20, 20],
      [900, 300, 20, 20],
    ];
    const inspection = await inspect([1280, 400], spots, { area: [850, 250, 120, 100] });
    expect(inspection.input).toMatchObject({ area: [850, 250, 120, 100], scale: 1 });
    expect(inspection.detections).toHaveLength(1);
    expect(ious(inspection, spots[1]!)[0]).toBeGreaterThan(0.9);
    expect(inspection.image).toMatchObject({ width: 1280, height: 400 });
  });

  it.each([
    ['20,000 x 1,500', [20_000, 1500]],
    ['1,500 x 60,000', [1500, 60_000]],
  ] as const)(
    'of %s pixels hides nothing, wherever it is',
    async (_, [width, height]) => {
      const spots: Box[] = [
        [0, 0, 96, 96],
        [Math.round(width * 0.37), Math.round(height * 0.61), 96, 96],
        [width - 96, height - 96, 96, 96],
      ];
      const inspection = await inspect([width, height], spots, { detail: 'thorough', smallest: 80 });
      expect(inspection.input.tiles).toBe(inspection.input.planned);
      for (const spot of spots) expect(Math.max(...ious(inspection, spot))).toBeGreaterThan(0.7);
    },
    120_000,
  );
});
