import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { ModelLibrary, type ModelShelf } from '../../../../src/workbench/models/model-library.js';
import type { ModelInfo } from '../../../../src/core/types.js';
import type { CustomModel, CustomModelStore, LastChoice } from '../../../../src/model/custom-models.js';
import { InspectorError } from '../../../../src/core/errors.js';
import { failure } from '../failure.js';
import { MODEL } from '../fakes.js';

class MemoryStore implements CustomModelStore {
  readonly models = new Map<string, CustomModel>();
  readonly files = new Map<string, Blob>();
  last: LastChoice | undefined;
  isFull = false;

  async list() {
    return [...this.models.values()];
  }
  async file(hash: string) {
    return this.files.get(hash);
  }
  async put(model: CustomModel, file: Blob) {
    if (this.isFull) throw failure('storage-full', 'Full.');
    this.files.set(model.hash, file);
    this.models.set(model.hash, model);
  }
  async change(hash: string, said: Partial<CustomModel>) {
    this.models.set(hash, { ...this.models.get(hash)!, ...said });
  }
  async delete(hash: string) {
    this.models.delete(hash);
    this.files.delete(hash);
  }
  async lastChoice() {
    return this.last;
  }
  async choose(choice: LastChoice | undefined) {
    this.last = choice;
  }
}

let store: MemoryStore | undefined;
let attribute: string;
let loaded: ModelInfo | undefined;
const onSwitch = vi.fn();
const onNotRead = vi.fn();
const shelf: ModelShelf = { catalogue: async () => [], openStore: async () => store };

const visit = () =>
  new ModelLibrary({
    shelf: () => shelf,
    attribute: () => attribute,
    baseUrl: () => 'https://page.test/app/',
    loaded: () => loaded,
    onChange: () => undefined,
    onSwitch,
    onNotRead,
  });
const file = new File(['model'], 'Castings.onnx');

beforeEach(() => {
  store = new MemoryStore();
  attribute = '';
  loaded = undefined;
  onSwitch.mockClear();
  onNotRead.mockClear();
});

/** Brings a file along that loads. */
async function take(library: ModelLibrary): Promise<void> {
  await library.act({ kind: 'file', file });
  loaded = { ...MODEL, name: 'castings', hash: 'c'.repeat(64) };
  await library.recognise(loaded);
}

describe('which model is asked for', () => {
  test('the shipped one at first', async () => {
    expect(await visit().request()).toEqual({});
  });

  test('the attribute before the last choice, and the last choice before the shipped one', async () => {
    store!.last = { kind: 'catalogue', name: 'large' };
    expect(await visit().request()).toEqual({ model: 'large' });
    attribute = 'models/a.onnx';
    const library = visit();
    expect(await library.request()).toEqual({ model: 'models/a.onnx' });
    attribute = '';
    library.reset();
    expect(await library.request()).toEqual({ model: 'large' });
  });

  test('what somebody chooses meanwhile', async () => {
    store!.last = { kind: 'catalogue', name: 'large' };
    const library = visit();
    const first = library.request();
    await library.act({ kind: 'choose', choice: { kind: 'shipped' } });
    expect(await first).toEqual({});
    expect(store!.last).toBeUndefined();
  });

  test('a file, called like its name where it has none', async () => {
    const library = visit();
    await library.act({ kind: 'file', file });
    expect(onSwitch).toHaveBeenCalledOnce();
    expect(await library.request()).toEqual({ model: file, hints: { name: 'Castings' } });
    // Nobody has agreed to anything yet.
    expect(store!.models.size).toBe(0);
    expect(store!.last).toBeUndefined();
  });

  test('a model that is no longer there is an error', async () => {
    store!.last = { kind: 'remembered', hash: 'c'.repeat(64) };
    await expect(visit().request()).rejects.toMatchObject({ code: 'model-not-found' });
  });

  test('without any storage, the file of this visit', async () => {
    store = undefined;
    const library = visit();
    await take(library);
    await library.act({ kind: 'remember' });
    expect(library.view).toMatchObject({ canRemember: false, choice: { kind: 'visit' } });
    expect(await visit().request()).toEqual({});
  });
});

describe('remembering', () => {
  test('stores the file as it is, and begins the next visit with it, its hash to be checked', async () => {
    const library = visit();
    await take(library);
    onSwitch.mockClear();
    await library.act({ kind: 'remember' });
    expect(onSwitch).not.toHaveBeenCalled();
    expect(library.view.remembered).toMatchObject([{ name: 'Castings', bytes: 5, hash: 'c'.repeat(64) }]);
    expect(await visit().request()).toEqual({
      model: file,
      hash: 'c'.repeat(64),
      hints: { name: 'Castings' },
    });
  });

  test('does not wait for a person whom the browser asks whether it may keep it', async () => {
    let agree!: (persisted: boolean) => void;
    const persist = () => new Promise<boolean>((resolve) => (agree = resolve));
    const estimate = async () => ({ usage: 1, quota: 2 });
    let isPersistent = false;
    vi.stubGlobal('navigator', { storage: { persist, estimate, persisted: async () => isPersistent } });
    const library = visit();
    await take(library);
    await library.act({ kind: 'remember' });
    expect(library.view).toMatchObject({ choice: { kind: 'remembered' }, storage: { isPersistent: false } });
    isPersistent = true;
    agree(true);
    await vi.waitFor(() => expect(library.view.storage).toMatchObject({ isPersistent: true }));
    vi.unstubAllGlobals();
  });

  test('is possible once a slow storage has answered', async () => {
    const library = visit();
    vi.spyOn(shelf, 'openStore')
      .mockResolvedValueOnce(undefined)
      .mockRejectedValueOnce(new DOMException('', 'UnknownError'));
    await library.refresh();
    expect(library.view.canRemember).toBe(false);
    expect(onNotRead).not.toHaveBeenCalled();
    await library.refresh();
    expect(library.view.canRemember).toBe(false);
    expect(onNotRead).toHaveBeenCalledExactlyOnceWith(expect.objectContaining(UNREAD));
    await library.refresh();
    expect(library.view.canRemember).toBe(true);
    vi.restoreAllMocks();
  });

  test('a full storage is reported, and the model stays in use', async () => {
    const library = visit();
    await take(library);
    store!.isFull = true;
    await library.act({ kind: 'remember' });
    expect(library.view).toMatchObject({ error: { code: 'storage-full' }, choice: { kind: 'visit' } });
  });

  test('a file that is remembered already is recognised', async () => {
    const first = visit();
    await take(first);
    await first.act({ kind: 'remember' });
    const library = visit();
    await take(library);
    expect(library.view.choice).toEqual({ kind: 'remembered', hash: 'c'.repeat(64) });
  });

  test('renames, but not to an empty name', async () => {
    const library = visit();
    await take(library);
    await library.act({ kind: 'remember' });
    await library.act({ kind: 'rename', hash: 'c'.repeat(64), name: ' Line 2 ' });
    await library.act({ kind: 'rename', hash: 'c'.repeat(64), name: '  ' });
    expect(library.view.remembered.map(({ name }) => name)).toEqual(['Line 2']);
  });

  test('deleting the one in use brings the shipped one back', async () => {
    const library = visit();
    await take(library);
    await library.act({ kind: 'remember' });
    onSwitch.mockClear();
    await library.act({ kind: 'delete', hash: 'c'.repeat(64) });
    expect(onSwitch).toHaveBeenCalledOnce();
    expect(library.view).toMatchObject({ choice: { kind: 'shipped' }, remembered: [] });
    expect(await visit().request()).toEqual({});
  });
});

const UNREAD = {
  name: 'InspectorError',
  code: 'storage-full',
  data: expect.objectContaining({ reason: 'kept-not-read' }) as object,
};

describe('storage that fails or does not answer', () => {
  const REMEMBERED = { kind: 'remembered', hash: 'c'.repeat(64) } as const;
  const unanswered = () => {
    vi.spyOn(shelf, 'openStore').mockRejectedValue(new DOMException('', 'TimeoutError'));
    return visit();
  };

  beforeEach(async () => {
    const before = visit();
    await take(before);
    await before.act({ kind: 'remember' });
    onSwitch.mockClear();
  });
  afterEach(() => void vi.restoreAllMocks());

  test('is said, and the shipped model used, until it can be read', async () => {
    const library = unanswered();
    expect(await library.request()).toEqual({});
    expect(onNotRead).toHaveBeenCalledExactlyOnceWith(expect.objectContaining(UNREAD));
    await library.readAgain();
    expect(onSwitch).not.toHaveBeenCalled();
    vi.restoreAllMocks();
    await library.readAgain();
    expect(onSwitch).toHaveBeenCalledOnce();
    expect(await library.request()).toMatchObject({ hash: REMEMBERED.hash });
  });

  test('does not take back what was chosen meanwhile', async () => {
    const library = unanswered();
    await library.request();
    await library.act({ kind: 'choose', choice: { kind: 'shipped' } });
    // What was chosen holds for this visit, and that it isn't kept is said.
    expect(library.view).toMatchObject({ choice: { kind: 'shipped' }, error: { code: 'storage-full' } });
    vi.restoreAllMocks();
    onSwitch.mockClear();
    await library.readAgain();
    expect(onSwitch).not.toHaveBeenCalled();
    expect(await library.request()).toEqual({});
  });

  test('is why a remembered model can’t be had, not that it is gone', async () => {
    const library = visit();
    await library.act({ kind: 'choose', choice: REMEMBERED });
    vi.spyOn(store!, 'file').mockRejectedValue(
      new InspectorError({ code: 'storage-full', reason: 'kept-not-read' }),
    );
    await expect(library.request()).rejects.toMatchObject(UNREAD);
  });
});

describe('what a person says about a file', () => {
  const hints = { classes: ['pore'], shortSide: 512 };

  test('goes with it, and makes what it has found out of date', async () => {
    const library = visit();
    await take(library);
    onSwitch.mockClear();
    await library.act({ kind: 'hints', hints });
    expect(onSwitch).toHaveBeenCalledWith(loaded);
    expect(await library.request()).toMatchObject({ hints: { ...hints, name: 'Castings' } });
  });

  test('is remembered with it, also when the file comes again', async () => {
    const first = visit();
    await take(first);
    await first.act({ kind: 'remember' });
    await first.act({ kind: 'hints', hints });
    expect(await visit().request()).toMatchObject({ hints: { ...hints, name: 'Castings' } });
    const library = visit();
    await take(library);
    expect(await library.request()).toMatchObject({ hash: 'c'.repeat(64), hints });
    expect(onSwitch.mock.lastCall).toEqual([]);
  });
});

describe('an address', () => {
  test('is fetched into a file; one that can’t be fetched changes nothing', async () => {
    vi.stubGlobal('fetch', async (url: string) =>
      url === 'https://page.test/app/models/own%20one.onnx'
        ? new Response('model')
        : new Response('', { status: 404 }),
    );
    const library = visit();
    await library.act({ kind: 'fetch', url: 'models/other.onnx' });
    expect(library.view).toMatchObject({ error: { code: 'model-not-found' }, fetching: undefined });
    expect(onSwitch).not.toHaveBeenCalled();
    await library.act({ kind: 'fetch', url: 'models/own one.onnx' });
    expect(library.view).toMatchObject({
      error: undefined,
      choice: { kind: 'visit', model: { name: 'own one' } },
    });
    vi.unstubAllGlobals();
  });

  test('can be cancelled', async () => {
    vi.stubGlobal(
      'fetch',
      (_: string, { signal }: RequestInit) =>
        new Promise((_resolve, reject) =>
          signal!.addEventListener('abort', () => reject(new DOMException('', 'AbortError'))),
        ),
    );
    const library = visit();
    const fetching = library.act({ kind: 'fetch', url: 'slow.onnx' });
    expect(library.view.fetching).toEqual({ loaded: 0, total: 0 });
    await library.act({ kind: 'stop-fetching' });
    await fetching;
    expect(library.view).toMatchObject({ fetching: undefined, error: undefined });
    expect(onSwitch).not.toHaveBeenCalled();
    vi.unstubAllGlobals();
  });
});

describe('the last choice wins', () => {
  /** A server that answers when the test says so. */
  function slowServer() {
    const answers: (() => void)[] = [];
    vi.stubGlobal(
      'fetch',
      (_: string, { signal }: RequestInit) =>
        new Promise((resolve, reject) => {
          answers.push(() => resolve(new Response('model')));
          signal!.addEventListener('abort', () => reject(new DOMException('', 'AbortError')));
        }),
    );
    return answers;
  }
  afterEach(() => void vi.unstubAllGlobals());

  test('over an address that is still being fetched', async () => {
    slowServer();
    const library = visit();
    const fetching = library.act({ kind: 'fetch', url: 'slow.onnx' });
    await library.act({ kind: 'file', file });
    await fetching;
    expect(library.view).toMatchObject({ choice: { kind: 'visit', model: { name: 'Castings' } } });
    expect(library.view).toMatchObject({ fetching: undefined, error: undefined });
  });

  test('over one that arrives just then', async () => {
    const answers = slowServer();
    const library = visit();
    const fetching = library.act({ kind: 'fetch', url: 'slow.onnx' });
    answers[0]!();
    await library.act({ kind: 'choose', choice: { kind: 'shipped' } });
    await fetching;
    expect(library.view).toMatchObject({ choice: { kind: 'shipped' }, fetching: undefined });
  });

  test('over a model that is still being remembered', async () => {
    const library = visit();
    await take(library);
    const put = vi.spyOn(store!, 'put');
    let finish!: () => void;
    put.mockReturnValueOnce(new Promise<void>((resolve) => (finish = resolve)));
    const remembering = library.act({ kind: 'remember' });
    await vi.waitFor(() => expect(put).toHaveBeenCalledOnce());
    await library.act({ kind: 'choose', choice: { kind: 'catalogue', name: 'large' } });
    finish();
    await remembering;
    expect(library.view.choice).toEqual({ kind: 'catalogue', name: 'large' });
    expect(store!.last).toEqual({ kind: 'catalogue', name: 'large' });
  });

  test('in the storage as well, however slow that is', async () => {
    const library = visit();
    const choose = store!.choose.bind(store);
    let delay = 20;
    vi.spyOn(store!, 'choose').mockImplementation(async (choice) => {
      await new Promise((resolve) => setTimeout(resolve, (delay -= 10)));
      await choose(choice);
    });
    await Promise.all(
      ['a', 'b', 'c'].map((name) => library.act({ kind: 'choose', choice: { kind: 'catalogue', name } })),
    );
    expect(store!.last).toEqual({ kind: 'catalogue', name: 'c' });
  });
});

test.each([
  ['100%.onnx', '100%'],
  ['own%20one.onnx', 'own one'],
  ['https://x.test/', 'x.test'],
])('the model at %s is called %s', async (url, name) => {
  vi.stubGlobal('fetch', async () => new Response('model'));
  const library = visit();
  await library.act({ kind: 'fetch', url });
  expect(library.view).toMatchObject({ error: undefined, choice: { kind: 'visit', model: { name } } });
  vi.unstubAllGlobals();
});
