/** The dialog of models. */
import { fileSize } from './numbers.js';

const dates = new Intl.DateTimeFormat('en', { dateStyle: 'medium' });

export interface Stored {
  /** Bytes. */
  readonly used: number;
  readonly free: number;
  /** Whether the browser has promised to keep it. */
  readonly isPersistent: boolean;
}

export interface Remembered {
  readonly bytes: number;
  /** ISO 8601. */
  readonly added: string;
  /** SHA-256, hexadecimal. */
  readonly hash: string;
}

export const models = {
  title: 'Models',
  close: 'Close',

  // The one in use
  tryAgain: 'Try again',
  noModel: 'No model',
  notLoaded: 'Not loaded yet',
  meanwhile: 'Photos added meanwhile are inspected as soon as the model is there.',
  modelInUse: (name: string): string => `In use: ${name}`,
  domain: ({ domain }: { readonly domain?: string | undefined }): string =>
    domain
      ? `Trained on ${domain}. On other surfaces it may be wrong.`
      : 'This model doesn’t say what it was trained on. Check it on known parts first.',
  classes: 'Classes',
  unnamedClasses: 'Not named in the file: they are called by their numbers until they are named below.',
  runsOn: 'Runs on',
  licence: 'Licence',
  hash: 'SHA-256',
  program: 'Defect Inspector',
  notIsolated:
    'Browsers allow threads only to pages that are isolated from other sites. This one isn’t: results are the ' +
    'same, and take longer.',

  // What the file doesn't say
  hints: 'Class names and input size, where the file doesn’t say',
  classNames: 'Names of the classes, one per line or separated by commas',
  shortSide: 'Short side of the network’s input, in pixels',
  applyHints: 'Apply and inspect again',

  // Lists
  inUse: 'In use',
  use: 'Use',
  useModel: (name: string): string => `Use ${name}`,
  shipped: 'Shipped models',
  noList: 'Their list can’t be read now.',
  useShipped: 'Use the shipped model',
  /** `4.6 MB · Slower.` */
  shippedModel: ({
    bytes,
    description,
  }: {
    readonly bytes: number;
    readonly description?: string | undefined;
  }) => (description ? `${fileSize(bytes)} · ${description}` : fileSize(bytes)),
  own: 'Your models',
  none: 'None on this device.',
  forVisit: (bytes: number): string => `${fileSize(bytes)} · until this page is closed`,
  refused: 'can’t be used',
  takeAway: 'Take away',
  takeAwayModel: (name: string): string => `Take away ${name}`,
  remember: 'Remember on this device',
  /** `4.6 MB · added May 6, 2031 · 0123abcd` */
  remembered: ({ bytes, added, hash }: Remembered): string =>
    `${fileSize(bytes)} · added ${dates.format(new Date(added))} · ${hash.slice(0, 8)}`,

  rename: 'Rename',
  renameModel: (name: string): string => `Rename ${name}`,
  newName: (name: string): string => `New name of ${name}`,
  save: 'Save',
  keepName: (name: string): string => `Keep ${name}`,
  delete: 'Delete',
  deleteModel: (name: string): string => `Delete ${name}`,
  mayDelete: ({ name, isInUse }: { readonly name: string; readonly isInUse: boolean }): string =>
    isInUse
      ? `Delete ${name} from this device? The shipped model is used instead; what was found stays.`
      : `Delete ${name} from this device?`,
  keep: 'Keep',

  // Storage
  notRemembered:
    'Models can’t be remembered here: this browser lets the page store nothing. They work until the page is closed.',
  storageUnknown: 'This browser doesn’t say how much may be stored.',
  stored: ({ used, free, isPersistent }: Stored): string =>
    `${fileSize(used)} used on this device, about ${fileSize(free)} free. ` +
    (isPersistent
      ? 'The browser keeps it until it is deleted.'
      : 'The browser may clear it when the device runs out of space, or after weeks without a visit.'),

  // Adding one
  add: 'Add a model',
  howToAdd:
    'An ONNX file that outlines objects. Drop it anywhere on the page, choose it, or give its address; it is ' +
    'checked, and runs here like the shipped one. It is remembered only if you say so.',
  chooseFile: 'Choose a file',
  file: 'Model file',
  loading: 'Loading the model',
  cancel: 'Cancel',
  addressExample: 'https://…/model.onnx',
  address: 'Address of a model',
  load: 'Load',
};
