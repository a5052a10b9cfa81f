// How the pictures of the documents are taken: by `cargo xtask pictures`, which sets the same environment as for the browser
// tests (playwright.config.ts). They land in docs/images; a unit test of xtask sees that each is linked.
import { defineConfig } from "@playwright/test";

import { chromium } from "./support/browser.ts";
import type { Options } from "./support/test.ts";

export default defineConfig<Options>({
  testDir: "pictures",
  outputDir: "test-results/pictures",
  fullyParallel: false,
  workers: 2,
  retries: 0,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: "list",
  use: {
    ...chromium,
    demo: "fresh",
    viewport: { width: 1280, height: 800 },
    deviceScaleFactor: 1,
    colorScheme: "light",
    locale: "en-GB",
    timezoneId: "Europe/Berlin",
    actionTimeout: 15_000,
    contextOptions: { reducedMotion: "reduce" },
  },
});
