import { describe, expect, test } from 'vitest';
import { offsetShowing, rowsInSight } from '../../../src/components/queue/list-window.js';

describe('rows in sight', () => {
  test('are those in the room and six on each side', () => {
    expect(rowsInSight({ offset: 1000, room: 200, extent: 50 }, 500)).toEqual([14, 30]);
  });

  test('end with the list', () => {
    expect(rowsInSight({ offset: 0, room: 200, extent: 50 }, 500)).toEqual([0, 10]);
    expect(rowsInSight({ offset: 24_800, room: 200, extent: 50 }, 500)).toEqual([490, 500]);
    expect(rowsInSight({ offset: 24_800, room: 200, extent: 50 }, 3)).toEqual([3, 3]);
    expect(rowsInSight({ offset: 0, room: 200, extent: 50 }, 0)).toEqual([0, 0]);
  });

  test('are a few before anything is measured', () => {
    expect(rowsInSight({ offset: 0, room: 0, extent: 0 }, 500)).toEqual([0, 20]);
    expect(rowsInSight({ offset: 0, room: 0, extent: 0 }, 7)).toEqual([0, 7]);
  });
});

test('a row is shown by scrolling no further than it takes', () => {
  const rows = { offset: 1000, room: 200, extent: 50 };
  expect(offsetShowing(rows, 21)).toBe(1000);
  expect(offsetShowing(rows, 3)).toBe(144);
  expect(offsetShowing(rows, 30)).toBe(1356);
});
