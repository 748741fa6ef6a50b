import { defineConfig } from 'vite';

/**
 * The threads of the tools, whole: a packaged app keeps them outside its archive, where they find nothing but the interpreters and the
 * dictionary, which read files that lie beside them. `.mjs`, since the manifest that makes `.js` a module stays in the archive.
 */
export default defineConfig({
  publicDir: false,
  ssr: { noExternal: true },
  build: {
    ssr: true,
    outDir: 'dist/workers',
    emptyOutDir: true,
    target: 'node24',
    minify: false,
    rolldownOptions: {
      input: {
        'javascript-worker': 'node-core/tools/run-code/javascript-worker.ts',
        'python-worker': 'node-core/tools/run-code/python-worker.ts',
        'texts-worker': 'node-core/tools/texts-worker.ts',
      },
      external: [/^node:/u, /^@jitl\/quickjs-wasmfile-release-sync$/u, /^harper\.js/u, 'pyodide'],
      // A line of a CSS parser that no one calls.
      checks: { eval: false },
      output: { entryFileNames: '[name].mjs', chunkFileNames: '[name]-[hash].mjs' },
    },
  },
});
