// The fixtures of all browser tests. Import `test` and `expect` from here, so that no test runs unwatched.
import { test as base, expect, type BrowserContext, type Page } from "@playwright/test";

import { Clean } from "./clean.ts";
import type { Demo, MailServerMode } from "./demo.ts";
import { Keeper, type Wish } from "./keeper.ts";
import type { Mail } from "./mail.ts";
import { runningAt } from "./open.ts";
import { PASSWORD, type Person } from "./people.ts";
import type { Session } from "./session.ts";

export { expect };

export type Options = {
  /** `fresh`: a demo of its own, nothing done to it yet. `shared`: for tests that only read; others have read before.
   * Without a word: `fresh`, or `shared` where REKEY_URL names a running one. */
  demo: Wish;
};

export type Fixtures = {
  /** The test's demo: its address, and what can be done to it without a browser. */
  server: Demo;
  /** Fails the test on anything a healthy page never does. */
  clean: Clean;
  /** Whether pages come to life: false in a project without JavaScript. */
  isLive: boolean;
  /** Waits until the page is live; without JavaScript there is nothing to wait for. */
  hydrated: (page: Page) => Promise<void>;
  /** Opens a page and waits until it is live. */
  open: (page: Page, path: string) => Promise<void>;
  /** One more browser with its own cookies, watched like the first: another person, or another device. */
  anotherBrowser: () => Promise<Page>;
  /** Signs in by a plain POST; the session's cookie lands in the browser. */
  signIn: (where: Page | BrowserContext, email: string, password?: string) => Promise<Session>;
  /** The mails to this address, newest first, once there are so many (one, if not said). */
  mailsTo: (address: string, atLeast?: number) => Promise<Mail[]>;
  /** Moves the clock of life-times, waits and sessions. */
  advanceClock: (seconds: number) => Promise<void>;
  /** How the mail server answers from now on. */
  mailServer: (mode: MailServerMode) => Promise<void>;
  /** Presses `Reset password` for this person by a plain POST, as Max; nothing of it is seen in the test's browser. */
  askReset: (person: Person) => Promise<void>;
  /** The same, and gives the mailed link's path. `count`: the how-manieth mail to this person it is. */
  linkFor: (person: Person, count?: number) => Promise<string>;
  /** Lets this person, who got no mail before, set `NEW_PASSWORD` by a mailed link, and gives the path of "This was not me"
   * in the notice of that. */
  noticeFor: (person: Person) => Promise<string>;
};

export const test = base.extend<Options & Fixtures, { keeper: Keeper }>({
  demo: [runningAt() ? "shared" : "fresh", { option: true }],

  keeper: [
    async ({}, use) => {
      const keeper = new Keeper();
      await use(keeper);
      await keeper.stop();
    },
    { scope: "worker" },
  ],

  server: [
    async ({ keeper, demo }, use, testInfo) => {
      await use(await keeper.get(demo));
      const log = keeper.takeLog();
      if (log) await testInfo.attach("server.log", { body: log, contentType: "text/plain" });
      expect(log, "the server's log tells of no bug").not.toMatch(/panicked at|\bERROR\b/);
    },
    { auto: true },
  ],

  // Needs the demo, whose port is known only now.
  baseURL: async ({ server }, use) => use(server.url),

  clean: [
    async ({ context, server, isLive, keeper }, use) => {
      const clean = new Clean(server.url, isLive);
      await clean.watch(context);
      await use(clean);
      if (clean.hasWritten()) keeper.spoil();
      expect(clean.problems(), "the pages behaved").toEqual([]);
    },
    { auto: true },
  ],

  isLive: async ({ javaScriptEnabled }, use) => use(javaScriptEnabled !== false),

  hydrated: async ({ isLive }, use) =>
    use(async (page) => {
      if (isLive) await page.locator("html[data-hydrated]").waitFor({ state: "attached" });
    }),

  open: async ({ hydrated }, use) =>
    use(async (page, path) => {
      await page.goto(path);
      await hydrated(page);
    }),

  anotherBrowser: async ({ browser, clean }, use) => {
    const contexts: BrowserContext[] = [];
    await use(async () => {
      const context = await browser.newContext();
      contexts.push(context);
      await clean.watch(context);
      return context.newPage();
    });
    for (const context of contexts) await context.close();
  },

  signIn: async ({ server, userAgent }, use) =>
    use(async (where, email, password = PASSWORD) => {
      const session = await server.signIn(email, password, { userAgent });
      await ("context" in where ? where.context() : where).addCookies(session.cookies);
      return session;
    }),

  mailsTo: async ({ server }, use) => use((address, atLeast) => server.mailsTo(address, atLeast)),

  advanceClock: async ({ server }, use) => use((seconds) => server.advanceClock(seconds)),

  mailServer: async ({ server }, use) => use((mode) => server.mailServer(mode)),

  askReset: async ({ server }, use) => use((person) => server.askReset(person)),

  linkFor: async ({ server }, use) => use((person, count) => server.linkFor(person, count)),

  noticeFor: async ({ server }, use) => use((person) => server.noticeFor(person)),
});
