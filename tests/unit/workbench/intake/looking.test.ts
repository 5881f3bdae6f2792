import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Looking, type LookingState, type LookWatch } from '../../../../src/workbench/intake/looking.js';

let now = 0;
beforeEach(() => void vi.spyOn(performance, 'now').mockImplementation(() => (now += 1000)));
afterEach(() => void vi.restoreAllMocks());

const state = (name: string): LookingState => ({ name, what: 'files', done: 1, total: 2 });

/** What is looked through until it is told what is found. */
function held(looking: Looking, name: string) {
  let resolve!: (found: string) => void;
  const promise = new Promise<string>((done) => (resolve = done));
  const found = looking.through(async (watch: LookWatch) => {
    watch.tell(state(name));
    return promise;
  });
  return { found, resolve };
}

test('what is stopped comes to nothing, even where its last part was done by then', async () => {
  const looking = new Looking(() => undefined);
  const { found, resolve } = held(looking, 'lot');
  looking.stop();
  resolve('photos');
  expect(await found).toBeUndefined();
});

test('of two at once the one that is still under way stays shown', async () => {
  let shown: LookingState | undefined;
  const looking = new Looking((one) => (shown = one));
  const [first, second] = [held(looking, 'first'), held(looking, 'second')];
  second.resolve('photos');
  expect([await second.found, shown]).toEqual(['photos', state('first')]);
  first.resolve('photos');
  expect([await first.found, shown]).toEqual(['photos', undefined]);
});
