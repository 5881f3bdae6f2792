/** What is known of a person's own models. Apart from the database, so that whoever uses these types needs nothing of it. */
import type { ModelHints } from '../core/types.js';

export interface CustomModel {
  /** SHA-256 of the file, hex: tells models apart. */
  readonly hash: string;
  /** What the person calls it. */
  readonly name: string;
  readonly bytes: number;
  /** ISO 8601. */
  readonly added: string;
  /** What the person said about a file that doesn't say it itself. */
  readonly hints?: ModelHints;
}

/** The model that was chosen last, other than the shipped one. */
export type LastChoice =
  | { readonly kind: 'catalogue'; readonly name: string }
  | { readonly kind: 'remembered'; readonly hash: string };
