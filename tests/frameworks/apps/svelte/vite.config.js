import { svelte } from '@sveltejs/vite-plugin-svelte';
import defectInspector from 'defect-inspector/vite';
import { defineConfig } from 'vite';

export default defineConfig({ plugins: [svelte(), defectInspector()] });
