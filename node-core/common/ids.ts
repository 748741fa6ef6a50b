/** Makes UUIDv7 ids (RFC 9562, section 5.7): 48 bits of milliseconds, a 12-bit counter, 62 random bits; strictly rising in one process. */
export const createIds = (now: () => number = Date.now): (() => string) => {
  let last = 0;
  let counter = 0;
  return () => {
    const time = Math.max(now(), last);
    counter = time === last ? counter + 1 : 0;
    last = counter > 0xfff ? time + 1 : time;
    if (counter > 0xfff) counter = 0;
    const random = crypto.getRandomValues(new Uint8Array(8));
    const tail = Array.from(random, (byte) => byte.toString(16).padStart(2, '0')).join('');
    const stamp = last.toString(16).padStart(12, '0');
    const variant = ((Number.parseInt(tail.slice(0, 1), 16) & 0x3) | 0x8).toString(16);
    return `${stamp.slice(0, 8)}-${stamp.slice(8)}-7${counter.toString(16).padStart(3, '0')}-${variant}${tail.slice(1, 4)}-${tail.slice(4)}`;
  };
};

export const newId = createIds();
