// axe finds nothing on any page in any state: wide and narrow, in light and in dark, with JavaScript and without. And
// none of them scrolls sideways or cuts a word off, whatever people do to sizes, spacing and direction.
import type { Page } from "@playwright/test";

import { expectNoViolations } from "../support/axe.ts";
import { IVY, NEW_PASSWORD, UMA } from "../support/people.ts";
import { DOING, READING, type State } from "../support/states.ts";
import { expect, test } from "../support/test.ts";
import { sideScroll } from "../support/ways.ts";

const WIDE = { width: 1280, height: 720 };
const NARROW = { width: 320, height: 640 };
/** What 1280 pixels are at 200 %. */
const ZOOMED = { width: 640, height: 360 };

/** What people may do to a page (WCAG 1.4.4, 1.4.12), and a language that is written from right to left. */
const CHANGES: readonly (readonly [name: string, css: string, dir: "ltr" | "rtl"])[] = [
  ["as it is", "", "ltr"],
  ["with more space in the text", "* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important } p { margin-block-end: 2em !important }", "ltr"],
  ["from right to left", "", "rtl"],
];

/** Texts that end outside of the window, where nobody can scroll, or that their own box cuts off. */
async function cutOff(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const found: string[] = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const parent = node.parentElement;
      const words = node.textContent?.trim();
      // What only screen readers get is one pixel large and cut off on purpose.
      if (!parent || !words || parent.closest("script, .visually-hidden, .skip, option") || !parent.checkVisibility()) continue;
      const range = document.createRange();
      range.selectNodeContents(node);
      for (const box of range.getClientRects()) {
        if (box.width <= 1 || getComputedStyle(parent).clipPath !== "none") continue;
        if (parent.closest("thead") && getComputedStyle(parent.closest("thead") as Element).clipPath !== "none") continue;
        if (box.left < -0.5 || box.right > document.documentElement.clientWidth + 0.5) found.push(`outside: ${words}`);
      }
      for (let box: Element | null = parent; box && box !== document.body; box = box.parentElement) {
        const { overflowX, overflowY } = getComputedStyle(box);
        const hides = [overflowX, overflowY].some((overflow) => overflow === "hidden" || overflow === "clip");
        const isTiny = box.clientWidth <= 1 || box.clientHeight <= 1;
        if (hides && !isTiny && (box.scrollWidth > box.clientWidth + 1 || box.scrollHeight > box.clientHeight + 1)) found.push(`cut: ${words}`);
      }
    }
    for (const button of document.querySelectorAll("button, input, select")) {
      if (button.checkVisibility() && button.matches("button, select") && button.scrollWidth > button.clientWidth + 1) found.push(`narrow: ${button.textContent?.trim()}`);
    }
    return found;
  });
}

/** Puts a style sheet of the reader's own over the page's; the policy allows what comes from outside of the page. */
async function restyle(page: Page, css: string, dir: string) {
  await page.evaluate(([css, dir]) => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(css);
    document.adoptedStyleSheets = [sheet];
    document.documentElement.dir = dir;
  }, [css, dir] as const);
}

/** `isLive` false: the page without script is a part of the live one, which is tried in every way; it fits at all. */
async function expectToFit(page: Page, { isWide, isLive }: { isWide: boolean; isLive: boolean }) {
  for (const [name, css, dir] of isLive ? CHANGES : CHANGES.slice(0, 1)) {
    if (isWide && css) continue;
    for (const size of isLive ? [NARROW, ZOOMED, WIDE] : [NARROW]) {
      await page.setViewportSize(size);
      await restyle(page, css, dir);
      expect.soft(await sideScroll(page), `sideways at ${size.width}, ${name}`).toBe(0);
      expect.soft(await cutOff(page), `cut off at ${size.width}, ${name}`).toEqual([]);
    }
  }
  if (!isLive) return;
  await restyle(page, "", "ltr");
  // The reader's own setting of a text twice as large.
  const chromium = await page.context().newCDPSession(page);
  await chromium.send("Page.setFontSizes", { fontSizes: { standard: 32, fixed: 26 } });
  expect(await page.evaluate(() => getComputedStyle(document.documentElement).fontSize)).toBe("32px");
  expect.soft(await sideScroll(page), "sideways with text at 200 %").toBe(0);
  expect.soft(await cutOff(page), "cut off with text at 200 %").toEqual([]);
  await chromium.detach();
}

/** Main buttons are 40 pixels high, everything that is pressed 24 in both directions, links in a sentence aside. */
async function expectTargets(page: Page) {
  const small = await page.evaluate(() => {
    const found: string[] = [];
    for (const target of document.querySelectorAll("a[href], button, input:not([type=hidden]), select, summary")) {
      if (!target.checkVisibility() || target.closest(".skip")) continue;
      const { width, height } = target.getBoundingClientRect();
      const isInSentence = target.matches("a") && getComputedStyle(target).display === "inline";
      const least = target.matches("button:not(.sort), .button") ? 40 : 24;
      if (!isInSentence && (height < least || width < 24)) found.push(`${target.textContent?.trim() || target.id}: ${width} × ${height}`);
    }
    return found;
  });
  expect.soft(small, "targets").toEqual([]);
}

const check = (state: State) =>
  test(`${state.name}${state.needsScript ? " @live" : ""}`, async ({
    page, server, clean, isLive, hydrated, open, anotherBrowser, signIn, mailsTo, advanceClock, mailServer, askReset, linkFor, noticeFor,
  }) => {
    await state.arrive({ page, server, clean, isLive, hydrated, open, anotherBrowser, signIn, mailsTo, advanceClock, mailServer, askReset, linkFor, noticeFor });
    // Colours don't depend on the size, nor sizes on the colours: both of each are enough.
    for (const [size, colorScheme] of [[WIDE, "light"], [NARROW, "dark"]] as const) {
      await page.setViewportSize(size);
      await page.emulateMedia({ colorScheme });
      await expectNoViolations(page, `${size.width} pixels, ${colorScheme}`, { isLive });
    }
    await expectTargets(page);
    // Whoever is signed out always has one main way on.
    const isSignedOut = (await page.locator("header.frame").count()) > 0 && !(await page.getByRole("navigation", { name: "Main" }).count());
    if (isSignedOut) expect.soft(await page.locator("main :is(.primary, .danger, .button)").count(), "main actions").toBe(1);
    await expectToFit(page, { isWide: state.isWide === true, isLive });
  });

test.describe("reading", () => {
  test.use({ demo: "shared" });
  for (const state of READING) check(state);
});

test.describe("doing", () => {
  for (const state of DOING) check(state);
});

test("the HTML part of the mails @live", async ({ page, server }) => {
  await fetch(`${server.url}/reset-password`, { method: "POST", body: new URLSearchParams({ email: UMA.email }), redirect: "manual" });
  await server.mailsTo(UMA.email);
  await server.askReset(IVY);
  const link = await server.linkFor(UMA, 2);
  await fetch(server.url + link, { method: "POST", body: new URLSearchParams({ new_password: NEW_PASSWORD }), redirect: "manual" });
  const mails = [...(await server.mailsTo(UMA.email, 3)), ...(await server.mailsTo(IVY.email))];
  expect(new Set(mails.map(({ subject }) => subject)).size, "four kinds").toBe(4);
  for (const { subject, html } of mails) {
    await page.setContent(html);
    for (const size of [WIDE, NARROW]) {
      await page.setViewportSize(size);
      for (const colorScheme of ["light", "dark"] as const) {
        await page.emulateMedia({ colorScheme });
        await expectNoViolations(page, `${subject}, ${size.width} pixels, ${colorScheme}`, { kind: "mail", isLive: true });
      }
      expect.soft(await sideScroll(page), `${subject}, ${size.width} pixels`).toBe(0);
      // The column is never wider than 560 pixels; on a phone the button is as wide as the words.
      const width = async (selector: string) => (await page.locator(selector).boundingBox())?.width;
      expect.soft(await width("table.mail"), `${subject}, ${size.width} pixels`).toBe(Math.min(560, size.width));
      const button = await width("table.press a");
      if (size === NARROW) expect.soft(button, `${subject}, the button`).toBe(await width("h1"));
      else expect.soft(button, `${subject}, the button`).toBeLessThan(280);
    }
  }
});
