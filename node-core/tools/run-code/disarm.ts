import { registerHooks, syncBuiltinESMExports } from 'node:module';

/** What reaches outside of the thread and may be held by what was loaded; others can't be loaded any more. */
const reaching = [
  ...['child_process', 'cluster', 'dgram', 'dns', 'dns/promises', 'fs', 'fs/promises', 'http', 'http2', 'https'],
  ...['inspector', 'module', 'net', 'os', 'tls', 'v8', 'vm', 'worker_threads'],
];
/** What the thread itself lives by. */
const keptOfProcess = new Set([
  'nextTick',
  'hrtime',
  'cwd',
  'emit',
  'emitWarning',
  'on',
  'once',
  'off',
  'removeListener',
  'listenerCount',
]);
/** Of the language, of time and of text; anything else that is global goes. */
const keptGlobals = new Set([
  ...[
    'globalThis',
    'Object',
    'Boolean',
    'Symbol',
    'Error',
    'AggregateError',
    'EvalError',
    'RangeError',
    'ReferenceError',
    'SyntaxError',
  ],
  ...[
    'TypeError',
    'URIError',
    'Number',
    'BigInt',
    'Math',
    'Date',
    'String',
    'RegExp',
    'Array',
    'Map',
    'Set',
    'WeakMap',
    'WeakSet',
    'WeakRef',
  ],
  ...[
    'FinalizationRegistry',
    'Promise',
    'Proxy',
    'Reflect',
    'JSON',
    'Intl',
    'Iterator',
    'Infinity',
    'NaN',
    'undefined',
    'isFinite',
    'isNaN',
  ],
  ...[
    'parseFloat',
    'parseInt',
    'decodeURI',
    'decodeURIComponent',
    'encodeURI',
    'encodeURIComponent',
    'escape',
    'unescape',
    'ArrayBuffer',
  ],
  ...[
    'DataView',
    'Int8Array',
    'Uint8Array',
    'Uint8ClampedArray',
    'Int16Array',
    'Uint16Array',
    'Int32Array',
    'Uint32Array',
    'Float16Array',
  ],
  ...[
    'Float32Array',
    'Float64Array',
    'BigInt64Array',
    'BigUint64Array',
    'WebAssembly',
    'SuppressedError',
    'DisposableStack',
  ],
  ...[
    'TextDecoder',
    'TextEncoder',
    'URL',
    'URLSearchParams',
    'AbortController',
    'AbortSignal',
    'Event',
    'EventTarget',
    'DOMException',
  ],
  ...[
    'MessageChannel',
    'setTimeout',
    'clearTimeout',
    'setInterval',
    'clearInterval',
    'setImmediate',
    'clearImmediate',
    'queueMicrotask',
  ],
  ...['performance', 'crypto', 'structuredClone', 'atob', 'btoa', 'Buffer', 'console'],
]);

const refuse = (): never => {
  throw new Error('There is nothing of the machine in here.');
};

const replace = (object: object, key: PropertyKey, value: unknown): void => {
  const property = Object.getOwnPropertyDescriptor(object, key);
  if (property?.configurable === true)
    Object.defineProperty(object, key, { value, configurable: false, writable: false });
  else if (property?.writable === true) Reflect.set(object, key, value);
};

const emptied = (object: object, kept: ReadonlySet<string>, seen: Set<object>): void => {
  if (seen.has(object)) return;
  seen.add(object);
  for (const [key, property] of Object.entries(Object.getOwnPropertyDescriptors(object))) {
    if (kept.has(key)) continue;
    const value: unknown = property.value;
    if (typeof value === 'function' || property.get) replace(object, key, refuse);
    else if (typeof value === 'object' && value !== null) emptied(value, new Set(), seen);
  }
};

const part = (of: object, name: string): object => {
  const value: unknown = Reflect.get(of, name);
  if ((typeof value !== 'object' && typeof value !== 'function') || value === null)
    throw new Error(`There is no ${name}.`);
  return value;
};

/** In WebAssembly all growth goes through here: Emscripten asks for it in JavaScript. */
const capMemory = (bytes: number): void => {
  // The types of the core know no WebAssembly.
  const prototype = ['WebAssembly', 'Memory', 'prototype'].reduce<object>(part, globalThis);
  const grow: unknown = Reflect.get(prototype, 'grow');
  if (typeof grow !== 'function') throw new Error('WebAssembly has no memory that grows.');
  replace(prototype, 'grow', function grown(this: { readonly buffer: ArrayBuffer }, pages: number): unknown {
    if (this.buffer.byteLength + pages * 65_536 > bytes) throw new RangeError('There is no more memory.');
    return Reflect.apply(grow, this, [pages]);
  });
};

/**
 * Takes away what this thread could reach outside of itself, for good: files, sockets, processes, modules that are not loaded yet, and the
 * making of code from text. What is done in the thread's name from here on is arithmetic. Memory of WebAssembly grows to `memoryBytes`.
 */
export const disarm = (memoryBytes: number): void => {
  capMemory(memoryBytes);
  const modules: unknown[] = reaching.map((name) => process.getBuiltinModule(name));
  // Both read what is loaded only when it is asked for, which it could not be any more once the first is emptied.
  syncBuiltinESMExports();
  const globals = Object.getOwnPropertyNames(globalThis).filter(
    (name) => !keptGlobals.has(name) && Object.getOwnPropertyDescriptor(globalThis, name) !== undefined,
  );
  const seen = new Set<object>();
  for (const module of modules)
    if (typeof module === 'object' && module !== null) emptied(module, new Set(), seen);
    else if (typeof module === 'function') emptied(module, new Set(['prototype', 'length', 'name']), seen);
  registerHooks({ resolve: refuse });
  syncBuiltinESMExports();
  for (let of: object | null = process; of !== null && of !== Object.prototype; of = Object.getPrototypeOf(of))
    for (const [key, property] of Object.entries(Object.getOwnPropertyDescriptors(of)))
      if (!keptOfProcess.has(key) && typeof property.value === 'function' && key !== 'constructor')
        replace(of, key, refuse);

  for (const name of globals) replace(globalThis, name, undefined);
  for (const made of [() => 0, async () => 0, function* none() {}, async function* none() {}])
    replace(Object.getPrototypeOf(made), 'constructor', refuse);
};
