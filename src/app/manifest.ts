import { text } from '../messages/index-html-text.js';

/** Pictures of the icon, made by `scripts/icons.ts`. */
export const ICONS = [
  { file: 'icons/icon-192.png', size: 192, isMaskable: false },
  { file: 'icons/icon-512.png', size: 512, isMaskable: false },
  { file: 'icons/maskable-512.png', size: 512, isMaskable: true },
  // Named by index.html: iOS takes none from here, and rounds it by itself.
  { file: 'icons/apple-touch-icon.png', size: 180, isMaskable: true },
] as const;

/** Pictures of the page at work, made by `scripts/screenshots.ts`. */
export const SCREENSHOTS = [
  { file: 'screenshots/wide.webp', width: 1280, height: 800, form: 'wide' },
  { file: 'screenshots/narrow.webp', width: 412, height: 860, form: 'narrow' },
] as const;

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
  icons: [
    { src: './icon.svg', sizes: 'any', type: 'image/svg+xml', purpose: 'any' },
    ...ICONS.map(({ file, size, isMaskable }) => ({
      src: `./${file}`,
      sizes: `${size}x${size}`,
      type: 'image/png',
      purpose: isMaskable ? 'maskable' : 'any',
    })),
  ],
  screenshots: SCREENSHOTS.map(({ file, width, height, form }) => ({
    src: `./${file}`,
    sizes: `${width}x${height}`,
    type: 'image/webp',
    form_factor: form,
    label: text.screenshot,
  })),
  id: './',
  categories: ['business', 'photo', 'productivity', 'utilities'],
  // Photos and models that are opened with the installed page: `launched-files.ts`.
  file_handlers: [
    {
      action: './',
      accept: {
        'image/jpeg': ['.jpg', '.jpeg'],
        'image/png': ['.png'],
        'image/webp': ['.webp'],
        'image/bmp': ['.bmp'],
        'image/avif': ['.avif'],
        'application/zip': ['.zip'],
        'application/octet-stream': ['.onnx'],
      },
    },
  ],
  launch_handler: { client_mode: ['focus-existing', 'auto'] },
};
