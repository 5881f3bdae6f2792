/**
 * Stands for a file that could not be read: it is one photo that fails, and not the end of all that came with it. Whoever
 * reads it tries again, so that a photo can be retried.
 */
export class UnreadableFile extends File {
  /** @param again reads the file once more; rejects while it can't be read */
  constructor(
    name: string,
    private readonly again: () => Promise<Blob>,
  ) {
    super([], name);
  }

  override async arrayBuffer(): Promise<ArrayBuffer> {
    return (await this.again()).arrayBuffer();
  }

  override slice(): Blob {
    throw new DOMException('The file could not be read.', 'NotReadableError');
  }
}
