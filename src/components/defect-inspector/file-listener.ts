import type { Drop } from '../../workbench/intake/intake.js';
import type { LookWatch } from '../../workbench/intake/looking.js';
import { droppedAddresses, hasFiles, pastedFiles, readDrop } from './dropped-files.js';

export interface FileListenerOptions {
  readonly onFiles: (files: readonly File[]) => void;
  /** Reads the drop, if it is called at once. */
  readonly onDrop: (read: (watch: LookWatch) => Promise<Drop>) => void;
  /** Addresses of pictures, or none where a drag brought nothing that is known. */
  readonly onAddresses: (addresses: readonly string[]) => void;
  /** While files are dragged over the target. */
  readonly onDragging: (isDragging: boolean) => void;
}

/** Listens for dropped and pasted files on an element, or on the whole page. */
export function listenForFiles(
  target: HTMLElement | Window,
  { onFiles, onDrop, onAddresses, onDragging }: FileListenerOptions,
  signal: AbortSignal,
): void {
  const events: GlobalEventHandlers & EventTarget = target;
  events.addEventListener(
    'dragover',
    (event) => {
      if (isForField(event)) return;
      // Without it the browser would leave the page to show the photo or follow the link.
      event.preventDefault();
      const isTaken = event.dataTransfer?.types.some((type) => type === 'Files' || type === 'text/uri-list');
      if (event.dataTransfer) event.dataTransfer.dropEffect = isTaken ? 'copy' : 'none';
      if (isTaken) onDragging(true);
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
      if (isForField(event)) return;
      event.preventDefault();
      const { dataTransfer } = event;
      if (!dataTransfer) return;
      if (hasFiles(dataTransfer)) onDrop((watch) => readDrop(dataTransfer, watch));
      else onAddresses(droppedAddresses(dataTransfer));
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

/** Text that is dragged into a field of the page stays in it. */
function isForField(event: DragEvent): boolean {
  if (hasFiles(event.dataTransfer)) return false;
  const [target] = event.composedPath();
  if (!(target instanceof HTMLElement)) return false;
  return target.isContentEditable || target.matches('textarea, input:not([type=file])');
}
