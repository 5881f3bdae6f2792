import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { CloseUp } from '../../../src/components/viewer/close-up.js';
import type { photoPicture } from '../../../src/components/shared/pictures.js';
import type { PictureRequest } from '../../../src/detector/photo/picture.js';

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal('reportError', (error: unknown) => expect(error).toBeUndefined());
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const [ONE, OTHER] = [new File([''], 'one'), new File([''], 'other')];
const WHOLE = { x: 0, y: 0, width: 6000, height: 4000, step: 2 };
const PANE = { width: 1000, height: 500 };
/** The photo's middle in the pane's. */
const at = (scale: number, x = 3000, y = 2000) => ({
  scale,
  x: PANE.width / 2 - x * scale,
  y: PANE.height / 2 - y * scale,
});

type Parts = Extract<PictureRequest, { what: 'part' }>[];

/** @param milliseconds that making a part takes */
function closeUps(milliseconds = 0) {
  const asked: Parts = [];
  const closed: number[] = [];
  let painted = 0;
  const make = (async (_, request) => {
    const number = asked.push(request as Parts[number]);
    if (milliseconds > 0) await new Promise((resolve) => setTimeout(resolve, milliseconds));
    return {
      bitmap: { close: () => closed.push(number) } as unknown as ImageBitmap,
      width: 6000,
      height: 4000,
    };
  }) satisfies typeof photoPicture;
  const closeUp = new CloseUp(() => painted++, make);
  const rest = () => vi.advanceTimersByTimeAsync(200);
  return { closeUp, asked, closed, rest, painted: () => painted };
}

test('nothing is made while the picture of the whole is sharp enough', async () => {
  const { closeUp, asked, rest } = closeUps();
  for (const scale of [0.1, 0.5, 0.55]) closeUp.look(ONE, WHOLE, at(scale), PANE);
  closeUp.look(ONE, { ...WHOLE, step: 1 }, at(3), PANE);
  await rest();
  expect(asked).toEqual([]);
});

test('what is seen is made sharp after a rest, with a margin, and once', async () => {
  const { closeUp, asked, rest, painted } = closeUps();
  for (const x of [2000, 2500, 3000]) closeUp.look(ONE, WHOLE, at(1, x), PANE);
  await rest();
  expect(asked).toEqual([{ what: 'part', step: 1, part: { x: 2250, y: 1625, width: 1500, height: 750 } }]);
  expect(closeUp.layer).toMatchObject({ x: 2250, y: 1625, width: 1500, height: 750, step: 1 });
  expect(painted()).toBe(1);
  closeUp.look(ONE, WHOLE, at(1, 3200), PANE);
  await rest();
  expect(asked.length).toBe(1);
});

test('a part is on the grid of its step, and within the photo', async () => {
  const { closeUp, asked, rest } = closeUps();
  const line = { x: 0, y: 0, width: 1500, height: 60_000, step: 8 };
  closeUp.look(ONE, line, { scale: 0.25, x: 300, y: -0.3 }, PANE);
  await rest();
  const { part, step } = asked[0]!;
  expect(step).toBe(4);
  expect([part.x % step, part.y % step]).toEqual([0, 0]);
  expect(part.x + part.width).toBe(1500);
});

test('it is closed with another one, where one goes back, and on another photo', async () => {
  const { closeUp, closed, rest } = closeUps();
  closeUp.look(ONE, WHOLE, at(1, 1000), PANE);
  await rest();
  closeUp.look(ONE, WHOLE, at(1, 5000), PANE);
  // The old part stays until the new one is there.
  expect(closed).toEqual([]);
  await rest();
  expect(closed).toEqual([1]);
  closeUp.look(ONE, WHOLE, at(0.1), PANE);
  expect(closed).toEqual([1, 2]);
  closeUp.look(ONE, WHOLE, at(1), PANE);
  await rest();
  closeUp.look(OTHER, WHOLE, at(0.1), PANE);
  expect(closed).toEqual([1, 2, 3]);
  expect(closeUp.layer).toBeUndefined();
});

test('what comes when somebody has gone on is closed', async () => {
  const { closeUp, closed, asked } = closeUps();
  closeUp.look(ONE, WHOLE, at(1), PANE);
  vi.advanceTimersByTime(150);
  expect(asked.length).toBe(1);
  closeUp.look(OTHER, WHOLE, at(0.1), PANE);
  await vi.advanceTimersByTimeAsync(10);
  expect(closed).toEqual([1]);
  expect(closeUp.layer).toBeUndefined();
});

test('who zooms out and in again while a part is made gets that part, and it is not made a second time', async () => {
  const { closeUp, asked, closed, rest } = closeUps(300);
  closeUp.look(ONE, WHOLE, at(1), PANE);
  await rest();
  closeUp.look(ONE, WHOLE, at(0.1), PANE);
  // Not quite where it was: with the margin around it, the part is another one.
  closeUp.look(ONE, WHOLE, at(1, 3010), PANE);
  await rest();
  await rest();
  expect(closeUp.layer).toMatchObject({ x: 2250, step: 1 });
  await vi.advanceTimersByTimeAsync(1000);
  expect(asked.length).toBe(1);
  expect(closed).toEqual([]);
});
