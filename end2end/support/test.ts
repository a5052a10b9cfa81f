// The fixtures of all browser tests. Import `test` and `expect` from here, so that no test runs unwatched.
import { test as base, expect, type BrowserContext, type Page } from "@playwright/test";

import { Clean } from "./clean.ts";
import { Demo, type Mail, type MailServerMode } from "./demo.ts";
import { PASSWORD, type Person } from "./people.ts";

export { expect };
export type { Mail, MailServerMode };

type Options = {
  /** `fresh`: a demo of its own, nothing done to it yet. `shared`: for tests that only read; others have read before. */
  demo: "fresh" | "shared";
};

type Fixtures = {
  /** The demo is as `demo` says before the test begins. */
  readyDemo: void;
  /** Fails the test on anything a healthy page never does. */
  clean: Clean;
  /** Whether pages come to life: false in the project without JavaScript. */
  isLive: boolean;
  /** Waits until the page is live; without JavaScript there is nothing to wait for. */
  hydrated: (page: Page) => Promise<void>;
  /** Opens a page and waits until it is live. */
  open: (page: Page, path: string) => Promise<void>;
  /** One more browser with its own cookies, watched like the first: another person, or another device. */
  anotherBrowser: () => Promise<Page>;
  /** Signs in by a plain POST; the session's cookie lands in the browser. */
  signIn: (where: Page | BrowserContext, email: string, password?: string) => Promise<void>;
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
};

type WorkerFixtures = {
  /** The demo of this worker. Its address differs from test to test: read `server.url` inside one. */
  server: Demo;
};

export const test = base.extend<Options & Fixtures, WorkerFixtures>({
  demo: ["fresh", { option: true }],

  server: [
    async ({}, use) => {
      const demo = new Demo();
      await use(demo);
      await demo.stop();
    },
    { scope: "worker" },
  ],

  readyDemo: [
    async ({ server, demo }, use, testInfo) => {
      await server.prepare(demo);
      await use();
      const log = server.takeLog();
      if (log) await testInfo.attach("server.log", { body: log, contentType: "text/plain" });
      expect(log, "the server's log tells of no bug").not.toMatch(/panicked at|\bERROR\b/);
    },
    { auto: true },
  ],

  // Needs the demo, whose port is known only now.
  baseURL: async ({ server, readyDemo: _ }, use) => use(server.url),

  clean: [
    async ({ context, server, isLive, readyDemo: _ }, use) => {
      const clean = new Clean(() => server.url, isLive);
      await clean.watch(context);
      await use(clean);
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

  signIn: async ({ server }, use) =>
    use(async (where, email, password = PASSWORD) => {
      const response = await where.request.post(`${server.url}/login`, {
        form: { email, password },
        maxRedirects: 0,
      });
      expect(response.status(), `sign-in of ${email}`).toBe(303);
    }),

  mailsTo: async ({ server }, use) => use((address, atLeast = 1) => server.mailsTo(address, atLeast)),

  advanceClock: async ({ server }, use) => use((seconds) => server.advanceClock(seconds)),

  mailServer: async ({ server }, use) => use((mode) => server.mailServer(mode)),

  askReset: async ({ playwright, server }, use) => {
    await use(async (person) => {
      const max = await playwright.request.newContext({ baseURL: server.url });
      await max.post("/login", { form: { email: "max@blueheron.example", password: PASSWORD } });
      const list = await (await max.get(`/company?q=${encodeURIComponent(person.email)}`)).text();
      const page = /href="(\/company\/users\/[0-9a-f-]{36})"/.exec(list)?.[1];
      if (!page) throw new Error(`${person.name} is not in the list`);
      const html = await (await max.get(page)).text();
      const company = /name="company" value="([0-9a-f-]{36})"/.exec(html)?.[1];
      if (!company) throw new Error(`the page of ${person.name} has no form`);
      const answer = await max.post(`${page}/reset`, { form: { company }, maxRedirects: 0 });
      expect(answer.status(), `reset of ${person.name}`).toBe(303);
      await max.dispose();
    });
  },

  linkFor: async ({ askReset, mailsTo }, use) =>
    use(async (person, count = 1) => {
      await askReset(person);
      const [newest] = await mailsTo(person.email, count);
      return linkIn(newest);
    }),
});

/** The path of the link that a mail brings. */
export function linkIn(mail: Mail | undefined): string {
  const link = mail?.links.map((link) => new URL(link)).find((link) => /^\/reset-password\/[a-z2-7]{52}$/.test(link.pathname));
  if (!link) throw new Error(`no link in the mail:\n${mail?.text}`);
  return link.pathname;
}

/** Every address that a mail names belongs to the demo. */
export function originsIn(mail: Mail): Set<string> {
  return new Set(mail.links.map((link) => new URL(link).origin));
}
