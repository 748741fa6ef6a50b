import { builtinModules } from 'node:module';
import { defineConfig } from 'vite';
import manifest from '../../package.json' with { type: 'json' };

/** Main and the two hosts, as modules of their own: what is native, or large and never changed, stays a package. */
export default defineConfig({
  publicDir: false,
  ssr: { noExternal: true },
  build: {
    ssr: true,
    outDir: 'dist/main',
    emptyOutDir: true,
    target: 'node24',
    minify: false,
    rolldownOptions: {
      input: {
        main: 'app/main/main.ts',
        'core-host': 'app/main/core-host/index.ts',
        'inference-host': 'app/main/inference-host/index.ts',
      },
      external: [
        'electron',
        ...builtinModules.flatMap((name) => [name, `node:${name}`]),
        ...Object.keys(manifest.dependencies).map((name) => new RegExp(`^${name}($|/)`)),
      ],
      output: { entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
    },
  },
});
