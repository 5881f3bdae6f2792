/** The panel of a lesson: what a person teaches, and what to do next. */
import { count, fileSize, fixed, pick } from './numbers.js';
import { photos } from './photos.js';

interface Keys {
  /** Whether letters are keys by themselves, and there is a keyboard. */
  readonly hasKeys: boolean;
}

interface Named {
  readonly name: string;
}

/** Few things are counted in words. */
const WORDS = ['no', 'one', 'two', 'three', 'four', 'five'];
const inWords = (value: number): string => WORDS[value] ?? String(value);

const press = ({ hasKeys }: Keys, key: string, button: string): string =>
  hasKeys ? `press ${key}` : `press ${button}`;

interface Outcome {
  readonly marked: number;
  readonly good: number;
  readonly found: number;
  readonly falseAlarms: number;
}

const upper = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** What to do next, in a sentence. */
export const lessonSteps = {
  'add-photos': 'Add photos of your part: about ten good ones, and some with defects.',
  'first-good': (keys: Keys) => `Show a photo without defects and ${press(keys, 'G', 'Good')}.`,
  'more-good': ({ left, ...keys }: Keys & { readonly left: number }) =>
    `Show ${inWords(left)} more ${pick(left, 'photo', 'photos')} without defects, and ${press(keys, 'G', 'Good')} on each.`,
  'first-mark': (keys: Keys) =>
    `Show a photo with a defect, ${press(keys, 'B', 'Brush')}, and paint over it. Three such photos are enough.`,
  'more-marks': ({ left }: { readonly left: number }) =>
    `Mark the defects in ${inWords(left)} more ${pick(left, 'photo', 'photos')}.`,
  learn: 'Press Learn.',
  learning: 'It learns. You can go on marking meanwhile.',
  failed: 'Read why below, change the lesson, and learn again.',
  look: 'Look at the photos, correct what is wrong, and learn again.',
  'learn-again': 'The lesson has changed since it was learnt. Learn again.',
};

/** Each step of the walk-through: what is to be done, and what it is good for. */
export const walkSteps = {
  'first-good': (keys: Keys & { readonly part: string }) =>
    `This ${keys.part} has no defect: ${press(keys, 'G', 'Good')} to say so.`,
  'other-good': (keys: Keys & { readonly photos: number }) =>
    `So are the next ${inWords(keys.photos)}, which are selected in the list: ${press(keys, 'G', 'Good')} once for all.`,
  mark: ({ name, ...keys }: Keys & Named) =>
    `This one has a defect: “${name}”. The brush is chosen: paint over the defect, roughly.${keys.hasKeys ? ' [ and ] change its size.' : ''}`,
  marked: 'Marked. Paint on if some of the defect is missing; then go on.',
  'mark-more': ({ photos }: { readonly photos: number }) =>
    `A kind of defect is learnt from two photos at least. The second ${pick(photos, 'one', 'ones')} you need not paint yourself here.`,
  learn: 'That is enough. Press Learn.',
  learning: 'It learns how good parts differ, and what the marked places look like.',
  inspecting: 'Learnt. Now it inspects the other photos, which it has not seen before.',
  'correct-mark': ({ name }: Named) =>
    `It is least sure about this photo. You see it at a glance: it has a “${name}”. Paint over it.`,
  'correct-good': (keys: Keys) =>
    `It is least sure about this photo. You see it at a glance: nothing is wrong there. ${upper(press(keys, 'G', 'Good'))} to say so.`,
  sure: 'There is no photo about which it is not sure: nothing is to be corrected.',
  'learn-again': 'A correction tells it more than five photos that it has right. Press Learn again.',
  'learning-again': 'It learns what you have corrected.',
  looking: 'Learnt. It inspects all photos again.',
  found:
    'This defect it has found by itself: nobody has marked this photo. Mark, learn, correct, learn again: that is all. Now with photos of your own part.',
  done: 'That is all there is to it: mark, learn, correct, learn again. Now with photos of your own part.',
};

export const lessonPanel = {
  /** Of the panel. */
  label: ({ name }: Named) => `Lesson: ${name}`,
  rename: 'Rename the lesson',
  name: 'Name of the lesson',
  close: 'Close the lesson',

  steps: 'Steps',
  goodPhotos: 'Good photos',
  markedPhotos: 'Marked photos',
  counted: ({ photos, wanted }: { readonly photos: number; readonly wanted: number }) =>
    photos < wanted ? `${photos} of ${wanted}` : String(photos),
  done: 'done',

  classes: 'Kinds of defects',
  noClass: 'Name what you look for, such as “scratch”. What is marked without a name is a “defect”.',
  newClass: 'New kind',
  addClass: 'Add',
  chooseClass: ({ name }: Named) => `Mark ${name} next`,
  colour: ({ name }: Named) => `Colour of ${name}`,
  renameClass: ({ name }: Named) => `Rename ${name}`,
  className: ({ name }: Named) => `Name of ${name}`,
  removeClass: ({ name, marks }: Named & { readonly marks: number }) =>
    marks > 0 ? `Delete ${name} and its ${count(marks, 'mark')}` : `Delete ${name}`,
  marks: (marks: number) => count(marks, 'mark'),
  nameTaken: ({ name }: Named) => `There is a kind “${name}” already.`,

  learn: 'Learn',
  learnAgain: 'Learn again',
  cancel: 'Cancel',
  phases: { starting: 'Starting', describing: 'Looking at the photos', learning: 'Learning' },
  /** `Looking at the photos: 3 of 15 · 20 s left`. @param done may be a part of a photo @param timeLeft milliseconds */
  progress: ({
    phase,
    done,
    total,
    timeLeft,
  }: {
    readonly phase: string;
    readonly done: number;
    readonly total: number;
    readonly timeLeft?: number | undefined;
  }) => {
    const so = total > 1 ? `${phase}: ${Math.floor(done)} of ${total}` : phase;
    return timeLeft ? `${so} · ${photos.timeLeft(timeLeft)}` : so;
  },

  figures: 'What it can do',
  /** `Found in 7 of 8 marked photos, 1 false alarm in 10 good ones.` */
  outcome: ({ marked, good, found, falseAlarms }: Outcome) => {
    const alarms = falseAlarms === 0 ? 'no false alarm' : count(falseAlarms, 'false alarm');
    const hits = `Found in ${found} of ${count(marked, 'marked photo')}`;
    if (good === 0) return `${hits}.`;
    if (marked === 0) return `${upper(alarms)} in ${count(good, 'good photo')}.`;
    return `${hits}, ${alarms} in ${count(good, 'good one')}.`;
  },
  unseen: 'Tested on photos that it had not seen.',
  untestedMarks: 'Whether it finds defects was not tested: that takes two marked photos at least.',
  /** `share`: 0..1. */
  atMost: ({ share, good }: { readonly share: number; readonly good: number }) =>
    `From ${count(good, 'good photo')} it can't be said that fewer than ${fixed(100 * share, 0)} in 100 good parts raise a false alarm.`,
  seconds: ({ seconds }: { readonly seconds: number }) =>
    `Learnt in ${fixed(seconds, seconds < 10 ? 1 : 0)} s.`,
  outdated: 'Of the lesson before the last change.',
  doubts: 'Please check',
  /** As names stand in sentences. */
  quoted: ({ name }: Named) => `“${name}”`,
  showPhoto: ({ name }: Named) => `Show ${name}`,

  next: 'What to mark next',
  aboutNext: 'The places that it is least sure about.',
  unsure: 'not sure',
  unlike: 'unlike the others',
  /** Goes before the photo's name. */
  showPlace: 'Show the place in',

  absent: ({ photos }: { readonly photos: number }) =>
    `${count(photos, 'photo')} of this lesson ${pick(photos, 'is', 'are')} not in the list`,
  aboutAbsent: 'It is learnt from them as before. Add a photo again to see it and to mark further.',
  isGood: 'good',
  forget: ({ name }: Named) => `Take ${name} out of the lesson`,

  menu: 'Save, export and more',
  save: 'Save on this device',
  keepings: {
    features: 'Marks and what was learnt',
    thumbnails: 'With small pictures',
    photos: 'With all photos',
  },
  aboutKeepings: {
    features:
      'No photo, but what was seen in each, so that learning can go on without them. That often takes more room than the photos.',
    thumbnails: 'The same, and a small picture of each to recognise it by.',
    photos: 'To see them and mark further on another day. What is seen in them is found anew.',
  },
  size: (bytes: number) => `About ${fileSize(bytes)}.`,
  saved: {
    device: { short: 'Saved', label: 'Saved on this device' },
    file: { short: 'In a file', label: 'In a file, and not saved on this device' },
    nowhere: { short: 'Not saved', label: 'Not saved: gone when the page is closed' },
  },
  exports: 'Export',
  exportLesson: 'Lesson as a file',
  exportModel: 'Model (.onnx)',
  exportCoco: 'Photos and masks (COCO)',
  more: 'This lesson',
  duplicate: 'Duplicate',
  remove: 'Delete',
  saveFirst: 'Save it first.',
  learnFirst: 'Learn it first.',
  others: 'Other lessons',
  noOthers: 'No other lesson is saved on this device.',
  /** Goes before a lesson's name. */
  open: 'Open',
  kept: ({
    good,
    marked,
    bytes,
  }: {
    readonly good: number;
    readonly marked: number;
    readonly bytes: number;
  }) => `${good} good, ${marked} marked, ${fileSize(bytes)}`,
  newLesson: 'New lesson',

  walk: 'Walk-through',
  walkStep: ({ step, steps }: { readonly step: number; readonly steps: number }) =>
    `Step ${step} of ${steps}`,
  skip: 'Skip this step',
  goOn: 'Go on',
  showMe: 'Do it for me',
  leave: 'End the walk-through',
  ownPart: 'Teach my own part',
};
