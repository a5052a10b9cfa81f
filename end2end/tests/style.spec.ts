// The page of every token and component, in the demo: complete, and right at three widths in both schemes. Pictures are not
// compared: letters differ from machine to machine, so a baseline would fail everywhere but where it was made.
import { expectNoViolations } from "../support/axe.ts";
import { expect, test } from "../support/test.ts";
import { heading, sideScroll } from "../support/ways.ts";

test.use({ demo: "shared" });

for (const colorScheme of ["light", "dark"] as const) {
  test(`every component, ${colorScheme}`, async ({ page, open, isLive }) => {
    await page.emulateMedia({ colorScheme });
    await open(page, "/dev/style");
    await expect(heading(page, "Style")).toBeVisible();
    for (const width of [1280, 768, 320]) {
      await page.setViewportSize({ width, height: 800 });
      await expectNoViolations(page, `${width} pixels, ${colorScheme}`, { isLive });
      expect.soft(await sideScroll(page), `sideways at ${width}`).toBe(0);
    }
  });
}

test("every token of the style sheet is named", async ({ page, open }) => {
  await open(page, "/dev/style");
  const tokens = await page.evaluate(() => {
    const found = new Set<string>();
    const look = (rules: CSSRuleList) => {
      for (const rule of rules) {
        if (rule instanceof CSSStyleRule && rule.selectorText === ":root") for (const name of rule.style) if (name.startsWith("--")) found.add(name);
        if ("cssRules" in rule) look(rule.cssRules as CSSRuleList);
      }
    };
    for (const sheet of document.styleSheets) look(sheet.cssRules);
    return [...found];
  });
  expect(tokens.length).toBeGreaterThan(20);
  for (const token of tokens) await expect(page.locator("code").getByText(token, { exact: true }).first(), token).toBeAttached();
});

test("both schemes stand side by side, whatever the system says", async ({ page, open }) => {
  await open(page, "/dev/style");
  const grounds = await page.locator("[data-scheme]").evaluateAll((halves) => halves.map((half) => getComputedStyle(half).backgroundColor));
  expect(grounds).toEqual(["rgb(255, 255, 255)", "rgb(20, 23, 26)"]);
});

