/** Files of taught models that can't be run, and a teacher that gives them. */
import { METADATA_KEY } from '../../../../src/core/families/defect-inspector/metadata.js';
import { throwIfCancelled } from '../../../../src/detector/cancellation.js';
import { joinFields, makeField } from '../../../../src/model/onnx/fields.js';
import type { LearnOptions, LearntModel, LessonToLearn } from '../../../../src/workbench/lessons/teacher.js';

const MODEL = { irVersion: 1, graph: 7, metadata: 14 };
const NAME = 2;

/** What is learnt with that name reads its lines there. */
export function taughtFile(name: string, threshold = 0.5): Blob {
  const metadata = {
    ...{ format: 1, family: 'taught', name, version: '1', license: 'CC0', quantisation: 'none' },
    classes: [{ id: 1, name: 'pit', threshold }],
    input: { shortSide: 320, longSide: 960, maxUpscale: 2, stride: 32, padValue: 0, scale: 1 },
    cell: 8,
    calibration: { slope: 2, offset: 0 },
  };
  const file = joinFields([
    makeField(MODEL.irVersion, (writer) => writer.writeVarintField(MODEL.irVersion, 8)),
    makeField(MODEL.graph, (writer) =>
      writer.writeMessage(MODEL.graph, (_, graph) => graph.writeStringField(NAME, name), null),
    ),
    makeField(MODEL.metadata, (writer) =>
      writer.writeMessage(
        MODEL.metadata,
        (_, entry) => {
          entry.writeStringField(1, METADATA_KEY);
          entry.writeStringField(2, JSON.stringify(metadata));
        },
        null,
      ),
    ),
  ]);
  return new Blob([file]);
}

export const FIGURES = { marked: 1, good: 1, found: 1, falseAlarms: 0, folds: 2 };

/** Learns when it is told to. */
export class FakeTeacher {
  readonly asked: { readonly lesson: LessonToLearn; readonly options: LearnOptions }[] = [];
  private held: ((outcome: LearntModel | Error) => void)[] = [];

  readonly teach = async (lesson: LessonToLearn, options: LearnOptions): Promise<LearntModel> => {
    this.asked.push({ lesson, options });
    const outcome = await new Promise<LearntModel | Error>((resolve) => {
      this.held.push(resolve);
      options.signal.addEventListener('abort', () => {
        this.held = this.held.filter((one) => one !== resolve);
        resolve(new Error('aborted'));
      });
    });
    throwIfCancelled(options.signal);
    if (outcome instanceof Error) throw outcome;
    for (const id of options.ids) options.kept.photos.set(id, { values: new Float32Array(100) });
    return outcome;
  };

  /** Ends the learning that was asked for first, of those under way. */
  end(outcome: Partial<LearntModel> | Error = {}): void {
    const { name } = this.asked.at(-1)!.lesson;
    const learnt = { model: taughtFile(`${name} ${this.asked.length}`), figures: FIGURES, doubts: [] };
    this.held.shift()?.(outcome instanceof Error ? outcome : { ...learnt, ...outcome });
  }
}
