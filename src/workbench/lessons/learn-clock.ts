import { timeLeft } from '../batch/time-left.js';
import type { LearnPhase } from './state.js';

/** Tells how long learning takes, by how long it took so far. */
export class LearnClock {
  private phase: { readonly name: LearnPhase; readonly began: number; readonly from: number } | undefined;

  /** @param now milliseconds */
  constructor(private readonly now: () => number) {}

  /** Milliseconds that the phase takes from now on; undefined before anything of it is done. Parts of a step count, too. */
  left(name: LearnPhase, done: number, total: number): number | undefined {
    if (this.phase?.name !== name) this.phase = { name, began: this.now(), from: done };
    const { began, from } = this.phase;
    return done > from ? timeLeft([(this.now() - began) / (done - from)], total - done) : undefined;
  }
}
