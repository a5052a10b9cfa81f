// How the browser tests run. The server is not started here: a worker fixture starts REKEY_BIN on a free port.
// `cargo xtask test e2e` builds the executable, finds a browser and sets the environment:
//   REKEY_BIN       the executable under test, target/dist/rekey
//   REKEY_CHROMIUM  the browser to start; without it Playwright takes its own
// REKEY_URL must not be set: these tests want demos of their own (another suite may set it, see README.md).
// A test tagged @live needs JavaScript and is left out of `no-javascript`; one tagged @plain is about life without it
// and is left out of `chromium`. A test without a tag runs in both.
import { defineConfig } from "@playwright/test";

import { chromium } from "./support/browser.ts";
import type { Options } from "./support/test.ts";

export default defineConfig<Options>({
  testDir: "tests",
  outputDir: "test-results",
  // The tests of one file share a server and a mailbox; files run beside each other.
  fullyParallel: false,
  workers: 2,
  // A test that passes only the second time is broken.
  retries: 0,
  forbidOnly: !!process.env.CI,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: [["list"], ["html", { open: "never", outputFolder: "playwright-report" }]],
  use: {
    demo: "fresh",
    locale: "en-GB",
    timezoneId: "UTC",
    // What can't be pressed now will not be later.
    actionTimeout: 15_000,
    // Recording one costs every test a fifth of its time; `--trace=retain-on-failure` asks for it.
    trace: "off",
    screenshot: "only-on-failure",
    // Nothing fades between two pages, where a test would press what is still covered.
    contextOptions: { reducedMotion: "reduce" },
  },
  projects: [
    { name: "chromium", use: chromium, grepInvert: /@plain/ },
    { name: "no-javascript", use: { ...chromium, javaScriptEnabled: false }, grepInvert: /@live/ },
  ],
});
