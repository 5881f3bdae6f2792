import type { ReportInput } from '../../core/evaluation/report.js';
import { datasets } from '../../messages/dataset-text.js';
import { say } from '../../messages/message.js';
import { csvFile } from '../exports/csv-file.js';
import type { DatasetSummary, ReportFormat } from './evaluator-api.js';
import { failureSentence } from './failure-sentence.js';
import type { RunState } from './state.js';

export interface ReportFile {
  readonly name: string;
  readonly blob: Blob;
}

/** `line-2.zip` becomes `line-2-evaluation.json`. */
export const reportFile = (dataset: string, format: ReportFormat, text: string): ReportFile => ({
  name: `${dataset.replace(/\.zip$/i, '')}-evaluation.${format}`,
  blob: format === 'csv' ? csvFile(text) : new Blob([text], { type: 'application/json' }),
});

/** What is said of files and photos that are not evaluated. */
export const problemSentences = (
  { problems }: DatasetSummary,
  runs: readonly RunState[],
): ReportInput['dataset']['problems'] => [
  ...problems.map((problem) => ({ message: say(datasets, problem), count: problem.count })),
  ...runs.flatMap(({ failures }) => failures.map(({ why }) => ({ message: failureSentence(why), count: 1 }))),
];
