import { datasets } from '../messages/dataset-text.js';
import { say, type Message } from '../messages/message.js';

/** What there is to say about a dataset, or a part of it. */
export type Note = Message<typeof datasets>;

/** Something about a dataset that a person should know. What it is about is left out; the rest is used. */
export type Problem = Note & {
  /** The first few of the files or names it is about. */
  readonly examples: readonly string[];
  readonly count: number;
};

/** Why a dataset, a file or a photo can't be used: plain data, which crosses to workers and back. */
export type DatasetMessage = Note & {
  readonly code: 'dataset-unusable';
  /** What was left out on the way, where that is why nothing is left. */
  readonly because?: readonly Problem[];
  /** What the program says that failed. No person is shown it; it becomes the error's cause. */
  readonly detail?: string;
};

export const datasetMessage = (note: Note, because: readonly Problem[] = []): DatasetMessage => ({
  code: 'dataset-unusable',
  ...note,
  ...(because.length > 0 && { because }),
});

/** What an unexpected error is to a person. @param note what is said of it */
export const failureMessage = (error: unknown, note: Note = { reason: 'failed' }): DatasetMessage => ({
  ...datasetMessage(note),
  detail: String(error),
});

/** What another try doesn't change: what a photo is and what is outlined on it. */
const FINAL: ReadonlySet<Note['reason']> = new Set([
  'other-size',
  'outlines-do-not-fit',
  'outlines-too-fine',
  'outline-nowhere-there',
]);

/** Whether a photo can't be evaluated however often it is tried. */
export const isFinal = ({ reason }: Pick<Note, 'reason'>): boolean => FINAL.has(reason);

/** So many reasons are told in one go. */
const REASONS = 4;

/** The sentence for a person, with the reasons that are known. */
export function datasetSentence({ because = [], ...message }: DatasetMessage): string {
  const reasons = because
    .map((problem) => ({ about: problem.examples.filter(Boolean).join(', '), why: say(datasets, problem) }))
    .filter(({ about }) => about !== '')
    .slice(0, REASONS)
    .map(({ about, why }) => ` ${about}: ${why}`);
  return [say(datasets, message), ...reasons].join('');
}

/** A dataset, a file or a photo that can't be used. `message` is a sentence for a person. */
export class DatasetError extends Error {
  override readonly name = 'DatasetError';
  readonly code = 'dataset-unusable';
  readonly data: DatasetMessage;

  /** @param because what was left out on the way, where that is why nothing is left */
  constructor(
    note: Note | DatasetMessage,
    { cause, because }: { readonly cause?: unknown; readonly because?: readonly Problem[] } = {},
  ) {
    const data = 'code' in note ? note : datasetMessage(note, because);
    super(datasetSentence(data), { cause: cause ?? data.detail });
    this.data = data;
  }
}
