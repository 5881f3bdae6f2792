import { ANY_DEFECT } from '../../core/evaluation/figures.js';
import { toReportCsv, toReportJson, type ReportInput } from '../../core/evaluation/report.js';
import type { MappedClass } from '../../core/evaluation/class-mapping.js';
import { IntricateOutlineError } from '../../core/regions/polygon.js';
import { DatasetError, failureMessage, type Note } from '../../datasets/errors.js';
import { sourceOf } from '../../datasets/container.js';
import { hasPixels } from '../../datasets/outline.js';
import { isSameSize, sizeCause } from '../../datasets/photo-size.js';
import { readDataset } from '../../datasets/read-dataset.js';
import type { Dataset, DatasetImage, Folder, OnReading, Truth } from '../../datasets/types.js';
import type {
  Answer,
  DatasetSummary,
  EvaluatorApi,
  Figures,
  FiguresRequest,
  FoundPhoto,
  Opened,
  PhotoOutlines,
  ReportRequest,
  RunSetup,
} from './evaluator-api.js';
import { MeasuredRun, type Measured } from './measured-run.js';
import { outlinesOf } from './outlines.js';
import { changesOf, reportedRun, shownFigures } from './shown-figures.js';

/** A dataset and what models found on it. It knows no worker; the evaluation worker is one of these. */
export class Evaluator implements EvaluatorApi {
  private readonly folder: Folder['files'][number][] = [];
  private dataset: Dataset | undefined;
  private readonly runs = new Map<number, MeasuredRun>();
  /** The figures that were asked for last, by run. */
  private latest: ReadonlyMap<number, Measured> = new Map();

  files(part: Folder['files']): Promise<Answer<undefined>> {
    return answer(() => {
      this.folder.push(...part);
      return undefined;
    });
  }

  open(
    opened: Opened,
    annotationFile: string | undefined,
    onProgress: OnReading,
  ): Promise<Answer<DatasetSummary>> {
    const read = async () => {
      const source = await sourceOf('zip' in opened ? opened : { ...opened, files: this.folder });
      this.dataset = await readDataset(source, { ...(annotationFile && { annotationFile }), onProgress });
      return summaryOf(this.dataset);
    };
    return answer(read, { reason: 'unreadable', params: { source: opened.name } });
  }

  add(run: RunSetup, found: FoundPhoto): Promise<Answer<undefined>> {
    return answer(() => {
      const { size: stated, truths } = this.image(found.photo);
      const { width, height } = found;
      const photo = { width, height };
      if (stated && !isSameSize(stated, photo)) {
        const cause = sizeCause(photo, stated);
        throw new DatasetError({ reason: 'other-size', params: { photo, stated, cause } });
      }
      try {
        if (!truths.every(({ outline }) => hasPixels(outline, width, height)))
          throw new DatasetError({ reason: 'outline-nowhere-there' });
        this.runOf(run).add(found, truths);
      } catch (cause) {
        if (cause instanceof IntricateOutlineError)
          throw new DatasetError({ reason: 'outlines-too-fine' }, { cause });
        throw cause instanceof RangeError
          ? new DatasetError({ reason: 'outlines-do-not-fit' }, { cause })
          : cause;
      }
      return undefined;
    });
  }

  figures(request: FiguresRequest): Promise<Answer<Figures>> {
    return answer(() => {
      const wanted = new Set(request.runs.map(({ id }) => id));
      for (const id of this.runs.keys()) if (!wanted.has(id)) this.runs.delete(id);
      const { photos, measured } = this.measure(request);
      this.latest = measured;
      const [first, second] = measured.values();
      return {
        photos,
        runs: Array.from(measured, ([run, one]) => shownFigures(run, one)),
        ...(first && second && { changes: changesOf(first, second) }),
      };
    });
  }

  outlines(run: number, photo: number): Promise<Answer<PhotoOutlines>> {
    return answer(() => {
      const measured = this.latest.get(run)!;
      const image = measured.found.findIndex((one) => one.photo === photo);
      return outlinesOf(measured, image, this.image(photo).truths);
    });
  }

  report(request: ReportRequest): Promise<Answer<string>> {
    return answer(() => {
      const { photos, measured } = this.measure(request);
      const { name, format, images } = this.dataset!;
      const { costRatio, isAnyDefect, areCrowdsDefects } = request.settings;
      const input: ReportInput = {
        dataset: {
          name,
          format,
          images: images.length,
          evaluated: photos.length,
          problems: request.problems,
        },
        mapping: mappedNames(request.runs[0]),
        isAnyDefect,
        areCrowdsDefects,
        costRatio,
        date: request.date,
        runs: Array.from(measured.values(), reportedRun),
      };
      return request.format === 'json' ? toReportJson(input) : toReportCsv(input, request.csvStyle);
    });
  }

  private image(photo: number): DatasetImage {
    return this.dataset!.images[photo]!;
  }

  private runOf(setup: RunSetup): MeasuredRun {
    const run = this.runs.get(setup.id) ?? new MeasuredRun(setup);
    this.runs.set(setup.id, run);
    run.map(setup.mapping);
    return run;
  }

  /** Measures the runs that have photos, on the photos that all of them have. */
  private measure({ runs: setups, settings, recipe }: FiguresRequest) {
    const runs = setups
      .map((setup) => [setup.id, this.runOf(setup)] as const)
      .filter(([, run]) => run.size > 0);
    const photos = [...this.dataset!.images.keys()].filter((photo) =>
      runs.every(([, run]) => run.has(photo)),
    );
    const measured = new Map(runs.map(([id, run]) => [id, run.measure(photos, settings, recipe)]));
    return { photos, measured };
  }
}

/** @param otherwise what is said of a failure that has no words of its own. */
async function answer<T>(work: () => T | Promise<T>, otherwise?: Note): Promise<Answer<T>> {
  try {
    return { ok: true, value: await work() };
  } catch (error) {
    return {
      ok: false,
      error: error instanceof DatasetError ? error.data : failureMessage(error, otherwise),
    };
  }
}

function summaryOf({ images, classes, ...rest }: Dataset): DatasetSummary {
  const truths = images.flatMap((image) => image.truths);
  const isDefect = ({ isCrowd }: Truth): boolean => !isCrowd;
  const count = (name: string, areCrowds: boolean): number =>
    truths.filter(({ className, isCrowd }) => className === name && isCrowd === areCrowds).length;
  return {
    ...rest,
    photos: images.map(({ file }) => file.path),
    classes: classes.map((name) => ({ name, defects: count(name, false), crowds: count(name, true) })),
    defective: images.filter((image) => image.truths.some(isDefect)).length,
    defects: truths.filter(isDefect).length,
    crowds: truths.filter(({ isCrowd }) => isCrowd).length,
    crowdsAlone: images.filter((image) => image.truths.length > 0 && !image.truths.some(isDefect)).length,
  };
}

/** Of each class of the dataset the model's, `any defect` where it has none, null where it is left out. */
function mappedNames(run: RunSetup | undefined): ReportInput['mapping'] {
  const nameOf = (to: MappedClass) =>
    to === 'left-out' ? null : (run?.model.classes.find(({ id }) => id === to)?.name ?? ANY_DEFECT.name);
  return Object.fromEntries(Array.from(run?.mapping ?? [], ([from, to]) => [from, nameOf(to)]));
}
