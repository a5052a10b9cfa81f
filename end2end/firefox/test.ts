// What each Firefox test gets: a demo that nobody has used, a watched page in a browser with cookies of its own, and whether
// pages come to life. Each runs with JavaScript and without.
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";

import type { Browser, BrowserContext, Page } from "puppeteer-core";

import { type StartedDemo, startDemo } from "../support/plain.ts";
import { eventually, startFirefox, texts } from "./browser.ts";
import { Clean } from "./clean.ts";

const TEST_LIMIT_MS = 60_000;

export type Tools = {
  page: Page;
  demo: StartedDemo;
  /** Fails the test on anything a healthy page never does. */
  clean: Clean;
  /** Whether pages come to life: false without JavaScript. */
  isLive: boolean;
  /** Opens a page of the demo and waits until it is live. */
  open: (page: Page, path: string) => Promise<void>;
  /** Waits until the page with this heading is there, and live. */
  arrive: (page: Page, heading: string) => Promise<void>;
  /** Waits until the page is live; without JavaScript there is nothing to wait for. */
  hydrated: (page: Page) => Promise<void>;
  /** One more browser with its own cookies, watched like the first: another person. */
  anotherBrowser: () => Promise<Page>;
};

/** A test by its name, with the tools above. */
export type Smoke = (name: string, run: (tools: Tools) => Promise<void>) => void;

/** Runs these tests with JavaScript and, beside that in a Firefox of its own, without. */
export function bothWays(tests: (smoke: Smoke) => void): void {
  describe("Firefox", { concurrency: 2 }, () => {
    for (const isLive of [true, false]) {
      describe(isLive ? "with JavaScript" : "without JavaScript", { concurrency: 1 }, () => {
        let firefox: Browser | undefined;
        before(async () => {
          firefox = await startFirefox(isLive);
        });
        after(async () => firefox?.close());
        tests((name, run) => it(name, { timeout: TEST_LIMIT_MS }, async () => {
          assert.ok(firefox, "Firefox has started");
          await withTools(firefox, isLive, run);
        }));
      });
    }
  });
}

async function withTools(firefox: Browser, isLive: boolean, run: (tools: Tools) => Promise<void>): Promise<void> {
  const demo = await startDemo();
  const clean = new Clean(demo.url);
  const contexts: BrowserContext[] = [];
  const pages: Page[] = [];

  const newBrowser = async () => {
    const context = await firefox.createBrowserContext();
    contexts.push(context);
    // A window each: Firefox hides a tab behind the next one, and a page that nobody sees follows nothing.
    const page = await context.newPage({ type: "window" });
    pages.push(page);
    clean.watch(page);
    return page;
  };
  const hydrated = async (page: Page) => {
    if (isLive) await eventually(async () => assert.equal((await texts(page, "html[data-hydrated]")).length, 1, "the page is live"));
  };
  const open = async (page: Page, path: string) => {
    await page.goto(demo.url + path);
    await hydrated(page);
  };
  const arrive = async (page: Page, heading: string) => {
    await eventually(async () => assert.deepEqual(await texts(page, "h1"), [heading]));
    await hydrated(page);
  };

  try {
    await run({ page: await newBrowser(), demo, clean, isLive, open, arrive, hydrated, anotherBrowser: newBrowser });
    // What Firefox had to tell is here once it answers.
    for (const page of pages) await page.evaluate(() => document.readyState);
  } catch (error) {
    const problems = clean.takeProblems();
    if (problems.length === 0) throw error;
    throw new Error(`the test failed, and the pages did not behave:\n${problems.join("\n")}`, { cause: error });
  } finally {
    clean.end();
    for (const context of contexts) await context.close();
    await demo.stop();
  }
  assert.deepEqual(clean.takeProblems(), [], "the pages behaved");
  assert.doesNotMatch(demo.takeLog(), /panicked at|\bERROR\b/, "the server's log tells of no bug");
}
