import { describe, expect, it } from 'vitest';
import { say } from '../../../src/messages/message.js';
import { text as models } from '../../../src/messages/models-text.js';
import { text, type Notice } from '../../../src/messages/text.js';

describe('results', () => {
  it('are not called good where nothing is found', () => {
    expect(text.results.found(0)).toBe('Nothing found above the threshold');
    expect(text.results.found(1)).toBe('1 defect');
    expect(models.domain({ domain: undefined })).toContain('Check it on known parts first');
  });

  it('say that the photo is unlike the training data, and what that is where it is known', () => {
    expect(text.results.foreign({})).toMatch(/what the model was trained on\. /);
    expect(text.results.foreign({ domain: 'bolts' })).toMatch(/what the model was trained on \(bolts\)\. /);
  });
});

describe('the model', () => {
  it('says why there is only one thread', () => {
    expect(text.model.threads({ threads: 2, isIsolated: true })).toBe('2 threads');
    expect(text.model.threads({ threads: 1, isIsolated: true })).toBe('1 thread');
    expect(text.model.threads({ threads: 1, isIsolated: false })).toBe('1 thread: page is not isolated');
    expect(text.topBar.inUse({ version: '1.2', threads: 4, isIsolated: true })).toBe('1.2 · 4 threads');
  });
});

describe('the list of photos', () => {
  it('says how far it is, and how long it still takes where that is known', () => {
    const progress = { done: 3, total: 7, isPaused: false };
    expect(text.queue.progress(progress)).toBe('3 of 7');
    expect(text.queue.progress({ ...progress, timeLeft: 21_000 })).toBe('3 of 7 · 25 s left');
    expect(text.queue.progress({ ...progress, timeLeft: 21_000, isPaused: true })).toBe('3 of 7 · paused');
  });

  it('counts the defects of a photo', () => {
    expect([0, 1, 2].map((defects) => text.queue.defects({ defects }))).toEqual([
      '0 defects above the threshold',
      '1 defect above the threshold',
      '2 defects above the threshold',
    ]);
  });
});

describe('the top bar', () => {
  it('says what is exported', () => {
    expect(text.topBar.exported({ threshold: 'auto' })).toBe(
      'What is at or above the threshold: auto, by class.',
    );
    expect(text.topBar.exported({ threshold: 0.4 })).toBe('What is at or above the threshold: 0.40.');
    expect(text.topBar.exportAs({ format: 'CSV', scope: 'all' })).toBe('CSV, all photos');
  });

  it('says which theme it is and which one comes next', () => {
    expect(text.topBar.changeTheme({ theme: 'auto', next: 'light' })).toBe('Theme: auto. Change to light.');
  });
});

describe('notices', () => {
  const error = { reason: 'foreign', params: { text: 'Too little memory.' } } as const;

  it.each<[string, Notice]>([
    ['Too little memory.', { reason: 'error', params: { error } }],
    ['1 photo was removed.', { reason: 'photos-removed', params: { photos: 1 } }],
    [
      'Too little memory. Instead, bolts is in use.',
      { reason: 'other-model-in-use', params: { error, model: 'bolts' } },
    ],
    [
      'bolts is in use until this page is closed. Remember it on this device (4.6 MB)?',
      { reason: 'model-not-remembered', params: { model: 'bolts', bytes: 4_600_000 } },
    ],
    [
      '2 photos were inspected by another model than bolts.',
      { reason: 'photos-outdated', params: { photos: 2, model: 'bolts' } },
    ],
  ])('%s', (sentence, notice) => {
    expect(say(text.notices, notice)).toBe(sentence);
  });
});

describe('announcements', () => {
  it('name the photo that they are about', () => {
    const error = { reason: 'photo-cancelled' } as const;
    expect(say(text.announcements, { reason: 'photo-done', params: { name: 'a.png', defects: 1 } })).toBe(
      'a.png: 1 defect',
    );
    expect(say(text.announcements, { reason: 'photo-failed', params: { name: 'a.png', error } })).toBe(
      'a.png: This photo was cancelled. Retry it when you need it.',
    );
  });
});
