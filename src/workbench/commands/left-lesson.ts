import type { Bench } from './command.js';

/** Takes up again the lesson that was left without being saved. */
export function takeLeft({ store }: Bench): void {
  const { left } = store.state;
  store.update({ left: undefined });
  left?.take();
}

/** Whether nothing that can be undone was done since. */
export const isLeftLast = ({ store, history }: Bench): boolean => store.state.left?.turn === history.turn;
