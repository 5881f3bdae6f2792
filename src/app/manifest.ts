import { text } from '../messages/index-html-text.js';

/** What a browser shows of the page once it is installed. The build writes it as `manifest.webmanifest`. */
export const manifest = {
  name: text.title,
  short_name: text.shortTitle,
  description: text.installedDescription,
  start_url: './',
  scope: './',
  display: 'standalone',
  background_color: '#16181b',
  theme_color: '#16181b',
  icons: [{ src: './icon.svg', sizes: 'any', type: 'image/svg+xml', purpose: 'any' }],
};
