import { expect, test } from 'vitest';
import { text } from '../../../../src/messages/text.js';
import { classCounts } from '../../../../src/workbench/results/class-counts.js';
import { seenSize } from '../../../../src/workbench/results/seen-size.js';
import { DETECTIONS, inspection } from '../fakes.js';

test('the size at which the network saw the photo, and the smallest defect that it can see', () => {
  const image = { name: 'ring.jpg', width: 1540, height: 645, hash: '' };
  const input = { width: 768, height: 320, scale: 764 / 1540, tiles: 1, planned: 1, detail: 'fast' as const };
  const said = (given: typeof input) =>
    text.results.resolution(seenSize(inspection('ring.jpg', [], { image, input: given })));
  expect(said(input)).toBe('1540 × 645 px seen at 764 × 320: defects under about 16 px can’t be seen');
  expect(said({ ...input, scale: 1, tiles: 4 })).toBe(
    '1540 × 645 px seen in 4 tiles at 1540 × 645: defects under about 8 px can’t be seen',
  );
});

test('no defect has to be larger than the photo to be seen', () => {
  const said = (width: number, height: number, scale: number) => {
    const image = { name: 'strip.jpg', width, height, hash: '' };
    const input = { width: 320, height: 320, scale, tiles: 1, planned: 1, detail: 'fast' as const };
    return text.results.resolution(seenSize(inspection('strip.jpg', [], { image, input })));
  };
  const none = 'that is too small for any defect to be seen';
  expect(said(13_333, 200, 0.024)).toBe(`13333 × 200 px seen at 320 × 5: ${none}`);
  expect(said(1, 1, 4)).toBe(`1 × 1 px seen at 4 × 4: ${none}`);
  expect(said(400, 9, 1)).toBe('400 × 9 px seen at 400 × 9: defects under about 8 px can’t be seen');
});

test('classes are counted, the most frequent first', () => {
  expect(text.results.classes(classCounts([...DETECTIONS, DETECTIONS[1]!]))).toBe('crack 3, pitting 2');
});
