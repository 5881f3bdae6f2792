/**
 * An immutable state that is replaced by patches. Listeners are called once for all changes of one task.
 */
export class Store<State extends object> {
  private current: State;
  private isTelling = false;
  private readonly listeners = new Set<() => void>();

  constructor(initial: State) {
    this.current = initial;
  }

  /** Up to date at once; a new object after every change. */
  get state(): Readonly<State> {
    return this.current;
  }

  /** Does nothing where the state has these values already. */
  update(patch: Partial<State>): void {
    const keys = Object.keys(patch) as (keyof State)[];
    if (keys.every((key) => Object.is(this.current[key], patch[key]))) return;
    this.current = { ...this.current, ...patch };
    if (this.isTelling) return;
    this.isTelling = true;
    queueMicrotask(() => {
      this.isTelling = false;
      for (const listener of [...this.listeners]) listener();
    });
  }

  /** Calls the listener after changes. Returns a function that ends that. */
  subscribe(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => {
      this.listeners.delete(listener);
    };
  }
}

/** Keeps the last result: while the inputs are the same, so is the result, and views needn't update. */
export function remember<Inputs extends readonly unknown[], Output>(
  make: (...inputs: Inputs) => Output,
): (...inputs: Inputs) => Output {
  let last: { readonly inputs: Inputs; readonly output: Output } | undefined;
  return (...inputs) => {
    if (!last?.inputs.every((input, i) => Object.is(input, inputs[i])))
      last = { inputs, output: make(...inputs) };
    return last.output;
  };
}
