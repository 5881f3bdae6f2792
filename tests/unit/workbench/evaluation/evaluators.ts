/** Evaluators without a worker, and folders to be evaluated. */
import { InspectorError } from '../../../../src/core/errors.js';
import { detectionRle } from '../../../../src/core/evaluation/photo.js';
import { rleToString } from '../../../../src/core/regions/rle.js';
import type { Detection } from '../../../../src/core/types.js';
import type { Folder } from '../../../../src/datasets/types.js';
import type { EvaluatorConnection } from '../../../../src/workbench/evaluation/connect-evaluator.js';
import type { EvaluatorApi } from '../../../../src/workbench/evaluation/evaluator-api.js';
import { Evaluator } from '../../../../src/workbench/evaluation/evaluator.js';

/** An evaluator on the spot; what crosses is cloned, as a worker's messages are. */
export class FakeEvaluatorConnection implements EvaluatorConnection {
  isTerminated = false;
  private readonly crashing = new AbortController();
  readonly api: EvaluatorApi;

  constructor(evaluator: EvaluatorApi = new Evaluator()) {
    this.api = {
      files: (part) => evaluator.files(part),
      open: async (opened, annotationFile, onProgress) =>
        structuredClone(await evaluator.open(opened, annotationFile, onProgress)),
      add: async (...args) => structuredClone(await evaluator.add(...structuredClone(args))),
      figures: async (request) => structuredClone(await evaluator.figures(structuredClone(request))),
      outlines: async (...args) => structuredClone(await evaluator.outlines(...args)),
      report: (request) => evaluator.report(structuredClone(request)),
    };
  }

  get crashed(): AbortSignal {
    return this.crashing.signal;
  }

  crash(text = ''): void {
    const data = { code: 'worker-crashed', reason: 'worker-stopped', params: { text } } as const;
    this.crashing.abort(new InspectorError(data));
  }

  terminate(): void {
    this.isTerminated = true;
  }
}

/** Photos of 320 x 160 pixels. */
export const SIZE = { width: 320, height: 160 };

/** A defect, outlined just as this detection is. */
export type Outlined = readonly [className: string, as: Detection];

/** COCO's annotations of these photos. @param classes in the file's order @param size what it states of each photo */
export function cocoOf(
  truths: Readonly<Record<string, readonly Outlined[]>>,
  classes: readonly string[],
  size: Partial<typeof SIZE> = SIZE,
): object {
  const names = Object.keys(truths);
  const annotations = names.flatMap((name, i) =>
    (truths[name] ?? []).map(([className, as]) => {
      const rle = detectionRle(as, SIZE.width, SIZE.height);
      return {
        image_id: i + 1,
        category_id: classes.indexOf(className) + 1,
        iscrowd: 0,
        segmentation: { size: rle.size, counts: rleToString(rle) },
      };
    }),
  );
  return {
    images: names.map((file_name, i) => ({ id: i + 1, file_name, ...size })),
    annotations: annotations.map((one, i) => ({ id: i + 1, ...one })),
    categories: classes.map((name, i) => ({ id: i + 1, name })),
  };
}

/** A folder of photos and what lies beside them. */
export const folderOf = (
  name: string,
  photos: Readonly<Record<string, Blob>>,
  others: Readonly<Record<string, object>>,
): Folder => ({
  name,
  files: [
    ...Object.entries(photos).map(([path, file]) => ({ path, file })),
    ...Object.entries(others).map(([path, json]) => ({ path, file: new Blob([JSON.stringify(json)]) })),
  ],
});
