import react from '@vitejs/plugin-react';
import defectInspector from 'defect-inspector/vite';
import { defineConfig } from 'vite';

export default defineConfig({ plugins: [react(), defectInspector()] });
