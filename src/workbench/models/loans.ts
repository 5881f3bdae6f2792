import type { Detector } from '../../detector/types.js';

/** A detector that stays usable until it is given back. */
export interface Loan {
  readonly detector: Detector;
  /** Once; later calls do nothing. */
  giveBack(): void;
}

/** Detectors that others use besides their owner: one that the owner is done with goes when the last has given it back. */
export class Loans {
  private readonly borrowers = new Map<Detector, number>();
  private readonly unwanted = new Set<Detector>();

  lend(detector: Detector): Loan {
    this.borrowers.set(detector, this.borrowersOf(detector) + 1);
    let isLent = true;
    return {
      detector,
      giveBack: () => {
        if (!isLent) return;
        isLent = false;
        this.takeBack(detector);
      },
    };
  }

  /** For the owner: disposes of a detector, now or when nobody uses it any more. */
  dispose(detector: Detector): void {
    if (this.borrowersOf(detector) === 0) detector.dispose();
    else this.unwanted.add(detector);
  }

  private borrowersOf(detector: Detector): number {
    return this.borrowers.get(detector) ?? 0;
  }

  private takeBack(detector: Detector): void {
    const others = this.borrowersOf(detector) - 1;
    if (others > 0) {
      this.borrowers.set(detector, others);
      return;
    }
    this.borrowers.delete(detector);
    if (this.unwanted.delete(detector)) detector.dispose();
  }
}
