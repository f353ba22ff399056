/** Waits a moment before the next attempt at a write that somebody else was faster with, longer each time, at most a second. */
export const pause = (attempt: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, Math.random() * Math.min(1000, 10 * 2 ** attempt)));
