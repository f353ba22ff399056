import { afterAll, afterEach, beforeAll, expect, vi } from "vitest";
import { openHospitals } from "./hospitals.ts";
import { everyItem, numbersKept } from "./masks.ts";
import { unit, type World, world } from "./world.ts";

/** The day on which tests begin. */
export const today = "2025-11-20";

/** The village that most people of the tests live in, and what it lies in. */
export const places = {
  "370600": "烟台市",
  "370611": "福山区",
  "370611001": "东河镇",
  "370611001201": "杏林村",
} as const;

/** The world of this test file: there from its first test on. */
export let made: World;

/** Opens a world before the tests of a file; the places are those of the org tree that they ask for. */
export function opens(units: Readonly<Record<string, string>> = {}): void {
  beforeAll(async () => {
    made = await world(today);
    await Promise.all(Object.entries(units).map(([code, name]) => unit(code, name)));
  });
  // After all that a file's tests did, no item holds a number, or a mask from which it follows.
  afterAll(async () => {
    expect(numbersKept(await everyItem())).toEqual([]);
  });
}

/** Opens a world with the demonstration's providers and what hospitals charge. */
export function opensHospitals(units: Readonly<Record<string, string>> = {}): void {
  opens(units);
  beforeAll(() => openHospitals(made));
}

/** After each test the clocks are what they were: the day of business, and everybody's on the wall. */
export function turnsBack(): void {
  afterEach(() => {
    vi.useRealTimers();
    made.turn(today);
  });
}

/** Runs something as so many minutes later by the wall clock. */
export async function later(minutes: number, run: () => Promise<unknown>): Promise<void> {
  vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + minutes * 60_000 });
  try {
    await run();
  } finally {
    vi.useRealTimers();
  }
}
