/** What the evaluation says. */
import { count, either, estimate, fixed, grouped, list, pick } from './numbers.js';

/** In place of a class where classes don't matter. */
export const anyDefect = 'any defect';

/** In place of a figure that there is none of. */
const NONE = '–';

/** Percentage: `8.3 %`. */
const percent = (share: number): string => (Number.isFinite(share) ? `${fixed(share * 100, 1)} %` : NONE);
const decimals = (digits: number) => (value: number) =>
  Number.isFinite(value) ? fixed(value, digits) : NONE;
/** Average precision, IoU: `0.713`. */
const fraction = decimals(3);
/** Scores and thresholds: `0.42`. */
const score = decimals(2);

const DETAILS = { fast: 'Fast: one view each', thorough: 'Thorough: in tiles, too' };

interface Reading {
  readonly name: string;
  readonly done: number;
  readonly total: number;
  readonly step?: 'opening' | 'files' | 'annotations' | 'photos';
}

/** `Reading line.zip: 1,200 of 2,000 files`. */
function reading({ name, done, total, step }: Reading): string {
  if (!step) return `Reading ${name}`;
  const counted = step === 'photos' ? 'photo' : step === 'annotations' ? 'annotation file' : 'file';
  const begun = step === 'opening' ? 'Opening' : step === 'photos' ? 'Checking' : 'Reading';
  return `${begun} ${name}: ${grouped(done)} of ${grouped(total)} ${pick(total, counted, `${counted}s`)}`;
}

export interface Of {
  readonly part: number;
  readonly whole: number;
}

export interface Named {
  readonly name: string;
  readonly version: string;
}

const model = ({ name, version }: Named): string => `${name} ${version}`;

/** How figures are written. */
export const figures = {
  percent,
  fraction,
  score,
  /** `0.610–0.820`, `61.0–82.0 %`; nothing where there is no interval. */
  range: ([low, high]: readonly [number, number], write: (value: number) => string): string =>
    Number.isFinite(low) ? `${write(low).replace(' %', '')}–${write(high)}` : '',
};

export const evaluation = {
  title: 'Evaluation',
  close: 'Close',
  closeKey: 'Close (Esc)',
  reportJson: 'Report JSON',
  reportCsv: 'CSV',
  otherPhotos: 'Other photos',
  model,
  modelLetter: (place: number): string => ['A', 'B'][place] ?? '',
  inspecting: 'Inspecting',
  working: 'Working out the figures',
  ready: 'The figures are ready',
  dataset: ({ name, format, photos }: { name: string; format: string; photos: number }) =>
    `${name} · ${format} · ${count(photos, 'photo')}`,
  sections: {
    setup: 'Photos and model',
    settings: 'How it is counted',
    verdict: 'In short',
    thresholds: 'Thresholds',
    figures: 'Figures',
    changes: 'What has changed',
    curve: 'Precision and recall',
    confusion: 'Confusion',
    cases: 'Photos',
  },

  intake: {
    title: 'How good is the model on your own photos?',
    about:
      'Drop a folder or a ZIP of photos on which the defects are outlined. Every photo is inspected on this device and compared with the outlines; nothing is uploaded.',
    reading,
    readingBar: 'How far reading is',
    stopReading: 'Stop reading',
    chooseFolder: 'Choose a folder',
    chooseZip: 'Choose a ZIP',
    folder: 'Folder',
    zip: 'ZIP',
    formats: [
      {
        name: 'COCO',
        about: 'One JSON file with polygons or run lengths. An image without annotations is a good part.',
      },
      {
        name: 'LabelMe',
        about:
          'One JSON file per photo: polygons, rectangles, circles. A photo without a file is a good part.',
      },
      {
        name: 'YOLO',
        about:
          'One text file per photo with outlines, and data.yaml or classes.txt with the names. A photo with an empty file, or none, is a good part.',
      },
    ],
  },

  setup: {
    photos: (photos: number) => count(photos, 'photo'),
    content: ({ defective, defects, good, neither }: Content) =>
      [
        `${defective} with ${count(defects, 'defect')}`,
        count(good, 'good part'),
        ...(neither > 0 ? [`${neither} with crowds alone`] : []),
      ].join(', '),
    /** Of COCO's `iscrowd`. */
    crowds: (regions: number) =>
      `${count(regions, 'region is', 'regions are')} marked as a crowd (iscrowd): in COCO that is a heap of defects which nobody told apart, and counts neither way. CVAT marks all that is drawn with its brush so, single defects as well.`,
    crowdsAreDefects: 'Count each as a defect',
    annotations: 'Annotations',
    inspect: (photos: number) => `Inspect ${count(photos, 'photo')}`,
    inspectAgain: 'Inspect again',
    /** How the photos of the next run are looked at, whatever is set on the page. */
    look: 'How thoroughly photos are looked at',
    way: ({ detail, seconds }: { detail: 'fast' | 'thorough'; seconds: number | undefined }) =>
      `${DETAILS[detail]}${seconds === undefined ? '' : `, ${estimate(seconds)}`}`,
    /** How those of a run are or were. */
    looked: {
      fast: 'Each photo is looked at in one view (Fast).',
      thorough: 'Each photo is looked at in tiles, too, where one view is too small (Thorough).',
    },
    compareLabel: 'Compare with another model',
    compare: 'Compare with…',
    modelFileOption: 'a model file (.onnx)…',
    noOther: 'no other model',
    modelFile: 'Model file',
    notes: (notes: number) => `${count(notes, 'note')} on the files; everything else is used`,
    andMore: (more: number) => ` and ${more} more`,
    knowsNone:
      'None of the dataset’s classes has the name of one of the model’s. The figures are for any defect, whatever its class, until classes are mapped.',
    noGood:
      'There are no good parts among the photos, so nothing can be said about false rejects. Add photos of parts without defects.',
    noDefective:
      'No defect is outlined on any of the photos, so nothing can be said about escapes. Add photos of defective parts.',
  },

  progress: {
    loading: 'Loading the model',
    done: ({ name, done, total }: { name: string; done: number; total: number }) =>
      `${name}: ${done} of ${total} photos`,
    bar: 'Photos inspected',
    pause: 'Pause',
    resume: 'Go on',
    paused: 'paused',
    stop: 'Stop',
    retry: ({ left, isAfterStop }: { left: number; isAfterStop: boolean }) =>
      isAfterStop ? `Inspect the other ${count(left, 'photo')}` : `Try ${count(left, 'photo')} again`,
    stopped: ({ name, done, total }: { name: string; done: number; total: number }) =>
      `${name || 'The run'} was stopped after ${done} of ${count(total, 'photo')}. The figures are those of what was done.`,
    failed: (photos: number) => `${count(photos, 'photo')} could not be evaluated`,
    failure: ({ path, why }: { path: string; why: string }) => `${path}: ${why}`,
    andMore: (more: number) => `and ${more} more`,
  },

  /** Beside the inspector, while the evaluation isn't shown. */
  strip: {
    title: 'Evaluation',
    goesOn: 'The evaluation goes on in the background.',
    done: (name: string) => `The evaluation of ${name} has ended.`,
    show: 'Show it',
    close: 'Close the notice',
  },

  mapping: {
    matched: ({ part, whole }: Of) => `Classes: ${part} of ${whole} matched by name`,
    open: (classes: number) => `${classes} to look at`,
    datasetClass: 'Class in the dataset',
    defects: 'defects',
    modelClass: 'Class of the model',
    whatIs: (name: string) => `What “${name}” is to the model`,
    is: (name: string) => `is ${name}`,
    other: 'has no class: counts as “any defect” only',
    leftOut: 'is left out: counts neither way',
    unused: (names: readonly string[]) =>
      `${count(names.length, 'class', 'classes')} of the model without a counterpart (${names.join(', ')}): what is reported as such is a false alarm or a confusion.`,
  },

  verdict: {
    both: ({ escaped, defective, rejected, good }: PartCounts) =>
      `Of ${count(defective, 'defective part')} ${escaped} would escape; of ${count(good, 'good one')} ${rejected} would be rejected.`,
    noGood: ({ escaped, defective }: PartCounts) =>
      `Of ${count(defective, 'defective part')} ${escaped} would escape. Without good parts nothing can be said about false rejects.`,
    noDefective: ({ rejected, good }: PartCounts) =>
      `Of ${count(good, 'good part')} ${rejected} would be rejected. Without defective parts nothing can be said about escapes.`,
    nothing: 'No photo counts as a defective or as a good part: there is nothing to judge by.',
    neither: ({ photos, other, leftOut, hasCrowds }: Neither) =>
      `${count(photos, 'photo counts', 'photos count')} as neither: all that is outlined on ${pick(photos, 'it', 'them')} is ${either(
        [
          ...(other.length > 0 ? [`of a class without a counterpart in the model (${list(other)})`] : []),
          ...(leftOut.length > 0 ? [`of a class that is left out (${list(leftOut)})`] : []),
          ...(hasCrowds ? ['marked as a crowd'] : []),
        ],
      )}.`,
    ofSome: ({ part, whole }: Of) => `These are figures of ${part} of ${count(whole, 'photo')}.`,
  },

  thresholds: {
    title: 'Escapes and false rejects',
    about:
      'Shares of the parts, by one threshold for all classes. A higher one lets more escape and rejects fewer good ones.',
    axis: 'threshold',
    escapes: 'defective parts that escape',
    rejects: 'good parts that are rejected',
    now: 'dotted: as it is counted now',
    slider: (threshold: number) => `One threshold for all classes: ${score(threshold)}`,
    at: ({ threshold, verdict }: { threshold: number; verdict: string }) => `${score(threshold)}. ${verdict}`,
    description: ({ name, verdict }: { name: string; verdict: string }) =>
      `${name}: shares of escaped and of rejected parts against the threshold. ${verdict}`,
    asTable: 'As a table',
    columns: { threshold: 'threshold', escapes: 'escape', rejects: 'rejected' },
    percentTick: (share: number) => `${fixed(share * 100, 0)} %`,
  },

  settings: {
    classes: 'Classes',
    byClass: { text: 'By class', title: 'A defect must be found as what it is' },
    anyDefect: { text: 'Any defect', title: 'Whatever its class, as long as it is found' },
    thresholds: 'Thresholds',
    rules: {
      'in-use': { text: 'As in use', title: 'The thresholds that the inspector works with now' },
      f1: { text: 'Best F1', title: 'Per class, the best balance of precision and recall on these photos' },
      cost: { text: 'Lowest cost', title: 'Per class, what missed defects and false alarms cost together' },
      one: {
        text: 'One for all',
        title: 'The same threshold for every class: the slider under the first chart sets it',
      },
    },
    costBefore: 'A missed defect costs',
    costAfter: 'false alarms',
    use: 'Use these thresholds',
    inUse: 'In use in the inspector',
    flattering:
      'Chosen on these very photos, so the figures at them are a little too good. Check them on photos that were not used for it.',
  },

  figures: {
    tiles: {
      escapes: { title: 'Escape rate', what: 'Defective parts on which nothing at all is reported' },
      overkill: { title: 'Overkill', what: 'Good parts on which something is reported' },
      falseAlarms: {
        title: 'False alarms per good part',
        what: 'Detections on good parts, by the number of good parts',
      },
      luck: {
        title: 'Rejected by luck',
        what: 'Defective parts on which something is reported, but none of their defects',
      },
      ap50: {
        title: 'AP50, mean of classes',
        what: 'Average precision: how well defects are found and ranked, whatever the threshold; outlines overlap by half',
      },
      ap: {
        title: 'AP, mean of classes',
        what: 'COCO’s average precision over overlaps from 0.50 to 0.95: exact outlines count',
      },
      pixelIou: {
        title: 'Pixel IoU',
        what: 'How much of the defective area is covered, and nothing else, at a score of 0.5',
      },
      time: {
        title: 'Time per photo, median',
        what: 'From the file to the outlines, on this device; 95 of 100 photos take no longer than p95',
      },
    },
    ofDefective: ({ part, whole }: Of) => ofParts({ part, whole }, 'defective part'),
    ofGood: ({ part, whole }: Of) => ofParts({ part, whole }, 'good part'),
    onGood: ({ part, whole }: Of) => `${part} on ${count(whole, 'good part')}`,
    classes: (classes: number) => count(classes, 'class', 'classes'),
    photos: (photos: number) => count(photos, 'photo'),
    ap75: (value: number) => `AP75 ${fraction(value)}`,
    p95: (time: string) => `p95 ${time}`,
    interval: (range: string) => `95 %: ${range}`,
    byClass: (name: string) => `Figures by class, ${name}`,
    columns: {
      class: 'Class',
      defects: 'defects',
      threshold: 'threshold',
      found: 'found',
      confused: 'confused',
      missed: 'missed',
      falseAlarms: ['false', 'alarms'],
      recall: ['recall', '95 %'],
      precision: ['precision', '95 %'],
      ap50: ['AP50', '95 %'],
      ap: 'AP',
    },
    whatColumns: 'What the columns mean',
    meanings: [
      { name: 'defects', what: 'Outlined by a person' },
      { name: 'threshold', what: 'The score from which on a detection is reported' },
      { name: 'found', what: 'A detection of the defect’s class lies on it: they overlap by half or more' },
      { name: 'confused', what: 'Only a detection of another class lies on it' },
      { name: 'missed', what: 'No detection lies on it, or none that reaches its threshold' },
      { name: 'false alarms', what: 'Detections of the class on no defect, or on one that is found already' },
      { name: 'recall', what: 'Found, of the defects' },
      { name: 'precision', what: 'Right, of what is reported as this class' },
      { name: 'AP50, AP', what: 'Average precision at an overlap of 0.5, and its mean over 0.50 to 0.95' },
      {
        name: '95 %',
        what: 'The true figure lies in there in 95 of 100 cases, if the photos are a fair sample',
      },
    ],
    few: '(few)',
    fewExamples: ({
      limit,
      classes,
    }: {
      limit: number;
      classes: readonly { name: string; truths: number }[];
    }) =>
      `* Fewer than ${limit} examples: ${classes.map(({ name, truths }) => `${name} (${truths})`).join(', ')}.`,
    fewMeans: 'The figure may lie anywhere in its interval; don’t choose a model or a threshold by it alone.',
  },

  curve: {
    title: 'Precision and recall',
    about: 'At every threshold; the dots are the thresholds that apply.',
    recallAxis: 'recall: share of the defects found',
    precisionAxis: 'precision: share of the reports that are right',
    tick: (value: number) => fixed(value, 1),
    shown: 'Class shown',
    asTable: (name: string) => `As a table: ${name}`,
    chooseOne: 'Choose a class to see it alone, and as a table.',
    caption: ({ name, className, defects }: { name: string; className: string; defects: number }) =>
      `${name}, ${className}, ${defects} defects`,
    columns: {
      threshold: 'threshold',
      found: 'found',
      falseAlarms: ['false', 'alarms'],
      recall: 'recall',
      precision: 'precision',
    },
    point: ({ name, recall, precision }: { name: string; recall: number; precision: number }) =>
      `${name}: recall ${percent(recall)}, precision ${percent(precision)}`,
    nothing: (name: string) => `${name}: nothing shown`,
    ofModel: ({ name, points }: { name: string; points: readonly string[] }) =>
      `${name}: ${points.join('; ')}`,
    description: (models: readonly string[]) => `Precision against recall. ${models.join('. ')}`,
  },

  confusion: {
    title: 'What was taken for what',
    about:
      'At the thresholds that apply; a defect counts as found when the outlines overlap by half. Press a number to see its photos.',
    matrix: (name: string) => `Confusion matrix, ${name}`,
    corner: ['in truth ↓', 'reported →'],
    noDefect: 'no defect',
    missed: 'missed',
    cell: ({ cases, title }: { cases: number; title: string }) => `${cases}: ${title}`,
    share: ({ title, share }: { title: string; share: number }) =>
      `${title}: ${fixed(share * 100, 0)} % of the row`,
  },

  changes: {
    title: (first: Named, second: Named) => `A: ${model(first)} → B: ${model(second)}`,
    about: (photos: number) => `Each at its own thresholds, on the same ${photos} photos.`,
    truths: {
      title: 'Defects',
      count: (changes: number) => count(changes, 'defect'),
      fixed: 'fixed: found by B only',
      broken: 'broken: found by A only',
      foundByBoth: 'found by both',
      missedByBoth: 'found by neither',
    },
    falseAlarms: {
      title: 'False alarms',
      count: (changes: number) => count(changes, 'false alarm'),
      gone: 'gone: raised by A only',
      added: 'new: raised by B only',
      kept: 'raised by both',
    },
  },

  cases: {
    shown: 'Photos shown',
    model: 'Model',
    modelChoice: ({ letter, name }: { letter: string; name: string }) => `${letter}: ${name}`,
    lists: { missed: 'Missed', 'false-alarm': 'False alarms', confused: 'Confused', found: 'Found' },
    list: ({ title, cases }: { title: string; cases: number }) => `${title} ${cases}`,
    falseAlarmsAs: (name: string) => `False alarms as ${name}`,
    missedOf: (name: string) => `Missed: ${name}`,
    foundOf: (name: string) => `Found: ${name}`,
    reportedAs: ({ actual, reported }: { actual: string; reported: string }) =>
      `${actual} reported as ${reported}`,
    changed: ({ what, change }: { what: string; change: string }) => `${what} ${change}`,
    byPerson: 'outlined by a person',
    byModel: 'outlined by the model',
    none: 'None on these photos.',
    showRest: (rest: number) => `Show the other ${rest}`,
    showMore: ({ more, rest }: { more: number; rest: number }) => `Show ${more} more of ${rest}`,
    photo: 'Photo',
    place: ({ place, cases }: { place: number; cases: number }) => `${place} of ${cases}`,
    previous: 'Previous',
    next: 'Next',
    defect: 'defect',
    reported: ({ name, value }: { name: string; value: number }) => `${name} ${score(value)}`,
    only: ({ name, value }: { name: string; value: number }) => `${name}, only ${score(value)}`,
    overlap: ({ name, value }: { name: string; value: number }) => `${name}, overlap ${score(value)}`,
    overlapWith: ({ name, value, other }: { name: string; value: number; other: string }) =>
      `${name}, overlap ${score(value)} with ${other}`,
    wholePhoto: 'Whole photo',
    nothingNear: (name: string) => `${name}, nothing near`,
    confused: ({ actual, reported }: { actual: string; reported: string }) => `${actual} → ${reported}`,
    onPhoto: ({ what, photo }: { what: string; photo: string }) => `${what} on ${photo}`,
  },
};

/** What is on the photos of a dataset. */
interface Content {
  readonly defective: number;
  readonly defects: number;
  readonly good: number;
  readonly neither: number;
}

/** Photos that count as neither defective nor good, and what is outlined on them. */
interface Neither {
  readonly photos: number;
  readonly other: readonly string[];
  readonly leftOut: readonly string[];
  readonly hasCrowds: boolean;
}

/** How many parts there are, and what becomes of them. */
interface PartCounts {
  readonly defective: number;
  readonly escaped: number;
  readonly good: number;
  readonly rejected: number;
}

/** `2 of 7 good parts`, `no good parts among the photos`. */
const ofParts = ({ part, whole }: Of, one: string): string =>
  whole > 0 ? `${part} of ${count(whole, one)}` : `no ${pick(0, one, `${one}s`)} among the photos`;
