/** The files that the service worker keeps, which are checked before they are kept and whenever they are asked for. */
import type { HostFault } from '../src/model/host-fault.js';
import { judgeAnswer, type BuiltFile, type Verdict } from './judge-answer.js';

/** How long the browser's storage may take before the network is asked, ms. */
const PATIENCE = 1000;
/** And how long where the network doesn't give it either. */
const LAST_PATIENCE = 10_000;
/** How long a host may take for a file that is to be kept, ms. */
const DOWNLOAD = 120_000;
/** Held while a version brings its files or drops those of others, so that none drops what another one is bringing. */
const LOCK = 'defect-inspector:kept-files';
const ASSETS = 'assets/';
const PAGE = 'index.html';
/** Without these the page does not work. Pictures are brought later, and a host may have none. */
const PROGRAM = /\.(html|js|css|bin)$/;
/** What hosts say about all of their files. */
const POLICIES = [
  'content-security-policy',
  'cross-origin-opener-policy',
  'cross-origin-embedder-policy',
  'cross-origin-resource-policy',
  'connection-allowlist',
  'permissions-policy',
  'referrer-policy',
];

/** A `FetchEvent`, as far as it is needed here. */
interface Asked {
  readonly request: Request;
  waitUntil(work: Promise<unknown>): void;
}

export interface KeptFilesOptions {
  /** The cache that holds the files of all versions. */
  readonly cacheName: string;
  /** The folder that they are in: an address that ends with a slash. */
  readonly folder: string;
  readonly files: readonly BuiltFile[];
  /** Is told which answers of the host are not what the build has made. */
  readonly tell: (faults: readonly HostFault[]) => Promise<void>;
}

interface Entry {
  readonly file: BuiltFile;
  readonly address: string;
  /** In the cache. */
  readonly key: string;
}

/**
 * A file that the browser has damaged or lost, that its storage doesn't give, or that comes under a wrong type is replaced: otherwise a
 * page whose script is damaged would stay dead however often it is loaded.
 */
export class KeptFiles {
  private readonly byKey: ReadonlyMap<string, Entry>;
  private readonly byAddress: ReadonlyMap<string, Entry>;
  private readonly parts: ReadonlySet<string>;
  private patience = PATIENCE;
  private mending: Promise<void> | undefined;

  constructor(private readonly options: KeptFilesOptions) {
    const entries = options.files.map((file): Entry => {
      const address = options.folder + file.url;
      // Names in `assets` carry a hash already.
      const key = file.url.startsWith(ASSETS) ? address : `${address}?sha256=${file.sha256}`;
      return { file, address, key };
    });
    this.byKey = new Map(entries.map((entry) => [entry.key, entry]));
    this.byAddress = new Map(entries.map((entry) => [entry.address, entry]));
    const parts = options.files.filter(({ url }) => url.startsWith(ASSETS));
    this.parts = new Set(parts.map(({ url }) => url.slice(ASSETS.length)));
  }

  /** Whether it is of this version. */
  has(address: string): boolean {
    return this.byAddress.has(address);
  }

  /**
   * Brings what the page needs.
   * @throws {Error} where the network or the host doesn't give all of it; the version before stays in use then
   */
  async install(): Promise<void> {
    const program = [...this.byKey.values()].filter(isProgram);
    const brought = await locked(async () => {
      // What another version has brought is of use, unless the host has said something else about it then.
      const isAsked = await this.hasOtherPolicies();
      return Promise.all(program.map((entry) => this.bring(entry, isAsked)));
    });
    await this.tell(brought);
    const wrong = brought.filter(({ isRight }) => !isRight).length;
    if (wrong > 0) throw new Error(`The host gives ${wrong} of ${program.length} files wrongly.`);
  }

  /**
   * Replaces what is not as the build has made it, or not as the host sends it by now, and brings what is still missing.
   * Where there is no network, or the host has another version, it does nothing.
   */
  mend(): Promise<void> {
    // What fails is tried again at the next visit.
    const mend = () => this.mendAll().catch(() => undefined);
    return (this.mending ??= mend().finally(() => (this.mending = undefined)));
  }

  private async mendAll(): Promise<void> {
    const isAsked = await this.hasOtherPolicies();
    const brought: Verdict[] = [];
    for (const entry of this.byKey.values()) {
      if (isProgram(entry)) brought.push(await this.bring(entry, isAsked));
      else if (!savesData()) await this.bring(entry);
    }
    await this.tell(brought);
  }

  /**
   * Whether the host now says something else about the page than when it was kept, by whichever version.
   * @throws {Error} where there is no network, or the host has another version by now
   */
  private async hasOtherPolicies(): Promise<boolean> {
    const page = this.byAddress.get(this.options.folder + PAGE);
    const kept = page && (await (await this.cache()).match(page.address, { ignoreSearch: true }));
    if (!kept) return false;
    const { response, isRight } = await this.ask(page, 'reload');
    if (!isRight) throw new Error(`${page.address} is not that of this version.`);
    return policiesOf(kept) !== policiesOf(response);
  }

  /**
   * What is kept of the address.
   * @returns undefined where the address is none of this version's
   * @throws {TypeError} (later) when neither the storage nor the network gives it
   */
  answer(event: Asked, address: string): Promise<Response> | undefined {
    const entry = this.byAddress.get(address);
    return entry && this.answerWith(event, entry);
  }

  private async answerWith(event: Asked, entry: Entry): Promise<Response> {
    const lookUp = this.find(entry)
      .catch(() => undefined)
      .finally(() => (this.patience = PATIENCE));
    const found = await Promise.race([lookUp, after(this.patience)]);
    if (found === 'late') this.patience = 0;
    else if (found?.isRight) return found.response;
    const network = this.fetch(event, entry, lookUp, found !== 'late');
    return Promise.race([lookUp.then((kept) => (kept?.isRight ? kept.response : network)), network]);
  }

  /** A file of a former version, whose hash nobody knows any more; undefined where it isn't kept, or the storage doesn't say in time. */
  async former(url: string): Promise<Response | undefined> {
    const find = async () => (await this.cache()).match(url);
    const found = await Promise.race([find().catch(() => undefined), after(this.patience)]);
    return found === 'late' ? undefined : found;
  }

  /**
   * Deletes what other versions have kept. It takes no longer than the page can wait for its first answer.
   * @param isNeeded whether another version is in use or on its way; asked when none can begin to bring its files before this is through
   */
  async dropFormer(isNeeded: () => Promise<boolean>): Promise<void> {
    const drop = () =>
      locked(async () => {
        if (await isNeeded()) return;
        const cache = await this.cache();
        const former = (await cache.keys()).filter(({ url }) => !this.byKey.has(url));
        await Promise.all(former.map((request) => cache.delete(request)));
      });
    // What is left does no harm; the next version tries again.
    await Promise.race([drop().catch(() => undefined), after(PATIENCE)]);
  }

  /** What the network answers; where it doesn't, or with an error, whatever is kept. */
  private async fetch(
    event: Asked,
    entry: Entry,
    lookUp: Promise<Verdict | undefined>,
    keeps: boolean,
  ): Promise<Response> {
    // The browser's own HTTP cache may hold a damaged copy, too.
    const fetching = fetch(new Request(event.request, { cache: 'no-cache' }));
    const answer = await fetching.then((response) => this.judge(entry, response)).catch(() => undefined);
    if (answer?.response.ok) {
      // A wrong one may be that of another version.
      if (answer.isRight && keeps) event.waitUntil(this.keep(entry, answer).catch(() => undefined));
      event.waitUntil(this.tell([answer]));
      return answer.response;
    }
    // What a host has changed on its way here is all there is.
    const kept = await Promise.race([lookUp, after(LAST_PATIENCE)]);
    return kept === undefined || kept === 'late' ? fetching : kept.response;
  }

  private async find(entry: Entry): Promise<Verdict | undefined> {
    const kept = await (await this.cache()).match(entry.key);
    return kept && this.judge(entry, kept);
  }

  /**
   * What is kept; where that isn't right, or `isAsked`, what the host gives, which is then kept if that is right.
   * @throws {TypeError} where the network doesn't give it
   */
  private async bring(entry: Entry, isAsked = false): Promise<Verdict> {
    const kept = isAsked ? undefined : await this.find(entry).catch(() => undefined);
    if (kept?.isRight && !kept.fault) return kept;
    let given = await this.ask(entry, isAsked ? 'reload' : 'default');
    // The browser's own HTTP cache may hold what the host gave before.
    if (given.fault && !isAsked) given = await this.ask(entry, 'reload');
    if (given.isRight) await this.keep(entry, given);
    return given;
  }

  private async ask(entry: Entry, cache: RequestCache): Promise<Verdict> {
    const signal = AbortSignal.timeout(DOWNLOAD);
    return this.judge(entry, await fetch(entry.address, { cache, signal }));
  }

  private async keep({ key }: Entry, { response }: Verdict): Promise<void> {
    await (await this.cache()).put(key, response.clone());
  }

  private judge({ file, address }: Entry, answer: Response): Promise<Verdict> {
    return judgeAnswer(file, address, answer, this.parts);
  }

  private async tell(verdicts: readonly Verdict[]): Promise<void> {
    const faults = verdicts.flatMap(({ fault }) => fault ?? []);
    if (faults.length > 0) await this.options.tell(faults);
  }

  private cache(): Promise<Cache> {
    return caches.open(this.options.cacheName);
  }
}

const isProgram = ({ file }: Entry): boolean => PROGRAM.test(file.url);

const policiesOf = ({ headers }: Response): string =>
  POLICIES.map((name) => headers.get(name) ?? '').join('\n');

/** Whether somebody has asked the browser to load as little as it can. */
function savesData(): boolean {
  const { connection } = navigator as { readonly connection?: { readonly saveData?: boolean } };
  return connection?.saveData === true;
}

/** Alone among all versions, where the browser has locks. */
function locked<T>(work: () => Promise<T>): Promise<T> {
  const { locks } = navigator as { readonly locks?: LockManager };
  return locks ? locks.request(LOCK, work) : work();
}

const after = (milliseconds: number) =>
  new Promise<'late'>((resolve) => setTimeout(resolve, milliseconds, 'late'));
