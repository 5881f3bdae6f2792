let bin: MessagePort | undefined;

/**
 * Gives memory back at once; the buffer is empty then. Browsers let the pixels of a whole photo gather, 400 MB of a large one,
 * before they look for what is needed no longer, and an idle worker never looks. What is given to a port whose other
 * end is closed is gone.
 */
export function discard(buffer: ArrayBuffer): void {
  if (!bin) {
    const { port1, port2 } = new MessageChannel();
    port2.close();
    bin = port1;
  }
  bin.postMessage(undefined, [buffer]);
}
