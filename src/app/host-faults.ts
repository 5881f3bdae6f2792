/** Says which files the host gives wrongly, as the service worker has noticed. */
import type { DefectInspectorElement } from '../index.js';
import { text } from '../messages/page-text.js';
import type { HostFault, HostFaults } from '../model/host-fault.js';
import { makeNotice } from './notice.js';

const texts = text.hostFaults;
/** So many files are named; often it is all of them, for one reason. */
const NAMED = 3;

export function sayHostFaults(inspector: DefectInspectorElement): void {
  let notice: HTMLElement | undefined;
  const faults = new Map<string, HostFault>();
  navigator.serviceWorker.addEventListener('message', ({ data }) => {
    if (!isHostFaults(data)) return;
    for (const fault of data.faults) faults.set(fault.url, fault);
    const lines = Array.from(faults.values(), sentenceOf);
    const named = lines.slice(0, NAMED);
    if (lines.length > NAMED) named.push(texts.more(lines.length - NAMED));
    notice?.remove();
    notice = makeNotice(texts.heading, { dismiss: texts.close, lines: named });
    inspector.append(notice);
  });
}

function isHostFaults(data: unknown): data is HostFaults {
  return (data as Partial<HostFaults> | undefined)?.type === 'HOST_FAULTS';
}

function sentenceOf(fault: HostFault): string {
  switch (fault.problem) {
    case 'missing':
      return texts.missing(fault);
    case 'web-page':
      return texts['web-page'](fault);
    case 'wrong-type':
      return texts['wrong-type'](fault);
    case 'changed':
      return texts.changed(fault);
  }
}
