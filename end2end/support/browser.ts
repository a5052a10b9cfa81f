// The browser under test, for this suite's configuration and for others'. REKEY_CHROMIUM names the one to start; without
// it Playwright takes its own.
import { devices } from "@playwright/test";

const isRoot = process.getuid?.() === 0;

/** What `use` says about the browser. */
export const chromium = {
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
