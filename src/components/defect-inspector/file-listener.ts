import type { Drop } from '../../workbench/intake/intake.js';
import { hasFiles, pastedFiles, readDrop } from './dropped-files.js';

export interface FileListenerOptions {
  readonly onFiles: (files: readonly File[]) => void;
  /** Rejects with an {InspectorError} where what was dropped can't be read. */
  readonly onDrop: (drop: Promise<Drop>) => void;
  /** While files are dragged over the target. */
  readonly onDragging: (isDragging: boolean) => void;
}

/** Listens for dropped and pasted files on an element, or on the whole page. */
export function listenForFiles(
  target: HTMLElement | Window,
  { onFiles, onDrop, onDragging }: FileListenerOptions,
  signal: AbortSignal,
): void {
  const events: GlobalEventHandlers & EventTarget = target;
  events.addEventListener(
    'dragover',
    (event) => {
      if (!hasFiles(event.dataTransfer)) return;
      // Without it the browser would leave the page to show the photo.
      event.preventDefault();
      event.dataTransfer.dropEffect = 'copy';
      onDragging(true);
    },
    { signal },
  );
  events.addEventListener(
    'dragleave',
    ({ relatedTarget }) => {
      const isInside =
        relatedTarget instanceof Node && (target instanceof Window || target.contains(relatedTarget));
      if (!isInside) onDragging(false);
    },
    { signal },
  );
  events.addEventListener(
    'drop',
    (event) => {
      onDragging(false);
      if (!hasFiles(event.dataTransfer)) return;
      event.preventDefault();
      onDrop(readDrop(event.dataTransfer));
    },
    { signal },
  );
  const board: GlobalEventHandlers & EventTarget = target instanceof Window ? document : target;
  board.addEventListener(
    'paste',
    ({ clipboardData }) => {
      if (hasFiles(clipboardData)) onFiles(pastedFiles(clipboardData));
    },
    { signal },
  );
}
