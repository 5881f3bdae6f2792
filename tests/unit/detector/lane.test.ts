import { expect, it, vi } from 'vitest';
import { Lane } from '../../../src/detector/lane.js';
import type { InferenceWorkerApi } from '../../../src/detector/worker-api.js';
import { deferred, FakeWorker, photo } from './fake-worker.js';

const open = async (api: InferenceWorkerApi) =>
  api.open({ kind: 'file', bytes: await photo('a').arrayBuffer(), type: '' });

it('starts another worker when the last one crashed between two calls', async () => {
  const workers = [new FakeWorker({}, 0), new FakeWorker({}, 1)] as const;
  const lane = new Lane(async () => workers[1], workers[0]);
  workers[0].crash();
  await expect(lane.call(open)).resolves.toMatchObject({ width: 40 });
  expect(workers.map(({ terminated }) => terminated)).toEqual([true, false]);
});

it('ends a worker that has only started when the lane was disposed of', async () => {
  const worker = new FakeWorker({}, 0);
  const starting = deferred<FakeWorker>();
  const lane = new Lane(() => starting.promise);
  const call = lane.call(open);
  lane.dispose();
  starting.resolve(worker);
  await expect(call).rejects.toMatchObject({ code: 'cancelled' });
  expect(worker.terminated).toBe(true);
  expect(worker.photos).toHaveLength(0);
});

it('names what went wrong when a message cannot be sent to a worker, twice', async () => {
  const lane = new Lane(async () => new FakeWorker({}, 0));
  const call = lane.call(() => Promise.reject(new DOMException('Too large.', 'DataCloneError')));
  await expect(call).rejects.toMatchObject({
    code: 'worker-crashed',
    message:
      'The background worker failed: DataCloneError: Too large. Reload the page. If that does not help, use another browser.',
  });
});

it('keeps nothing of the calls that a worker has answered', async () => {
  const worker = new FakeWorker({}, 0);
  const added = vi.spyOn(worker.crashed, 'addEventListener');
  const removed = vi.spyOn(worker.crashed, 'removeEventListener');
  const lane = new Lane(async () => worker, worker);
  for (let i = 0; i < 3; i++) await lane.call(open);
  expect(added).toHaveBeenCalledTimes(3);
  expect(removed.mock.calls.map(([, listener]) => listener)).toEqual(
    added.mock.calls.map(([, listener]) => listener),
  );
});
