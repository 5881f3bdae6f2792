/** Name, model, view, export, theme. */
import { model } from './model.js';
import { score } from './numbers.js';

const VIEWS = { 'side-by-side': 'Both', overlay: 'Overlay', wipe: 'Wipe', original: 'Original' };
const ABOUT_VIEWS = {
  'side-by-side': 'Original and defects, each in a picture of its own',
  overlay: 'Defects on the photo',
  wipe: 'Defects on one side of an edge that can be moved',
  original: 'The photo alone',
};
const SCOPES = { photo: 'This photo', all: 'All photos' };
const THEMES = { auto: 'auto', light: 'light', dark: 'dark' };

export type Theme = keyof typeof THEMES;

export interface InUse {
  readonly version: string;
  readonly threads: number;
  readonly isIsolated: boolean;
}

export const topBar = {
  models: 'Models',
  /** Goes before what the button shows, for those who can't see it. */
  modelsLabel: 'Models:',
  notLoaded: 'Model loaded with the first photo',
  noModel: 'No model',
  inPlaceOfChosen: 'in place of the chosen model',
  yours: 'your model',
  /** Goes after the model's name. */
  inUse: ({ version, threads, isIsolated }: InUse) =>
    `${version} · ${model.threads({ threads, isIsolated })}`,
  loading: 'Loading the model',

  view: 'View',
  views: VIEWS,
  viewIs: ({ view }: { readonly view: keyof typeof VIEWS }) => `View: ${VIEWS[view]}`,
  viewTitle: ({ view }: { readonly view: keyof typeof VIEWS }) => `${ABOUT_VIEWS[view]} (V)`,

  more: 'Export and more',
  export: 'Export',
  scopes: SCOPES,
  exportAs: ({ format, scope }: { readonly format: string; readonly scope: keyof typeof SCOPES }) =>
    `${format}, ${SCOPES[scope].toLowerCase()}`,
  csvStyle: 'CSV with',
  csvStyles: { comma: 'commas, 0.5', semicolon: 'semicolons, 0,5' },
  nothingToExport: 'There is something to export after the first result.',
  exported: ({ threshold }: { readonly threshold: number | 'auto' }) =>
    `What is at or above the threshold: ${threshold === 'auto' ? 'auto, by class' : score(threshold)}.`,

  teach: 'Teach',
  teachTitle: 'Teach a model of your own with these photos',
  endTeaching: 'Close the lesson',
  evaluate: 'Evaluate',
  evaluateTitle: 'Evaluate the model on annotated photos (E)',
  usage: 'Usage',
  keys: 'Keys',
  keysTitle: 'Keys (?)',
  theme: ({ theme }: { readonly theme: Theme }) => `Theme: ${THEMES[theme]}`,
  changeTheme: ({ theme, next }: { readonly theme: Theme; readonly next: Theme }) =>
    `Theme: ${THEMES[theme]}. Change to ${THEMES[next]}.`,
};
