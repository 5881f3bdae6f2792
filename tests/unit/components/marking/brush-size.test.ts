import { describe, expect, it } from 'vitest';
import {
  radiusAt,
  SLIDER,
  sliderOf,
  stepBrush,
} from '../../../../src/components/viewer/marking/brush-size.js';
import { MAX_BRUSH, MIN_BRUSH } from '../../../../src/workbench/lessons/state.js';

describe('the size of the brush', () => {
  it('grows with every step up to the largest, and shrinks down to the smallest', () => {
    let radius = MIN_BRUSH;
    for (let i = 0; i < 100 && radius < MAX_BRUSH; i++) {
      const next = stepBrush(radius, 1);
      expect(next).toBeGreaterThan(radius);
      radius = next;
    }
    expect(radius).toBe(MAX_BRUSH);
    for (let i = 0; i < 100 && radius > MIN_BRUSH; i++) {
      const next = stepBrush(radius, -1);
      expect(next).toBeLessThan(radius);
      radius = next;
    }
    expect(radius).toBe(MIN_BRUSH);
    expect(stepBrush(MIN_BRUSH, -1)).toBe(MIN_BRUSH);
  });

  it('is found again on the slider', () => {
    expect(sliderOf(MIN_BRUSH)).toBe(0);
    expect(sliderOf(MAX_BRUSH)).toBe(SLIDER);
    for (let position = 0; position <= SLIDER; position += 10) {
      expect(Math.abs(sliderOf(radiusAt(position)) - position)).toBeLessThanOrEqual(3);
    }
  });
});
