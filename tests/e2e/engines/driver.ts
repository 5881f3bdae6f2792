/** What the tests need of a browser, whatever protocol drives it. */

/** A function that runs in the page: it sees nothing of the test but its argument, plain data. */
export type PageFunction<A, R> = (given: A) => R | Promise<R>;

export type Key = 'Home' | 'End' | 'Escape';

export interface EngineDriver {
  goto(url: string): Promise<void>;
  reload(): Promise<void>;
  /** Runs a function in the page and waits for what it returns, plain data again. */
  run<A, R>(work: PageFunction<A, R>, given: A): Promise<R>;
  /** A person's click on the element that `find` gives. */
  click<A>(find: PageFunction<A, Element>, given: A): Promise<void>;
  /** A person's key, to whatever has the focus. */
  press(key: Key): Promise<void>;
  /** Whether the browser itself has ended, where that can be seen. */
  hasEnded?(): boolean;
  close(): Promise<void>;
}

export interface Engine {
  readonly name: string;
  /** Which command is missing on this machine; undefined when the engine can be launched. */
  missing(): string | undefined;
  launch(): Promise<EngineDriver>;
}
