/** What the workbench, and the rooms below it, know of a page: the types that photos come in as, and a question that workers can't ask. It is compiled without the rest. */
interface HTMLImageElement {
  readonly currentSrc: string;
  src: string;
}
/** Asked by a page alone. */
interface StorageManager {
  persist(): Promise<boolean>;
}
// eslint-disable-next-line @typescript-eslint/no-empty-object-type -- Nothing of it is needed here.
interface HTMLCanvasElement {}
