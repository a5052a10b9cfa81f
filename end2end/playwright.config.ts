// How the browser tests run. The server is not started here: a worker fixture starts REKEY_BIN on a free port.
// `cargo xtask test e2e` builds the executable, finds a browser and sets the environment:
//   REKEY_BIN       the executable under test, target/dist/rekey
//   REKEY_CHROMIUM  the browser to start; without it Playwright takes its own
// A test tagged @live needs JavaScript and is left out of `no-javascript`; one tagged @plain is about life without it
// and is left out of `chromium`. A test without a tag runs in both.
import { defineConfig, devices } from "@playwright/test";

const isRoot = process.getuid?.() === 0;

const chromium = {
  ...devices["Desktop Chrome"],
  launchOptions: {
    executablePath: process.env.REKEY_CHROMIUM,
    args: [
      // Chromium refuses its sandbox to root, and containers are usually root.
      ...(isRoot ? ["--no-sandbox"] : []),
      // Nothing but the pages under test may use the network or the processor.
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-default-apps",
      "--disable-extensions",
      "--disable-sync",
      "--metrics-recording-only",
      "--no-first-run",
      // Containers have a small /dev/shm.
      "--disable-dev-shm-usage",
    ],
  },
};

export default defineConfig({
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
    locale: "en-GB",
    timezoneId: "UTC",
    // What can't be pressed now will not be later.
    actionTimeout: 15_000,
    trace: "retain-on-failure",
    screenshot: "only-on-failure",
  },
  projects: [
    { name: "chromium", use: chromium, grepInvert: /@plain/ },
    { name: "no-javascript", use: { ...chromium, javaScriptEnabled: false }, grepInvert: /@live/ },
  ],
});
