import { expect, test } from 'vitest';
import { text } from '../../../../src/messages/text.js';
import { LoadingProgress } from '../../../../src/workbench/models/loading-progress.js';

test('text and fraction are about the model and the runtime together', () => {
  const progress = new LoadingProgress();
  const shown = () => ({ text: text.loading.progress(progress.view), fraction: progress.view.fraction });
  expect(shown()).toEqual({ text: 'Loading model' });
  progress.add({ phase: 'runtime', loaded: 1_000_000, total: 4_000_000 });
  expect(shown()).toEqual({ text: 'Loading model 1.0 of 4.0 MB', fraction: 0.25 });
  progress.add({ phase: 'model', loaded: 2_000_000, total: 4_000_000 });
  expect(shown()).toEqual({ text: 'Loading model 3.0 of 8.0 MB', fraction: 0.375 });
  progress.add({ phase: 'model', loaded: 4_000_000, total: 4_000_000 });
  expect(shown()).toEqual({ text: 'Loading model 5.0 of 8.0 MB', fraction: 0.625 });
  progress.add({ phase: 'starting' });
  expect(shown()).toEqual({ text: 'Starting the model', fraction: 1 });
});
