import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const inRepository = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** Builds the web UI that the desktop window and `jan serve` both show. */
export default defineConfig({
  root: inRepository('app/renderer'),
  base: './',
  cacheDir: inRepository('.cache/vite'),
  plugins: [react()],
  css: {
    transformer: 'lightningcss',
    // A container of one file is asked about by others: its name stays as it is written.
    lightningcss: { cssModules: { container: false } },
  },
  build: {
    outDir: inRepository('dist/renderer'),
    emptyOutDir: true,
    target: 'es2024',
    sourcemap: false,
    // Everything is a file of our own origin: the content security policy has no `data:` for scripts, styles or fonts.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 700,
  },
});
