import { datasets } from '../messages/dataset-text.js';
import { say, type Message } from '../messages/message.js';

/** What is wrong with a dataset, or a part of it. */
export type DatasetMessage = Message<typeof datasets>;

/** A dataset, a file or a photo that can't be used. `message` is a sentence for a person. */
export class DatasetError extends Error {
  override readonly name = 'DatasetError';

  /** @param data what `message` is made of: plain data, which crosses to workers and back. */
  constructor(
    readonly data: DatasetMessage,
    options?: { cause?: unknown },
  ) {
    super(say(datasets, data), options);
  }
}
