/**
 * What a page and the inspector in its frame (`embed.html`) say to each other by `postMessage`. `docs/embedding.md` describes it; within
 * a version of the package's first number, fields are added and none is changed.
 */
import type { ErrorCode } from '../core/errors.js';
import type { Box, Inspection, Progress } from '../core/types.js';
import type { Detail } from '../core/pipeline/detail.js';

/** Chosen by the page that asks, and given back with every answer. */
export type EmbedId = string | number;

/** Photos travel as they are; addresses are not taken. */
export type EmbedPicture = Blob | ArrayBuffer | ImageBitmap | ImageData;

/** As those of `inspect`, which says what they mean. */
export interface EmbedOptions {
  name?: string;
  detail?: Detail;
  smallest?: number;
  area?: Box;
  map?: boolean;
}

/** From the page to the frame. */
export type EmbedRequest =
  /** Answered by `ready` or, where the host doesn't allow that page, by an error `not-allowed`. */
  | { readonly type: 'hello' }
  | {
      readonly type: 'inspect';
      readonly id: EmbedId;
      readonly picture: EmbedPicture;
      readonly options?: EmbedOptions;
    }
  | { readonly type: 'cancel'; readonly id: EmbedId }
  /** Forgets all photos, and cancels those that are not done. */
  | { readonly type: 'clear' };

/** `not-allowed`: the host of the frame doesn't list the page. `not-understood`: a request without an id, or with one that is in use. */
export type EmbedErrorCode = ErrorCode | 'not-allowed' | 'not-understood';

/** From the frame to the page that has asked, and to no other. */
export type EmbedAnswer =
  | { readonly type: 'ready'; readonly version: string }
  | { readonly type: 'progress'; readonly progress: Progress }
  | { readonly type: 'result'; readonly id: EmbedId; readonly inspection: Inspection }
  | {
      readonly type: 'error';
      readonly id?: EmbedId;
      readonly code: EmbedErrorCode;
      /** For a person, with the next step. */
      readonly message: string;
    }
  /** The frame is being closed or loaded anew: nothing more comes of what was asked. */
  | { readonly type: 'gone' };
