import { InspectorError } from '../../core/errors.js';
import type { ModelHints, ModelInfo } from '../../core/types.js';
import type { DetectorOptions } from '../../detector/types.js';
import type { CatalogueEntry } from '../../model/catalogue.js';
import type { CustomModel, CustomModelStore } from '../../model/custom-models.js';
import { readDeviceStorage, requestPersistence, type DeviceStorage } from '../../model/device-storage.js';
import { urlFileName } from '../../detector/url-file-name.js';
import type { Reason } from '../../messages/error-text.js';
import { modelNames } from '../../messages/model-names.js';
import { downloadFile } from '../../model/download.js';

/** Where models are found and kept. */
export interface ModelShelf {
  /** The shipped models; the first is the default. */
  catalogue(): Promise<readonly CatalogueEntry[]>;
  /** Undefined where the page can't store anything. */
  openStore(): Promise<CustomModelStore | undefined>;
}

/** A file that is used until the page is closed. */
export interface VisitModel {
  readonly name: string;
  readonly file: Blob;
  readonly hints?: ModelHints;
}

export type ModelChoice =
  /** What the element's attribute `model` says. */
  | { readonly kind: 'attribute' }
  | { readonly kind: 'shipped' }
  | { readonly kind: 'catalogue'; readonly name: string }
  | { readonly kind: 'visit'; readonly model: VisitModel }
  | { readonly kind: 'remembered'; readonly hash: string };

/** What can be asked for in the dialog. */
export type ModelAction =
  | { readonly kind: 'choose'; readonly choice: ModelChoice }
  | { readonly kind: 'file'; readonly file: File }
  | { readonly kind: 'fetch'; readonly url: string }
  | { readonly kind: 'stop-fetching' }
  | { readonly kind: 'remember' }
  | { readonly kind: 'rename'; readonly hash: string; readonly name: string }
  | { readonly kind: 'delete'; readonly hash: string }
  | { readonly kind: 'hints'; readonly hints: ModelHints };

/** What the dialog shows. A new object for every change. */
export interface LibraryView {
  /** Undefined until it is known. */
  readonly choice?: ModelChoice;
  readonly catalogue: readonly CatalogueEntry[];
  readonly remembered: readonly CustomModel[];
  readonly canRemember: boolean;
  readonly storage?: DeviceStorage;
  /** While a model is fetched from an address. */
  readonly fetching?: { readonly loaded: number; readonly total: number };
  /** Why the last action came to nothing. */
  readonly error?: InspectorError;
}

/** What to ask the detector factory for. Without a model: the shipped one. */
export interface ModelRequest extends Pick<DetectorOptions, 'model' | 'hints'> {
  /** SHA-256, hex, that the file must have. */
  readonly hash?: string;
}

export interface ModelLibraryOwner {
  readonly shelf: () => ModelShelf | undefined;
  /** The attribute `model`, '' without one. */
  readonly attribute: () => string;
  /** What addresses are relative to. */
  readonly baseUrl: () => string;
  /** The model in use, unless another one stands in for the chosen one. */
  readonly loaded: () => ModelInfo | undefined;
  /** After `view` changed. */
  readonly onChange: () => void;
  /** Another model is to be used, or the same one in another way: then what it has found is out of date. */
  readonly onSwitch: (outdated?: { readonly hash: string }) => void;
  /** The browser's storage fails or doesn't answer: what was chosen last isn't known. */
  readonly onNotRead: (error: InspectorError) => void;
}

/** Unlike a shipped model that somebody has chosen, it gives way to what an earlier visit has chosen. */
const NOTHING_CHOSEN: ModelChoice = { kind: 'shipped' };

const asError = (cause: unknown, why: Reason): InspectorError =>
  cause instanceof InspectorError ? cause : new InspectorError({ code: 'storage-full', ...why }, { cause });

/** Which model is to be used, which ones there are, and what is remembered of that. */
export class ModelLibrary {
  view: LibraryView = { catalogue: [], remembered: [], canRemember: false };
  private opening: Promise<CustomModelStore | undefined> | undefined;
  private fetching: AbortController | undefined;
  /** Choices are kept one after the other, so that the last one stays. */
  private keeping: Promise<void> = Promise.resolve();
  private refreshes = 0;
  private choosing = 0;

  constructor(private readonly owner: ModelLibraryOwner) {}

  /** How often somebody has chosen a model, or begun to fetch one. */
  get choices(): number {
    return this.choosing;
  }

  /**
   * The attribute goes first, then what was chosen last on this device, then the shipped model.
   * @throws {InspectorError} when the chosen one can't be had
   */
  async request(): Promise<ModelRequest> {
    const choice = this.view.choice ?? (await this.firstChoice());
    switch (choice.kind) {
      case 'shipped':
        return {};
      case 'attribute':
        return { model: this.owner.attribute() };
      case 'catalogue':
        return { model: choice.name };
      case 'visit': {
        const { file, name, hints } = choice.model;
        return { model: file, hints: { ...hints, name } };
      }
      case 'remembered':
        return this.requestRemembered(choice.hash);
    }
  }

  /** Forgets what was chosen: the attribute has changed. */
  reset(): void {
    this.fetching?.abort();
    this.change({ choice: undefined, fetching: undefined, error: undefined });
  }

  /** Asks the storage again that failed or didn't answer, and uses the model that was chosen last. */
  async readAgain(): Promise<void> {
    const choice = await this.read((store) => store.lastChoice());
    // Whatever was chosen in this visit goes before.
    if (!choice || this.view.choice !== NOTHING_CHOSEN) return;
    this.change({ choice });
    this.owner.onSwitch();
  }

  /** Reads what the dialog shows. */
  async refresh(): Promise<void> {
    const turn = ++this.refreshes;
    const [catalogue, remembered, storage] = await Promise.all([
      this.owner
        .shelf()
        ?.catalogue()
        // Offline at the first visit: the list is empty then.
        .catch(() => []),
      this.read((store) => store.list()),
      readDeviceStorage(),
    ]);
    // A later one knows more.
    if (turn !== this.refreshes) return;
    this.change({
      catalogue: catalogue ?? [],
      remembered: remembered ?? [],
      canRemember: remembered !== undefined,
      storage,
    });
  }

  /** A model that was chosen by its file may be one that is remembered already. */
  async recognise({ hash }: ModelInfo): Promise<void> {
    const remembered = await this.read((store) => store.list());
    this.change({ remembered: remembered ?? [], canRemember: remembered !== undefined });
    const known = remembered?.find((model) => model.hash === hash);
    const { choice } = this.view;
    if (choice?.kind !== 'visit' || !known || this.owner.loaded()?.hash !== hash) return;
    if (known.hints && !choice.model.hints) return this.choose({ kind: 'remembered', hash });
    this.change({ choice: { kind: 'remembered', hash } });
    await this.keepChoice();
  }

  async act(action: ModelAction): Promise<void> {
    this.change({ error: undefined });
    try {
      await this.perform(action);
    } catch (cause) {
      this.fail(cause);
    }
  }

  private fail(cause: unknown): void {
    const error = asError(cause, { reason: 'not-stored', params: { what: 'models' } });
    if (error.code !== 'cancelled') this.change({ error });
  }

  private perform(action: ModelAction): Promise<void> | void {
    switch (action.kind) {
      case 'choose':
        return this.choose(action.choice);
      case 'file':
        return this.take(action.file, action.file.name);
      case 'fetch':
        return this.fetch(action.url);
      case 'stop-fetching':
        return this.fetching?.abort();
      case 'remember':
        return this.remember();
      case 'rename':
        return this.rename(action.hash, action.name);
      case 'delete':
        return this.delete(action.hash);
      case 'hints':
        return this.describe(action.hints);
    }
  }

  /** The last choice counts: what is still on its way to become one gives up. */
  private async choose(choice: ModelChoice): Promise<void> {
    this.choosing++;
    this.fetching?.abort();
    this.change({ choice, fetching: undefined });
    this.owner.onSwitch();
    await this.keepChoice();
  }

  private take(file: Blob, fileName: string): Promise<void> {
    const name = fileName.replace(/\.onnx$/i, '') || modelNames.model;
    return this.choose({ kind: 'visit', model: { name, file } });
  }

  private async fetch(address: string): Promise<void> {
    let url: URL;
    try {
      url = new URL(address, this.owner.baseUrl());
    } catch (cause) {
      throw new InspectorError(
        { code: 'model-not-found', reason: 'model-address-invalid', params: { text: address } },
        { cause },
      );
    }
    const abort = new AbortController();
    this.choosing++;
    this.fetching?.abort();
    this.fetching = abort;
    this.change({ fetching: { loaded: 0, total: 0 } });
    try {
      const file = await downloadFile(url.href, {
        what: 'model',
        missing: 'model-not-found',
        signal: abort.signal,
        onProgress: (loaded, total) => {
          if (!abort.signal.aborted) this.change({ fetching: { loaded, total } });
        },
      });
      if (!abort.signal.aborted) await this.take(file, urlFileName(url.href) ?? url.host);
    } finally {
      if (this.fetching === abort) this.change({ fetching: undefined });
    }
  }

  private async remember(): Promise<void> {
    const { choice } = this.view;
    const loaded = this.owner.loaded();
    const store = await this.store();
    if (choice?.kind !== 'visit' || !loaded || !store) return;
    const { name, file, hints } = choice.model;
    const { hash } = loaded;
    const added = new Date().toISOString();
    await store.put({ hash, name, bytes: file.size, added, ...(hints && { hints }) }, file);
    // The browser may ask the person, who takes time.
    requestPersistence()
      .then(() => this.refresh())
      .catch((cause: unknown) => this.fail(cause));
    // Another one may have been chosen while this one was stored.
    if (this.view.choice === choice) {
      this.change({ choice: { kind: 'remembered', hash } });
      await this.keepChoice();
    }
    await this.refresh();
  }

  private async rename(hash: string, name: string): Promise<void> {
    if (name.trim() === '') return;
    await (await this.store())?.change(hash, { name: name.trim() });
    await this.refresh();
  }

  private async delete(hash: string): Promise<void> {
    await (await this.store())?.delete(hash);
    const { choice } = this.view;
    if (choice?.kind === 'remembered' && choice.hash === hash) await this.choose({ kind: 'shipped' });
    await this.refresh();
  }

  /** Says of the chosen model what its file doesn't. */
  private async describe(hints: ModelHints): Promise<void> {
    const { choice } = this.view;
    if (choice?.kind === 'visit') {
      this.change({ choice: { kind: 'visit', model: { ...choice.model, hints } } });
    } else if (choice?.kind === 'remembered') {
      await (await this.store())?.change(choice.hash, { hints });
      await this.refresh();
      if (this.view.choice !== choice) return;
    } else return;
    this.owner.onSwitch(this.owner.loaded());
  }

  private async requestRemembered(hash: string): Promise<ModelRequest> {
    const store = await this.store();
    const [file, list] = await Promise.all([store?.file(hash), store?.list()]);
    const model = list?.find((one) => one.hash === hash);
    if (!file || !model) {
      throw new InspectorError({ code: 'model-not-found', reason: 'chosen-model-gone' });
    }
    return { model: file, hash, hints: { ...model.hints, name: model.name } };
  }

  private async firstChoice(): Promise<ModelChoice> {
    const last =
      this.owner.attribute() === ''
        ? await this.read((store) => store.lastChoice())
        : ({ kind: 'attribute' } as const);
    // A model may have been chosen in the meantime.
    const choice = this.view.choice ?? last ?? NOTHING_CHOSEN;
    this.change({ choice });
    return choice;
  }

  /** What the next visit begins with. A file that isn't remembered, and an attribute, change nothing about that. */
  private keepChoice(): Promise<void> {
    const keep = async () => {
      const store = await this.store();
      const { choice } = this.view;
      if (!choice || choice.kind === 'attribute' || choice.kind === 'visit') return;
      await store?.choose(choice.kind === 'shipped' ? undefined : choice);
    };
    // Whoever asked for an earlier one has heard why it was not kept.
    this.keeping = this.keeping.catch(() => undefined).then(keep);
    return this.keeping;
  }

  /** Undefined where nothing can be stored, or where it can't be read, which is said. */
  private async read<T>(work: (store: CustomModelStore) => Promise<T | undefined>): Promise<T | undefined> {
    try {
      const store = await this.store();
      return store && (await work(store));
    } catch (cause) {
      this.owner.onNotRead(asError(cause, { reason: 'kept-not-read' }));
      return undefined;
    }
  }

  /** @throws {InspectorError} where it fails or doesn't answer */
  private store(): Promise<CustomModelStore | undefined> {
    if (this.opening) return this.opening;
    const opening = this.owner.shelf()?.openStore() ?? Promise.resolve(undefined);
    this.opening = opening;
    // Storage that was slow once, or not allowed, is asked again.
    const forget = () => (this.opening = undefined);
    opening.then((store) => store ?? forget(), forget);
    return opening;
  }

  private change(change: { readonly [K in keyof LibraryView]?: LibraryView[K] | undefined }): void {
    this.view = { ...this.view, ...change };
    this.owner.onChange();
  }
}
