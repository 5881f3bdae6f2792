import { expect, it, vi } from 'vitest';

// Made by the build.
vi.mock('../../../src/detector/assets.js', () => ({ locateAssets: () => undefined }));

it('can be imported where there is no page', async () => {
  expect('document' in globalThis).toBe(false);
  const face = await import('../../../src/index.js');
  expect(Object.keys(face).sort()).toEqual([
    'DefectInspectorElement',
    'InspectorError',
    'annotate',
    'createDetector',
    'rasterize',
    'toCoco',
    'toCsv',
    'toJson',
  ]);
  expect(face.DefectInspectorElement.detectorFactory).toBe(face.createDetector);
  expect(face.toCsv([])).toMatch(/^\S+/);
});
