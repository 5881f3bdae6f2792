/** Holds the module to its public contract when types are checked; nothing here runs. */
import type * as ours from '../../src/index.js';
import type * as contract from './contract.js';

type Extends<A, B> = [A] extends [B] ? true : false;
/** Each can stand for the other. */
type Same<A, B> = [A, B] extends [B, A] ? true : false;
type Expect<T extends true> = T;

export type Checks = [
  // Closed sets and plain data: exactly the same.
  Expect<Same<ours.ImageInput, contract.ImageInput>>,
  Expect<Same<ours.ErrorCode, contract.ErrorCode>>,
  Expect<Same<ours.Progress, contract.Progress>>,
  Expect<Same<ours.Threshold, contract.Threshold>>,
  Expect<Same<ours.Region, contract.Region>>,
  Expect<Same<ours.Detection, contract.Detection>>,
  Expect<Same<ours.ModelClass, contract.ModelClass>>,
  // What comes out may say more than was promised.
  Expect<Extends<ours.Inspection, contract.Inspection>>,
  Expect<Extends<ours.Detector, contract.Detector>>,
  Expect<Extends<ours.InspectorError, contract.InspectorError>>,
  // What goes in may not ask for more.
  Expect<Extends<contract.DetectorOptions, ours.DetectorOptions>>,
  Expect<Extends<typeof ours.createDetector, contract.CreateDetector>>,
  Expect<Extends<typeof ours.annotate, contract.Annotate<ours.Inspection>>>,
  Expect<Extends<typeof ours.rasterize, contract.Rasterize>>,
  Expect<Extends<typeof ours.toCsv, contract.ToText<ours.Inspection>>>,
  Expect<Extends<typeof ours.toJson, contract.ToText<ours.Inspection>>>,
  Expect<Extends<typeof ours.toCoco, contract.ToCoco<ours.Inspection>>>,
  Expect<Extends<InstanceType<typeof ours.DefectInspectorElement>, contract.DefectInspectorElement>>,
  Expect<Extends<ours.DefectInspectorEvents, contract.DefectInspectorEvents>>,
  // No promise was dropped.
  Expect<Extends<keyof contract.DefectInspectorEvents, keyof ours.DefectInspectorEvents>>,
  Expect<Extends<HTMLElementTagNameMap['defect-inspector'], ours.DefectInspectorElement>>,
];
