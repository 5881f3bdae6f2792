/** What became of each defect and of each detection at given thresholds. */
import { ofClass, type ComparedImage } from './compared-image.js';
import { FOUND_IOU, matchGreedily } from './matching.js';

/**
 * `found`: by a detection of its class; `confused`: only by one of another class; `missed`: by none;
 * `ignored`: counts neither way.
 */
export type TruthOutcome = 'found' | 'confused' | 'missed' | 'ignored';

/**
 * `hit`: on a defect of its class; `confused`: on one of another class; `false-alarm`: on none, or on one that is
 * found already; `below`: under its class's threshold; `ignored`: on a region that counts neither way.
 */
export type DetectionOutcome = 'hit' | 'confused' | 'false-alarm' | 'below' | 'ignored';

export interface Judgement {
  readonly truths: readonly {
    readonly outcome: TruthOutcome;
    /** Place of the detection on it, where it was found or confused. */
    readonly detection?: number;
  }[];
  readonly detections: readonly {
    readonly outcome: DetectionOutcome;
    /** Place of the truth under it, where it is a hit or confused. */
    readonly truth?: number;
  }[];
}

/**
 * Matches class by class, as average precision does; what is left over on either side is then matched whatever
 * its class, best score first.
 *
 * @param isShown whether the detection at that place reaches its threshold.
 */
export function judge(image: ComparedImage, isShown: (detection: number) => boolean): Judgement {
  const truths: { outcome: TruthOutcome; detection?: number }[] = image.truths.map(({ isIgnored }) => ({
    outcome: isIgnored ? 'ignored' : 'missed',
  }));
  const detections: { outcome: DetectionOutcome; truth?: number }[] = image.detections.map((_, i) => ({
    outcome: isShown(i) ? 'false-alarm' : 'below',
  }));
  const pair = (detection: number, truth: number, found: 'found' | 'confused', hit: 'hit' | 'confused') => {
    detections[detection] = { outcome: hit, truth };
    truths[truth] = { outcome: found, detection };
  };

  for (const classId of new Set(image.detections.map((one) => one.classId))) {
    const view = ofClass(image, classId);
    const shown = view.detections.flatMap((_, i) => (isShown(view.detections[i]!) ? i : []));
    const matches = matchGreedily(
      shown.map((i) => view.overlaps[i]!),
      view.counted,
      FOUND_IOU,
    );
    matches.forEach((match, i) => {
      if (match < 0) return;
      const detection = view.detections[shown[i]!]!;
      if (match >= view.counted) detections[detection] = { outcome: 'ignored' };
      else pair(detection, view.truths[match]!, 'found', 'hit');
    });
  }

  const left = image.detections.flatMap((_, i) => (detections[i]!.outcome === 'false-alarm' ? i : []));
  const free = image.truths.flatMap((_, i) => (truths[i]!.outcome === 'missed' ? i : []));
  const overlaps = left.map((d) => free.map((t) => image.overlaps[d]![t]!));
  matchGreedily(overlaps, free.length, FOUND_IOU).forEach((match, i) => {
    if (match >= 0) pair(left[i]!, free[match]!, 'confused', 'confused');
  });
  return { truths, detections };
}
