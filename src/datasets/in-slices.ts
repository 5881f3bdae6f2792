/** Milliseconds that a page's thread is kept at a time: short enough for a frame. */
const SLICE = 10;

/** Works through a long list without keeping whoever waits for the thread, be it a page or a worker. */
export async function inSlices<T>(
  items: Iterable<T>,
  work: (item: T) => void | Promise<void>,
): Promise<void> {
  let end = performance.now() + SLICE;
  for (const item of items) {
    const working = work(item);
    if (working) await working;
    if (performance.now() < end) continue;
    await nextTask();
    end = performance.now() + SLICE;
  }
}

/** A message comes at once; a timer waits for a second on a page that is not seen. */
const nextTask = (): Promise<void> =>
  new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(undefined);
  });
