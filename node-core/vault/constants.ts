/** What this version writes, and the newest it reads. */
export const FORMAT = 1;
export const KEY_BYTES = 32;

/** Argon2id; below this floor a header is refused, however it came to say so. Memory in KiB. */
export const kdfFloor = { memory: 128 * 1024, passes: 3, lanes: 1 } as const;
/** Passes are raised until one try takes about this long on the machine that sets the passphrase. */
export const kdfTargetMs = 500;
export const kdfMaxPasses = 32;
