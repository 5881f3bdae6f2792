/**
 * A message is data: what is meant, and what about it differs from case to case. Sentences are made of it where a person
 * reads them, from a catalogue of the language in use.
 */

import { legible } from './legible.js';

/** Sentences by what they are called; those with something to fill in are functions of it. */
export type Sentences = Readonly<Record<string, string | ((params: never) => string)>>;

/** A message that a catalogue has a sentence for. Plain data: it crosses to workers and into files. */
export type Message<C extends Sentences> = {
  [Reason in keyof C]: C[Reason] extends (params: infer Params) => string
    ? { readonly reason: Reason; readonly params: Params }
    : { readonly reason: Reason; readonly params?: undefined };
}[keyof C];

/** The sentence for a person. Whatever is filled in, it reads in its own direction. */
export function say<C extends Sentences>(sentences: C, message: Message<C>): string {
  const { reason, params } = message as { reason: keyof C; params: unknown };
  const sentence = sentences[reason];
  // `Message` ties the parameters to the sentence, which the compiler can't follow through a lookup.
  const said =
    typeof sentence === 'function' ? (sentence as (params: unknown) => string)(params) : String(sentence);
  return legible(said);
}
