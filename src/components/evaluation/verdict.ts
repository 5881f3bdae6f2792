import { text } from '../../messages/evaluation-text.js';
import type { Evaluated } from '../../workbench/evaluation/state.js';

type Counts = Parameters<typeof text.verdict.both>[0];

export const countsOf = ({ outcome: { parts } }: Evaluated): Counts => ({
  defective: parts.defective.length,
  escaped: parts.escaped.length,
  good: parts.good.length,
  rejected: parts.overkill.length,
});

/** What becomes of the parts, in whole parts. */
export function verdictOf(counts: Counts): string {
  const { verdict } = text;
  if (counts.defective > 0) return counts.good > 0 ? verdict.both(counts) : verdict.noGood(counts);
  return counts.good > 0 ? verdict.noDefective(counts) : verdict.nothing;
}
