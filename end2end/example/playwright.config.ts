// How another suite is configured: with the browser that Rekey's own tests use, and nothing else of theirs.
import { chromium, defineConfig } from "../support/index.ts";

export default defineConfig({ testDir: ".", outputDir: "../test-results/example", use: chromium });
