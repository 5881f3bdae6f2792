/**
 * What the interface says, in the language in use. The other files beside this one do the same for what is loaded later
 * or elsewhere, so that its texts come with it.
 */
import { announcements } from './en/announcements.js';
import { details } from './en/details.js';
import { headlines } from './en/headlines.js';
import { keys } from './en/keys.js';
import { loading } from './en/loading.js';
import { look } from './en/look.js';
import { model } from './en/model.js';
import { noticeButtons, notices, type NotUnderstood } from './en/notices.js';
import { duration, fileSize, fixed, list, pixels, score, size } from './en/numbers.js';
import { photoStatus } from './en/photo-status.js';
import { photos } from './en/photos.js';
import { queue } from './en/queue.js';
import { results } from './en/results.js';
import { sheet } from './en/sheet.js';
import { table } from './en/table.js';
import { threshold } from './en/threshold.js';
import { topBar } from './en/top-bar.js';
import { viewer } from './en/viewer.js';
import { welcome } from './en/welcome.js';
import type { Message } from './message.js';

export const text = {
  announcements,
  details,
  headlines,
  keys,
  loading,
  look,
  model,
  noticeButtons,
  notices,
  photoStatus,
  photos,
  queue,
  results,
  sheet,
  table,
  threshold,
  topBar,
  viewer,
  welcome,
};

/** How figures are written. */
export const write = { duration, fileSize, fixed, list, pixels, score, size };

export type { NotUnderstood };
export type Announcement = Message<typeof announcements>;
export type Headline = Message<typeof headlines>;
export type Notice = Message<typeof notices>;
export type NoticeButton = keyof typeof noticeButtons;
export type KeyHelp = keyof typeof keys.help;
