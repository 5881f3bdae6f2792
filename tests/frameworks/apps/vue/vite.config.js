import vue from '@vitejs/plugin-vue';
import defectInspector from 'defect-inspector/vite';
import { defineConfig } from 'vite';

const isCustomElement = (tag) => tag.startsWith('defect-');

export default defineConfig({
  plugins: [vue({ template: { compilerOptions: { isCustomElement } } }), defectInspector()],
});
