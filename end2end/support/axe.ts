// axe, run as it is: its source is put into the page once, whatever the page's policy says, which takes a fraction of the
// time of a fresh copy for each look. Frames are left out; what they show is looked at on its own.
import axe from "axe-core";
import { type Page, expect } from "@playwright/test";

const WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa"];

export type What = {
  /** `mail`: one in a mail program, where landmarks and headings are not the mail's to set. */
  kind?: "page" | "mail";
  /** Whether the page may run scripts. */
  isLive: boolean;
};

/** axe finds nothing on what the page shows now. Goes on to the test's end, so that one run tells of everything. */
export async function expectNoViolations(page: Page, where: string, { kind = "page", isLive }: What): Promise<void> {
  const options: axe.RunOptions = {
    runOnly: { type: "tag", values: kind === "page" ? [...WCAG, "best-practice"] : WCAG },
    // Off by default although it is in WCAG 2.2 AA.
    rules: { "target-size": { enabled: true } },
    resultTypes: ["violations", "passes"],
    iframes: false,
  };
  if (!(await page.evaluate(() => "axe" in window))) {
    // Where scripts are off for a page, its timers never ring; axe waits for some that are due at once.
    if (!isLive) await page.evaluate(() => {
      window.setTimeout = ((run: () => void) => void Promise.resolve().then(run)) as unknown as typeof setTimeout;
    });
    await page.evaluate(axe.source);
  }
  const { violations, passes } = await page.evaluate((options) => (window as unknown as { axe: typeof axe }).axe.run(document, options), options);
  const found = violations.map(({ id, nodes }) => ({ id, nodes: nodes.map((node) => `${node.html}: ${node.failureSummary}`) }));
  expect.soft(found, `axe, ${where}`).toEqual([]);
  expect(passes.length, "axe looked at something").toBeGreaterThan(5);
}
