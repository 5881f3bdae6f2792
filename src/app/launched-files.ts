import type { DefectInspectorElement } from '../index.js';

/** A part of the File Handling API that TypeScript doesn't know. */
interface LaunchQueue {
  setConsumer(consumer: (params: { readonly files: readonly FileSystemFileHandle[] }) => void): void;
}

/** Opens what a person opens with the installed page, in browsers that offer that, as if it were dropped. */
export function openLaunchedFiles(inspector: DefectInspectorElement): void {
  const { launchQueue } = globalThis as { readonly launchQueue?: LaunchQueue };
  launchQueue?.setConsumer(({ files }) => {
    if (files.length > 0) inspector.open(Promise.all(files.map((handle) => handle.getFile())));
  });
}
