import { inTime } from './in-time.js';

/** What this page may store on this device. */
export interface DeviceStorage {
  /** Bytes, of everything that the page's site has stored. */
  readonly used: number;
  /** Bytes, about. */
  readonly free: number;
  /** Whether the browser keeps it even when the device runs out of space. */
  readonly isPersistent: boolean;
}

/** Undefined where the browser doesn't say, or not in time: on plain http, for instance. */
export async function readDeviceStorage(): Promise<DeviceStorage | undefined> {
  try {
    const [{ usage, quota }, isPersistent] = await inTime(
      Promise.all([navigator.storage.estimate(), navigator.storage.persisted()]),
    );
    if (usage === undefined || quota === undefined) return undefined;
    return { used: usage, free: Math.max(0, quota - usage), isPersistent };
  } catch {
    return undefined;
  }
}

/** Asks the browser to keep what is stored until somebody deletes it; some browsers ask the person. */
export async function requestPersistence(): Promise<boolean> {
  try {
    return await navigator.storage.persist();
  } catch {
    return false;
  }
}
