/// <reference types="vite/client" />

/** The runtime's binary, see `vite.config.ts`. */
declare module 'virtual:runtime-wasm' {
  export const url: string;
  /** Size of the file at `url`. */
  export const bytes: number;
}
