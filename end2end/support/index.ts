// What another suite may import: everything of plain.ts, and Playwright with Rekey's fixtures. See README.md. What is not
// named here may change with any commit.
export { defineConfig } from "@playwright/test";

export { chromium } from "./browser.ts";
export * from "./plain.ts";
export { type Fixtures, type Options, expect, test } from "./test.ts";
