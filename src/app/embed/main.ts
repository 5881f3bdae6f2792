/** `embed.html`: the element for frames of other pages, which ask it by messages. */
import '../../index.js';
import type { DefectInspectorElement } from '../../index.js';
import { VERSION } from '../../components/shared/version.js';
import { applyDeepLinks } from '../deep-links.js';
import { answerMessages } from './answers.js';
import { readOrigins } from './origins.js';

const inspector = document.querySelector<DefectInspectorElement>('defect-inspector');
if (!inspector) throw new Error('The page has no <defect-inspector>.');

applyDeepLinks(inspector, new URLSearchParams(location.search));
answerMessages({ inspector, origins: readOrigins(location.origin), version: VERSION, frame: window });
