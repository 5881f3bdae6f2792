import { describe, expect, it } from 'vitest';
import { drawingOf } from '../../../../src/components/viewer/marking/drawing-of.js';
import type { Drawing } from '../../../../src/components/viewer/marking/drawing.js';
import { sketchRegion, type Sketch } from '../../../../src/components/viewer/marking/sketch.js';
import { regionArea } from '../../../../src/core/regions/region.js';

const PHOTO = { width: 100, height: 80 };
const NEAR = 2;
const at = (x: number, y: number) => ({ x, y });

function click(drawing: Drawing, x: number, y: number): Sketch | undefined {
  drawing.press(at(x, y), NEAR);
  return drawing.release();
}

const area = (sketch: Sketch | undefined) => {
  const region = sketch && sketchRegion(sketch, PHOTO);
  return region ? regionArea(region) : 0;
};

describe('a stroke', () => {
  it('covers what the brush passed over between press and release', () => {
    const brush = drawingOf('brush', 2);
    brush.press(at(10, 10), NEAR);
    brush.drag([at(15, 10), at(20, 10)]);
    const sketch = brush.release();
    expect(sketch).toMatchObject({ kind: 'stroke', radius: 2, erases: false });
    expect(sketchRegion(sketch!, PHOTO)).toMatchObject({ x: 8, y: 8, width: 14, height: 4 });
    expect(brush.sketch).toBeUndefined();
  });

  it('of the eraser says so', () => {
    expect(click(drawingOf('eraser', 3), 5, 5)).toMatchObject({ kind: 'stroke', erases: true });
  });

  it('leaves out points that change nothing to be seen, and keeps the others', () => {
    const brush = drawingOf('brush', 10);
    brush.press(at(0, 0), NEAR);
    brush.drag([at(0.2, 0), at(0.4, 0), at(0.6, 0), at(0.8, 0), at(9, 0)]);
    expect(brush.release()).toMatchObject({ points: [at(0, 0), at(0.6, 0), at(9, 0)] });
  });

  it('that is cancelled leaves nothing, and what is moved without a press draws nothing', () => {
    const brush = drawingOf('brush', 2);
    brush.drag([at(1, 1)]);
    expect(brush.sketch).toBeUndefined();
    brush.press(at(1, 1), NEAR);
    brush.cancelPress();
    expect(brush.release()).toBeUndefined();
  });
});

describe('a rectangle', () => {
  it('goes from where the pointer was pressed to where it is let go', () => {
    const drawing = drawingOf('rectangle', 1);
    drawing.press(at(30, 40), NEAR);
    drawing.drag([at(20, 30), at(10, 20)]);
    expect(drawing.sketch).toEqual({ kind: 'rectangle', from: at(30, 40), to: at(10, 20) });
    expect(area(drawing.release())).toBe(20 * 20);
    expect(drawing.sketch).toBeUndefined();
  });

  it('that is as small as a click is none', () => {
    const drawing = drawingOf('rectangle', 1);
    drawing.press(at(30, 40), NEAR);
    drawing.drag([at(31, 41)]);
    expect(drawing.release()).toBeUndefined();
  });
});

describe('a polygon', () => {
  const square = () => {
    const drawing = drawingOf('polygon', 1);
    for (const [x, y] of [
      [10, 10],
      [30, 10],
      [30, 30],
      [10, 30],
    ] as const)
      expect(click(drawing, x, y)).toBeUndefined();
    return drawing;
  };

  it('is complete when its first corner is pressed again', () => {
    const drawing = square();
    expect(area(click(drawing, 11, 9))).toBe(20 * 20);
    expect(drawing.sketch).toBeUndefined();
  });

  it('is complete with a second press on the last corner, as of a double click', () => {
    expect(area(click(square(), 10, 30))).toBe(20 * 20);
  });

  it('is complete when it is finished, from three corners on', () => {
    const drawing = drawingOf('polygon', 1);
    click(drawing, 10, 10);
    click(drawing, 30, 10);
    expect(drawing.finish!()).toBeUndefined();
    expect(click(drawing, 30, 10), 'a double click on the second corner').toBeUndefined();
    click(drawing, 30, 30);
    expect(area(drawing.finish!())).toBe(190);
  });

  it('takes one corner back after the other', () => {
    const drawing = square();
    expect(drawing.stepBack!()).toBe(true);
    expect(drawing.sketch).toMatchObject({ corners: [at(10, 10), at(30, 10), at(30, 30)] });
    for (let i = 0; i < 3; i++) drawing.stepBack!();
    expect(drawing.sketch).toBeUndefined();
    expect(drawing.stepBack!()).toBe(false);
  });

  it('has a corner dragged until it is let go, and taken away with a press that is cancelled', () => {
    const drawing = drawingOf('polygon', 1);
    drawing.press(at(10, 10), NEAR);
    drawing.drag([at(12, 14)]);
    drawing.release();
    expect(drawing.sketch).toMatchObject({ corners: [at(12, 14)] });
    drawing.press(at(40, 40), NEAR);
    drawing.cancelPress();
    expect(drawing.sketch).toMatchObject({ corners: [at(12, 14)] });
  });

  it('shows where the next corner would be', () => {
    const drawing = drawingOf('polygon', 1);
    drawing.hover!(at(5, 5));
    expect(drawing.sketch, 'nothing before the first').toBeUndefined();
    click(drawing, 10, 10);
    drawing.hover!(at(20, 20));
    expect(drawing.sketch).toMatchObject({ to: at(20, 20) });
  });
});
