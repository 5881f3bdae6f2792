import { describe, expect, test } from 'vitest';
import {
  classCounts,
  domainSentence,
  duration,
  foundSentence,
  resolutionSentence,
  threadsSentence,
} from '../../../../src/workbench/messages/sentences.js';
import { text } from '../../../../src/messages/text.js';
import { LoadingProgress } from '../../../../src/workbench/models/loading-progress.js';
import { DETECTIONS, inspection, MODEL } from '../fakes.js';

describe('sentences', () => {
  test('tell at which size the network saw the photo', () => {
    const image = { name: 'ring.jpg', width: 1540, height: 645, hash: '' };
    const input = { width: 768, height: 320, scale: 764 / 1540, tiles: 1 };
    expect(resolutionSentence(inspection('ring.jpg', [], { image, input }))).toBe(
      '1540 × 645 px seen at 764 × 320: defects under about 16 px can’t be seen',
    );
    const tiled = { ...input, scale: 1, tiles: 4 };
    expect(resolutionSentence(inspection('ring.jpg', [], { image, input: tiled }))).toBe(
      '1540 × 645 px seen in 4 tiles at 1540 × 645: defects under about 8 px can’t be seen',
    );
  });

  test('never take nothing for a pass', () => {
    expect(foundSentence([])).toBe('Nothing found above the threshold');
    expect(foundSentence(DETECTIONS.slice(0, 1))).toBe('1 defect');
    expect(domainSentence({ ...MODEL, domain: undefined })).toContain('Check it on known parts first');
  });

  test('count classes, the most frequent first', () => {
    expect(classCounts([...DETECTIONS, DETECTIONS[1]!])).toBe('crack 3, pitting 2');
  });

  test('give durations as one reads them', () => {
    expect([0.4, 260.2, 999.4, 1234].map(duration)).toEqual(['0 ms', '260 ms', '999 ms', '1.2 s']);
  });

  test('say why there is but one thread', () => {
    const runtime = (threads: number) => ({ provider: 'wasm', threads }) as const;
    expect(threadsSentence(runtime(2), true)).toBe('2 threads');
    expect(threadsSentence(runtime(1), true)).toBe('1 thread');
    expect(threadsSentence(runtime(1), false)).toBe('1 thread: page is not isolated');
  });

  test('follow model and runtime, which load at the same time', () => {
    const progress = new LoadingProgress();
    const shown = () => ({ text: text.loading.progress(progress.view), fraction: progress.view.fraction });
    expect(shown()).toEqual({ text: 'Loading model' });
    progress.add({ phase: 'runtime', loaded: 1_000_000, total: 4_000_000 });
    expect(shown()).toEqual({ text: 'Loading runtime 1.0 of 4.0 MB', fraction: 0.25 });
    progress.add({ phase: 'model', loaded: 2_000_000, total: 4_000_000 });
    expect(shown()).toEqual({ text: 'Loading model 2.0 of 4.0 MB', fraction: 0.375 });
    progress.add({ phase: 'model', loaded: 4_000_000, total: 4_000_000 });
    expect(shown().text).toBe('Loading runtime 1.0 of 4.0 MB');
    progress.add({ phase: 'starting' });
    expect(shown()).toEqual({ text: 'Starting the model', fraction: 1 });
  });
});
