/** What is fuzzed, and what a file of the folder above that does it exports: `tests/fuzz/NAME.ts`. */
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** How many cases the whole run has, and how long each may take, ms. */
export interface Plan {
  readonly count: number;
  readonly limit: number;
  /** Whether it is about what lies in `dist`, so that it has no part in the unit tests. */
  readonly isOfBuild?: boolean;
}

/** Limits are generous, since other programs use the same cores: they tell what never ends, not what is slow. */
export const KINDS = {
  pictures: { count: 3000, limit: 30_000 },
  page: { count: 3000, limit: 30_000, isOfBuild: true },
  models: { count: 1000, limit: 30_000 },
  coco: { count: 500, limit: 30_000 },
  labelme: { count: 500, limit: 30_000 },
  yolo: { count: 500, limit: 30_000 },
  zip: { count: 500, limit: 30_000 },
} as const satisfies Record<string, Plan>;

export type KindName = keyof typeof KINDS;

export const planOf = (kind: KindName): Plan => KINDS[kind];

export const fileOf = (kind: KindName): string => fileURLToPath(new URL(`../${kind}.ts`, import.meta.url));

export const kindNames = (): KindName[] =>
  (Object.keys(KINDS) as KindName[]).filter((kind) => existsSync(fileOf(kind)));

export interface Kind<Case = unknown> {
  /** A case. The same seed gives the same. */
  generate(seed: number): Case | Promise<Case>;
  /**
   * Gives the case to the code that must withstand it. Returns in a word or two what came of it, for the counts.
   * @throws {InspectorError | DatasetError} which count as answers, by their code or reason; whatever else is thrown is a
   *   finding: throw an Error that says so where a result is wrong, such as “nothing found” in what could not be read
   */
  examine(one: Case): string | Promise<string>;
}

/** From a case's process to the one that watches it. */
export type Report =
  { readonly seed: number; readonly answer: string } | { readonly seed: number; readonly finding: string };
