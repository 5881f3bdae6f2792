/** Every hostile model ends with a reason. */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { describe, expect, it } from 'vitest';
import { readModel } from '../../../src/model/metadata.js';
import { inspectPhoto } from '../../../src/core/pipeline/inspect.js';
import { memorySource } from '../../../src/core/pipeline/pixels.js';
import { createSession, runNetwork, warmUp } from '../../../src/runtime/session.js';
import { examine } from '../../fuzz/models.js';
import {
  ENDLESS,
  IMPLAUSIBLE,
  UNREADABLE,
  UNUSABLE,
  withoutMasks,
  workingModel,
} from '../../corpus/models.js';
import { relativeTime } from '../relative-time.js';

const RUNTIME = createRequire(import.meta.url).resolve('onnxruntime-web/ort-wasm-simd-threaded.wasm');
const photo = { data: new Uint8Array(64 * 64 * 4), width: 64, height: 64 };

async function open(bytes: Uint8Array<ArrayBuffer>) {
  const network = readModel(bytes);
  const binary = new Uint8Array(await readFile(RUNTIME));
  const session = await createSession(bytes, network.metadata, { binary, threads: 1 });
  await warmUp(session, network);
  return { network, session };
}

async function find(bytes: Uint8Array<ArrayBuffer>) {
  const { network, session } = await open(bytes);
  return inspectPhoto(photo, network, {
    decode: async () => memorySource(photo),
    run: (inputs) => runNetwork(session, inputs),
    now: () => 0,
  });
}

const REFUSED = { name: 'InspectorError', code: 'model-unsupported' };

it('the working model finds its defect', async () => {
  expect((await find(workingModel())).detections).toMatchObject([{ classId: 1, area: 32 * 32 }]);
});

describe('refused before a session is made, at once and in a sentence', () => {
  it.each(Object.entries(UNREADABLE))('%s', async (_, make) => {
    const bytes = make();
    let error: unknown;
    const time = await relativeTime(() => {
      try {
        readModel(bytes);
      } catch (cause) {
        error = cause;
      }
    });
    expect(error).toMatchObject(REFUSED);
    expect((error as Error).message.length).toBeLessThan(1000);
    // What crosses to the page is small, too.
    expect(JSON.stringify((error as { data: object }).data).length).toBeLessThan(100_000_000);
    expect(time).toBeLessThan(200);
  });
});

describe('refused by the runtime, with the model to blame', () => {
  it.each(Object.entries(UNUSABLE))('%s', async (_, make) => {
    await expect(open(make())).rejects.toMatchObject(REFUSED);
  });

  it.each([
    ['unknown-operator', { reason: 'operator-unknown', params: { operator: 'Frobnicate' } }],
    ['unknown-domain', { reason: 'operator-unknown', params: { operator: 'com.example:Identity' } }],
    ['opset-999', { reason: 'opset-too-new', params: { opset: 999, newest: 26 } }],
  ] as const)('%s, with the cause and a next step in our own words', async (name, data) => {
    await expect(open(UNUSABLE[name]())).rejects.toMatchObject({ data });
  });
});

describe('without an end, as its name says', () => {
  it.each(Object.entries(ENDLESS))('%s', { timeout: 60_000 }, async (name, make) => {
    // In a process of its own, which is ended after some seconds.
    expect(await examine({ name, bytes: make() })).toBe('timed-out');
  });
});

describe('refused for what it gives', () => {
  it.each(Object.entries(IMPLAUSIBLE))('%s', async (_, make) => {
    await expect(find(make())).rejects.toMatchObject(REFUSED);
  });
});

it('a model that gives empty masks has not found nothing', async () => {
  expect(await find(withoutMasks())).toMatchObject({ detections: [], lacksMasks: true });
  expect(await find(workingModel())).not.toHaveProperty('lacksMasks');
});
