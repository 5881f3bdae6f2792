/** Drives teaching in a headless browser: a lesson in, a model that inspects photos out. */
import type { Browser } from 'playwright-core';
import type { Detection, Inspection, ModelClass, Region } from '../src/core/types.js';
import type { Detector, Taught } from '../src/index.js';
import { NAME_SHIM } from './inspect-page.js';

type Module = typeof import('../src/index.js');

interface PhotoFile {
  readonly name: string;
  readonly base64: string;
}

export interface PageLesson {
  readonly classes: readonly { readonly id: number; readonly name: string }[];
  readonly good: readonly PhotoFile[];
  readonly marked: readonly {
    readonly file: PhotoFile;
    readonly regions: readonly { readonly classId: number; readonly region: Region }[];
  }[];
}

export interface PageTaught extends Pick<Taught, 'figures'> {
  /** From the call to a detector that is ready. */
  readonly seconds: number;
  readonly doubts: readonly string[];
  readonly thresholds: readonly ModelClass['threshold'][];
}

export interface PageInspection extends Pick<Inspection, 'model' | 'image'> {
  readonly detections: readonly Pick<Detection, 'classId' | 'score' | 'box' | 'mask'>[];
  readonly map: NonNullable<Inspection['map']>;
  readonly milliseconds: number;
}

export interface TeachPage {
  /** Teaches, and inspects by what is learnt from then on. */
  teach(lesson: PageLesson): Promise<PageTaught>;
  inspect(photo: PhotoFile): Promise<PageInspection>;
  /** Ends the detector. */
  close(): Promise<void>;
}

/** What functions that run in the page leave there for each other. */
interface Left {
  module: Module;
  detector: Detector;
  toFile: (photo: PhotoFile) => File;
  /** The debugger's protocol drops a promise that nothing but itself refers to. */
  pending: Promise<unknown>;
}

export async function openTeachPage(browser: Browser, url: string): Promise<TeachPage> {
  const page = await browser.newPage();
  await page.addInitScript(NAME_SHIM);
  await page.goto(url);
  await page.evaluate(async () => {
    const left = globalThis as unknown as Left;
    left.module = (await import(new URL('defect-inspector.js', document.baseURI).href)) as Module;
    left.toFile = ({ name, base64 }) =>
      new File([Uint8Array.from(atob(base64), (c) => c.charCodeAt(0))], name);
  });
  /** Typed arrays don't survive the way between page and program. */
  const plainRegion = ({ counts, ...box }: Region) => ({ ...box, counts: Array.from(counts) });
  return {
    teach: (lesson) =>
      page.evaluate(
        async ({ classes, good, marked }) => {
          const left = globalThis as unknown as Left;
          const run = async () => {
            const begin = performance.now();
            const { model, figures, doubts } = await left.module.teach({
              classes,
              good: good.map(left.toFile),
              marked: marked.map(({ file, regions }) => ({
                image: left.toFile(file),
                regions: regions.map(({ classId, region: { counts, ...box } }) => ({
                  classId,
                  region: { ...box, counts: Uint32Array.from(counts) },
                })),
              })),
            });
            left.detector = await left.module.createDetector({ model });
            const seconds = (performance.now() - begin) / 1000;
            const thresholds = left.detector.model.classes.map(({ threshold }) => threshold);
            return { figures, doubts: doubts.map(({ reason }) => reason), seconds, thresholds };
          };
          const pending = run();
          left.pending = pending;
          return pending;
        },
        {
          ...lesson,
          marked: lesson.marked.map(({ file, regions }) => ({
            file,
            regions: regions.map(({ classId, region }) => ({ classId, region: plainRegion(region) })),
          })),
        },
      ),
    async inspect(photo) {
      const { map, detections, ...rest } = await page.evaluate(async (photo) => {
        const left = globalThis as unknown as Left;
        const run = async () => {
          const { model, image, timing, map, detections } = await left.detector.inspect(left.toFile(photo), {
            map: true,
            detail: 'thorough',
          });
          if (!map) throw new Error('The model gives no map.');
          return {
            ...{ model, image, milliseconds: timing.total },
            map: { ...map, data: Array.from(map.data) },
            detections: detections.map(({ classId, score, box, mask: { counts, ...rest } }) => ({
              ...{ classId, score, box },
              mask: { ...rest, counts: Array.from(counts) },
            })),
          };
        };
        const pending = run();
        left.pending = pending;
        return pending;
      }, photo);
      return {
        ...rest,
        map: { ...map, data: Float32Array.from(map.data) },
        detections: detections.map(({ mask, ...one }) => ({
          ...one,
          mask: { ...mask, counts: Uint32Array.from(mask.counts) },
        })),
      };
    },
    close: () => page.evaluate(() => (globalThis as unknown as Left).detector.dispose()),
  };
}
