/** The photo, and the defects that are drawn on it. */
import { count, fixed, score } from './numbers.js';
import { results } from './results.js';

export interface Label {
  readonly number: number;
  readonly className: string;
  readonly score: number;
}

export interface Outlined {
  readonly name: string;
  readonly defects: number;
  readonly classes: Parameters<typeof results.classes>[0];
}

const DIRECTIONS = {
  left: 'to the left',
  up: 'further up',
  down: 'further down',
  right: 'to the right',
};

type Direction = keyof typeof DIRECTIONS;

export const viewer = {
  stage: 'Photo. Plus and minus zoom, arrow keys move, 0 shows all of it.',

  // Above the panes
  original: 'Original',
  defects: 'Defects',
  notInspected: 'Not inspected',
  notShown:
    'This photo can’t be shown: what it takes could not be loaded, or there is no memory left. Check the connection, then try again.',
  markingNotLoaded: 'What marking takes could not be loaded. Check the connection, then try again.',
  /** While it is being decoded. */
  opening: ({ name }: { readonly name: string }): string => `Opening ${name}`,

  // The panes, for those who can't see them
  noPhoto: 'No photo',
  photo: (name: string): string => `Photo ${name}`,
  photoNotInspected: (name: string): string => `Photo ${name}, not inspected`,
  /** `Photo part.png with 2 defects outlined: pitting 1, crack 1`. */
  photoWithDefects: ({ name, defects, classes }: Outlined): string => {
    const outlined = `Photo ${name} with ${count(defects, 'defect')} outlined`;
    return classes.length > 0 ? `${outlined}: ${results.classes(classes)}` : outlined;
  },

  /** Beside a defect, on the photo: `1 pitting 0.90`. */
  label: ({ number, className, score: value }: Label): string =>
    `${fixed(number, 0)} ${className} ${score(value)}`,
  /** The same, where there is room for no more. */
  shortLabel: ({ number }: Pick<Label, 'number'>): string => fixed(number, 0),

  // Over the photo
  outside: ({ defects }: { readonly defects: number }): string => `${fixed(defects, 0)} outside the view`,
  outsideAt: ({ defects, direction }: { readonly defects: number; readonly direction: Direction }): string =>
    `${fixed(defects, 0)} ${DIRECTIONS[direction]}: show the nearest`,
  hiddenDefects: ({ defects }: { readonly defects: number }): string =>
    `${count(defects, 'defect')} of hidden classes`,
  showClasses: 'Show all classes',
  edge: 'Edge between the original and the defects',
  edgeAt: ({ percent }: { readonly percent: number }): string =>
    `${fixed(percent, 0)} % original, ${fixed(100 - percent, 0)} % with defects`,

  // Under the photo
  trainedOn: (domain: string): string => `Trained only on ${domain}`,
  trainedOnUnknown: 'The model doesn’t say what it was trained on',

  // How defects are drawn
  display: 'How defects are drawn',
  fill: 'Fill',
  opacity: 'Opacity of the filling',
  boxes: 'Boxes',
  labels: 'Labels',
  hide: 'Hold to hide the defects',

  zoom: 'Zoom',
  zoomOut: 'Zoom out',
  zoomIn: 'Zoom in',
  fit: 'Show all of the photo',
  actualSize: '1:1, true size',
  keep: 'Keep zoom and place for the next photo',
  ratio: '1:1',
  zoomPercent: (percent: number): string => `${fixed(percent, 0)} %`,
  /** While there is nothing to zoom. */
  noZoom: '–',

  /** What a button does, and the key that does it as well. */
  withKey: ({ action, key }: { readonly action: string; readonly key: string }): string =>
    `${action} (${key})`,
};
