import type { DetectorFactory } from '../../detector/types.js';
import type { EvaluatorConnection } from '../../workbench/evaluation/connect-evaluator.js';
import type { ModelShelf } from '../../workbench/models/model-library.js';
import type { LearnOptions, LearntModel, LessonToLearn } from '../../workbench/lessons/teacher.js';
import type { WorkbenchPorts } from '../../workbench/ports.js';

/** What an element fetches and starts, as far as there is any. `assets`: the folder to take it from, '' where nobody names one. */
export interface Program {
  readonly detectorFactory: DetectorFactory | undefined;
  readonly connectEvaluator: ((assets: string) => EvaluatorConnection) | undefined;
  readonly modelShelf:
    | (Omit<ModelShelf, 'catalogue'> & { catalogue(assets: string): ReturnType<ModelShelf['catalogue']> })
    | undefined;
  readonly teacher:
    | ((lesson: LessonToLearn, options: LearnOptions & { readonly assets?: string }) => Promise<LearntModel>)
    | undefined;
}

/** The same, from the folder that an element names. */
export function programPorts(
  program: () => Program,
  assets: () => string,
): Pick<WorkbenchPorts, keyof Program> {
  return {
    detectorFactory() {
      const { detectorFactory } = program();
      const folder = assets();
      return (
        detectorFactory && ((options) => detectorFactory({ ...options, ...(folder && { assets: folder }) }))
      );
    },
    connectEvaluator() {
      const { connectEvaluator } = program();
      return connectEvaluator && (() => connectEvaluator(assets()));
    },
    modelShelf() {
      const { modelShelf } = program();
      return (
        modelShelf && {
          openStore: () => modelShelf.openStore(),
          catalogue: () => modelShelf.catalogue(assets()),
        }
      );
    },
    teacher() {
      const { teacher } = program();
      const folder = assets();
      return (
        teacher && ((lesson, options) => teacher(lesson, { ...options, ...(folder && { assets: folder }) }))
      );
    },
  };
}
