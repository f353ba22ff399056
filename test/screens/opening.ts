import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect } from "vitest";
import { consoleFaults, faults, openBrowser, type System, startSystem } from "./harness.ts";
import { deskSteps, familySteps, journey } from "./steps.ts";

/** The system and the browser of this test file, and what journeys do there: from its first test on. */
export let system: System;
export let browser: Browser;
export let steps: ReturnType<typeof journey> & ReturnType<typeof familySteps> & ReturnType<typeof deskSteps>;

/** Starts a system and a browser before the tests of a file; a page that throws fails the test. */
export function opensSystem(): void {
  beforeAll(async () => {
    [system, browser] = await Promise.all([startSystem(), openBrowser()]);
    const common = journey(system, browser, (error) => expect.fail(`the page threw: ${error.message}`));
    steps = { ...common, ...familySteps(system, common), ...deskSteps(common) };
  });
  afterAll(async () => {
    await browser?.close();
    system?.stop();
  });
}

/** No page of the mini-program has a fault that axe finds … */
export const usable = async (page: Page) => expect(await faults(page), page.url()).toEqual([]);
/** … and none of the console. */
export const faultless = async (page: Page) => expect(await consoleFaults(page), page.url()).toEqual([]);
