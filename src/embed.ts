/** For pages that show `embed.html` in a frame: pictures in, inspections out. */
export { connect, EmbedError } from './embed/connect.js';
export type { ConnectOptions, EmbeddedInspector } from './embed/connect.js';
export type {
  EmbedAnswer,
  EmbedErrorCode,
  EmbedId,
  EmbedOptions,
  EmbedPicture,
  EmbedRequest,
} from './embed/messages.js';
