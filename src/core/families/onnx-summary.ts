/** What an ONNX file says about itself, as far as families look at it: plain data, whoever has read it. */

/** `TensorProto.DataType`, as far as it matters. */
export const FLOAT = 1;
export const UINT8 = 2;
export const INT32 = 6;
export const INT64 = 7;
export const FLOAT16 = 10;

export interface TensorInfo {
  readonly name: string;
  /** `TensorProto.DataType`; 0 when it isn't a tensor. */
  readonly type: number;
  /** A number for a fixed dimension, a name (or '') for one that varies; undefined when the file states none. */
  readonly shape?: readonly (number | string)[];
}

export interface OnnxFile {
  readonly inputs: readonly TensorInfo[];
  readonly outputs: readonly TensorInfo[];
  readonly metadata: ReadonlyMap<string, string>;
  /** Shapes of the weights. */
  readonly weights: ReadonlyMap<string, readonly number[]>;
  /** Types of the graph's nodes, those of its branches and loops left out. */
  readonly operators: ReadonlySet<string>;
  /** Whether weights lie in a second file. */
  readonly isSplit: boolean;
}
