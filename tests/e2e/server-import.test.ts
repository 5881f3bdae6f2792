/** The built module, as a program imports it that has no page: a server that renders one, for instance. */
import { pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';
import type * as Face from '../../src/index.js';

test('what is built can be imported where there is no page', async () => {
  expect('document' in globalThis).toBe(false);
  const built = pathToFileURL('dist/defect-inspector.js').href;
  const face = (await import(/* @vite-ignore */ built)) as typeof Face;
  expect(Object.keys(face).sort()).toEqual([
    'DefectInspectorElement',
    'InspectorError',
    'annotate',
    'createDetector',
    'rasterize',
    'teach',
    'thresholdFor',
    'toCoco',
    'toCsv',
    'toJson',
  ]);
  expect(face.DefectInspectorElement.detectorFactory).toBe(face.createDetector);
  expect(face.toCsv([])).toMatch(/^\S+/);
});
