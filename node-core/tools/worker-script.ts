/**
 * Where the script of a worker lies. A bundle has each of them beside it, in a folder of its own that a packaged app keeps
 * outside its archive: a thread reads its script, and its interpreter, from the disk.
 * @param path from this room, without the ending: `run-code/python-worker`
 */
export const workerScript = (path: string): URL =>
  import.meta.url.endsWith('.ts')
    ? new URL(`./${path}.ts`, import.meta.url)
    : new URL(
        `../workers/${path.slice(path.lastIndexOf('/') + 1)}.mjs`,
        import.meta.url.replace(/\.asar(?=\/)/u, '.asar.unpacked'),
      );
