// Takes one picture for the documents: what it shows fills it, nothing has the focus, and it stays small.
import { writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";

import { type Locator, type Page, expect } from "@playwright/test";

const FOLDER = fileURLToPath(new URL("../../docs/images/", import.meta.url));
/** A page with several pictures should open at once. */
const MOST_BYTES = 120_000;
const PHONE = { width: 390, height: 844 };
/** So narrow that a document shows the words as large as they are; from 64 rem on a page may have two columns. */
const READABLE = { width: 960, height: 800 };

/** What a picture shows. */
export type Subject = {
  /** Between these, together with what lies there; without a word the window. */
  of?: readonly Locator[];
  /** How many pixels around them. */
  margin?: number;
  /** Set where the last of them goes on below the picture. */
  isCut?: true;
};

/** Writes `docs/images/{name}`. */
export async function picture(page: Page, name: `${string}.png`, { of = [], margin = 16, isCut }: Subject = {}): Promise<void> {
  await page.mouse.move(0, 0);
  await page.evaluate(() => {
    if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
    scrollTo({ top: 0, behavior: "instant" });
  });
  const size = page.viewportSize();
  if (!size) throw new Error("the page has no size");
  // What stays in sight while one scrolls would lie over the middle of a page that is higher than its window.
  const whole = await page.evaluate(() => document.documentElement.scrollHeight);
  if (of.length > 0) await page.setViewportSize({ width: size.width, height: Math.max(size.height, whole) });
  const boxes = await Promise.all(of.map(async (part) => {
    await expect(part, name).toBeVisible();
    const box = await part.boundingBox();
    if (!box) throw new Error(`a part of ${name} takes no room`);
    return box;
  }));
  const left = Math.max(0, Math.min(...boxes.map((box) => box.x)) - margin);
  const top = Math.max(0, Math.min(...boxes.map((box) => box.y)) - margin);
  const right = Math.min(size.width, Math.max(...boxes.map((box) => box.x + box.width)) + margin);
  const bottom = Math.max(...boxes.map((box) => box.y + box.height)) + (isCut ? 0 : margin);
  const clip = { x: left, y: top, width: right - left, height: bottom - top };
  const taken = await page.screenshot({ ...(boxes.length > 0 && { clip }), animations: "disabled", caret: "hide" });
  await page.setViewportSize(size);
  await writeFile(FOLDER + name, new Uint8Array(taken));
  expect(taken.length, `the bytes of ${name}`).toBeLessThan(MOST_BYTES);
}

/** Makes the window as wide as a column of a document. */
export async function readable(page: Page): Promise<void> {
  await page.setViewportSize(READABLE);
}

/** Makes the window a phone's. */
export async function onPhone(page: Page): Promise<void> {
  await page.setViewportSize(PHONE);
}
