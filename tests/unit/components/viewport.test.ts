import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  centreOn,
  chooseSplit,
  clamp,
  fit,
  MARGIN,
  panBy,
  scaleRange,
  toPane,
  toPhoto,
  zoomAt,
  type Viewport,
} from '../../../src/components/viewer/viewport.js';

const real = (min: number, max: number) => fc.double({ min, max, noNaN: true });
const size = fc.record({
  width: fc.integer({ min: 1, max: 8000 }),
  height: fc.integer({ min: 1, max: 8000 }),
});
const pane = fc.record({
  width: fc.integer({ min: 100, max: 3000 }),
  height: fc.integer({ min: 100, max: 3000 }),
});
const point = fc.record({ x: real(-500, 3500), y: real(-500, 3500) });
const viewport: fc.Arbitrary<Viewport> = fc.record({
  scale: real(0.02, 40),
  x: real(-5000, 5000),
  y: real(-5000, 5000),
});

describe('viewport', () => {
  test('fit shows all of the photo, centred, with its margin', () => {
    fc.assert(
      fc.property(size, pane, (photo, room) => {
        const view = fit(photo, room);
        const corner = toPane(view, { x: photo.width, y: photo.height });
        expect(view.x).toBeGreaterThanOrEqual(MARGIN - 1e-6);
        expect(view.y).toBeGreaterThanOrEqual(MARGIN - 1e-6);
        expect(corner.x).toBeCloseTo(room.width - view.x, 6);
        expect(corner.y).toBeCloseTo(room.height - view.y, 6);
      }),
    );
    const touching = fit({ width: 1540, height: 645 }, { width: 800, height: 600 });
    expect(touching.x).toBeCloseTo(MARGIN, 9);
  });

  test('photo and pane coordinates are each other’s inverse', () => {
    fc.assert(
      fc.property(viewport, point, (view, at) => {
        const back = toPane(view, toPhoto(view, at));
        expect(back.x).toBeCloseTo(at.x, 6);
        expect(back.y).toBeCloseTo(at.y, 6);
      }),
    );
  });

  test('zooming keeps the point under the pointer and stays in the range', () => {
    fc.assert(
      fc.property(viewport, real(0.01, 100), point, size, pane, (view, factor, at, photo, room) => {
        const range = scaleRange(photo, room);
        const before = toPhoto(view, at);
        const zoomed = zoomAt(view, factor, at, range);
        const seen = toPane(zoomed, before);
        expect(seen.x).toBeCloseTo(at.x, 5);
        expect(seen.y).toBeCloseTo(at.y, 5);
        expect(zoomed.scale).toBeGreaterThanOrEqual(range.min);
        expect(zoomed.scale).toBeLessThanOrEqual(range.max);
      }),
    );
  });

  test('fit and true size can both be reached', () => {
    fc.assert(
      fc.property(size, pane, (photo, room) => {
        const { min, max } = scaleRange(photo, room);
        expect(min).toBeLessThanOrEqual(Math.min(1, fit(photo, room).scale));
        expect(max).toBeGreaterThanOrEqual(Math.max(1, fit(photo, room).scale));
      }),
    );
  });

  test('clamping is done once for all, changes no scale, and leaves a fitting photo alone', () => {
    fc.assert(
      fc.property(viewport, size, pane, (view, photo, room) => {
        const once = clamp(view, photo, room);
        expect(clamp(once, photo, room)).toEqual(once);
        expect(once.scale).toBe(view.scale);
        const fitting = fit(photo, room);
        expect(clamp(fitting, photo, room).x).toBeCloseTo(fitting.x, 6);
        expect(clamp(fitting, photo, room).y).toBeCloseTo(fitting.y, 6);
      }),
    );
  });

  test('however far it is dragged, the photo lies under the pane’s centre', () => {
    fc.assert(
      fc.property(viewport, size, pane, real(-1e5, 1e5), real(-1e5, 1e5), (view, photo, room, dx, dy) => {
        const dragged = clamp(panBy(view, dx, dy), photo, room);
        const centre = toPhoto(dragged, { x: room.width / 2, y: room.height / 2 });
        expect(centre.x).toBeGreaterThanOrEqual(-1e-6 * photo.width);
        expect(centre.x).toBeLessThanOrEqual(photo.width * (1 + 1e-6));
        expect(centre.y).toBeGreaterThanOrEqual(-1e-6 * photo.height);
        expect(centre.y).toBeLessThanOrEqual(photo.height * (1 + 1e-6));
      }),
    );
  });

  test('any point of a photo that is larger than the pane can be centred', () => {
    fc.assert(
      fc.property(pane, real(0, 1), real(0, 1), (room, across, down) => {
        const photo = { width: room.width * 2, height: room.height * 3 };
        const target = { x: photo.width * across, y: photo.height * down };
        const view = clamp(centreOn({ scale: 1, x: 0, y: 0 }, target, room), photo, room);
        const seen = toPane(view, target);
        expect(seen.x).toBeCloseTo(room.width / 2, 6);
        expect(seen.y).toBeCloseTo(room.height / 2, 6);
      }),
    );
  });

  test('two panes lie so that the photo is larger', () => {
    const room = { width: 800, height: 700 };
    expect(chooseSplit({ width: 1540, height: 645 }, room, 8)).toBe('column');
    expect(chooseSplit({ width: 200, height: 200 }, { width: 900, height: 600 }, 8)).toBe('row');
    expect(chooseSplit({ width: 200, height: 400 }, room, 8)).toBe('row');
  });
});
