import { describe, expect, it } from 'vitest';
import { text as models } from '../../../src/messages/models-text.js';
import { text, write } from '../../../src/messages/text.js';

describe('a photo is described', () => {
  it('with its defects by class', () => {
    const classes = [
      { name: 'pitting', count: 2 },
      { name: 'crack', count: 1 },
    ];
    expect(text.viewer.photoWithDefects({ name: 'a.png', defects: 3, classes })).toBe(
      'Photo a.png with 3 defects outlined: pitting 2, crack 1',
    );
    expect(text.viewer.photoWithDefects({ name: 'a.png', defects: 0, classes: [] })).toBe(
      'Photo a.png with 0 defects outlined',
    );
  });

  it('with a label beside each defect', () => {
    expect(text.viewer.label({ number: 3, className: 'crack', score: 0.875 })).toBe('3 crack 0.88');
    expect(text.viewer.shortLabel({ number: 3 })).toBe('3');
  });

  it('with its size, and lengths with tenths where they are small', () => {
    expect(write.size({ width: 1600, height: 1200 })).toBe('1600 × 1200 px');
    expect([4.24, 42.4].map(write.pixels)).toEqual(['4.2', '42']);
  });
});

describe('what was found is told', () => {
  it('with the form of the word that goes with the number', () => {
    expect([1, 2].map(text.details.fainter)).toEqual([
      '1 fainter spot below the threshold',
      '2 fainter spots below the threshold',
    ]);
    expect(text.details.done({ milliseconds: 240, threads: 1 })).toBe('Done in 240 ms on 1 thread');
    expect(text.details.done({ milliseconds: 1240, threads: 4 })).toBe('Done in 1.2 s on 4 threads');
  });

  it('without the words for surfaces that nobody has named', () => {
    const classes = ['pitting', 'crack', 'chip'];
    expect(text.details.notAPass({ classes, domain: 'steel strip' })).toBe(
      'This is not a pass. The model knows pitting, crack, chip on steel strip, and can miss those, too.',
    );
    expect(text.details.notAPass({ classes })).toBe(
      'This is not a pass. The model knows pitting, crack, chip, and can miss those, too.',
    );
  });
});

describe('thresholds are told', () => {
  it.each([
    [{ isOwn: false, low: 0.4, high: 0.6 }, 'auto, 0.40 to 0.60 by class'],
    [{ isOwn: true, low: 0.4, high: 0.6 }, 'yours, 0.40 to 0.60 by class'],
    // They differ by less than is written.
    [{ isOwn: false, low: 0.401, high: 0.402 }, 'auto, 0.40'],
  ])('as a range: %o', (range, expected) => {
    expect(text.threshold.perClass(range)).toBe(expected);
  });

  it('by class', () => {
    const thresholds = [
      { name: 'pitting', threshold: 0.4 },
      { name: 'crack', threshold: 0.25 },
    ];
    expect(text.threshold.ownThresholds(thresholds)).toBe('pitting 0.40, crack 0.25.');
  });
});

describe('models are told', () => {
  it('with size, date and the beginning of the hash', () => {
    const model = { bytes: 4_600_000, added: '2031-05-06T12:00:00.000Z', hash: '0123456789abcdef' };
    expect(models.remembered(model)).toBe('4.6 MB · added May 6, 2031 · 01234567');
    expect(models.shippedModel({ bytes: 5e6 })).toBe('5.0 MB');
    expect(models.shippedModel({ bytes: 5e6, description: 'Slower.' })).toBe('5.0 MB · Slower.');
  });

  it('with what follows from deleting one', () => {
    expect(models.mayDelete({ name: 'Bolts', isInUse: false })).toBe('Delete Bolts from this device?');
    expect(models.mayDelete({ name: 'Bolts', isInUse: true })).toBe(
      'Delete Bolts from this device? The shipped model is used instead; what was found stays.',
    );
  });
});
