/// <reference types="vite/client" />

/** What the program fetches by address, see `vite/program-files.ts`: addresses within the folder that holds `assets` and `models`. */
declare module 'virtual:program-files' {
  export const programFiles: {
    /** That folder, seen from the module. */
    readonly base: string;
    readonly inference: string;
    readonly evaluation: string;
    readonly picture: string;
    readonly teaching: string;
    /** The runtime's module, and its WebAssembly of so many bytes. */
    readonly loader: string;
    readonly binary: string;
    readonly bytes: number;
  };
}
