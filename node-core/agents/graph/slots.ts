/** So many at once; the others wait in the order in which they came. */
export interface Slots {
  take(): Promise<void>;
  leave(): void;
}

export const createSlots = (count: number): Slots => {
  const waiting: (() => void)[] = [];
  let free = count;
  return {
    take() {
      if (free > 0) {
        free -= 1;
        return Promise.resolve();
      }
      return new Promise((resolve) => waiting.push(resolve));
    },
    leave() {
      const next = waiting.shift();
      if (next) next();
      else free += 1;
    },
  };
};
