/** What a person works on, as views show it and commands change it. */

export type View = 'side-by-side' | 'overlay' | 'original';
export type Theme = 'auto' | 'light' | 'dark';
export type ExportFormat = 'csv' | 'json' | 'coco';
export type ExportScope = 'photo' | 'all';
