/** The page: one `<defect-inspector>` and what only a page has. */
import '../index.js';
import type { DefectInspectorElement } from '../index.js';
import { applyDeepLinks } from './deep-links.js';
import { openLaunchedFiles } from './launched-files.js';
import { offerSamples } from './samples.js';
import { registerServiceWorker } from './service-worker.js';

const inspector = document.querySelector<DefectInspectorElement>('defect-inspector');
if (!inspector) throw new Error('The page has no <defect-inspector>.');

applyDeepLinks(inspector, new URLSearchParams(location.search));
openLaunchedFiles(inspector);
await Promise.all([offerSamples(inspector), registerServiceWorker(inspector)]);
