import { vi } from "vitest";

/** How long a test waits for what is sure to come (milliseconds): a machine that plays all tests at once is late, not wrong. */
export const patience = 180_000;

/** Looks again until it holds, or until patience is out. */
export const eventually = <T>(looked: () => T | Promise<T>): Promise<T> =>
  vi.waitFor(looked, { timeout: patience, interval: 20 });
