import { registerHooks } from 'node:module';

// `node --import ./register.ts dist/main/main.js`: the built main process gets the stand-in where it imports Electron.
const standIn = new URL('./electron.ts', import.meta.url).href;
registerHooks({
  resolve: (specifier, context, next) =>
    specifier === 'electron'
      ? { url: standIn, format: 'module-typescript', shortCircuit: true }
      : next(specifier, context),
});
