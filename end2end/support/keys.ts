// The keyboard and nothing else. Wherever Tab stops it looks whether the focus can be seen, and whether the stop before
// has lost its ring. It must not know what a page is for.
import { type JSHandle, type Locator, type Page, expect } from "@playwright/test";

/** Where the focus is. */
type Stop = {
  /** What to call it in a message. */
  name: string;
  /** Nothing is focused: before the first stop, or after the last. */
  isNowhere: boolean;
  /** In CSS pixels of the document. */
  top: number;
  bottom: number;
  /** Why it can't be seen. */
  problems: string[];
};

/** Runs in the page. */
function describe(): Stop {
  const element = document.activeElement;
  if (!element || element === document.body) return { name: "nothing", isNowhere: true, top: 0, bottom: 0, problems: [] };
  const words = (element as HTMLInputElement).labels?.[0]?.textContent ?? element.getAttribute("aria-label") ?? element.textContent ?? "";
  const name = `${element.tagName.toLowerCase()} ${words.trim().replaceAll(/\s+/g, " ").slice(0, 60)}`;
  const { left, top, right, bottom } = element.getBoundingClientRect();
  const problems: string[] = [];

  const brightness = (color: string) => {
    const channels = (color.match(/[\d.]+/g) ?? []).slice(0, 3).map((channel) => {
      const part = Number(channel) / 255;
      return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
    });
    const [red = 0, green = 0, blue = 0] = channels;
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const style = getComputedStyle(element);
  const [one, other] = [style.outlineColor, getComputedStyle(document.documentElement).backgroundColor].map(brightness);
  const contrast = (Math.max(one ?? 0, other ?? 0) + 0.05) / (Math.min(one ?? 0, other ?? 0) + 0.05);
  // The skip link's aim is no control, so it has no ring.
  if (element.tagName !== "MAIN") {
    if (style.outlineStyle === "none" || parseFloat(style.outlineWidth) < 2) problems.push(`no ring: ${style.outline}`);
    else if (contrast < 3) problems.push(`a ring of contrast ${contrast.toFixed(1)}: ${style.outlineColor}`);
    const middle = document.elementFromPoint((Math.max(left, 0) + Math.min(right, innerWidth)) / 2, (Math.max(top, 0) + Math.min(bottom, innerHeight)) / 2);
    if (!middle || !(element.contains(middle) || middle.contains(element))) problems.push(`covered, or out of sight: ${middle?.outerHTML.slice(0, 80)}`);
    if (middle && middle !== element && middle.contains(element) && getComputedStyle(element).display !== "inline") problems.push(`behind: ${middle.tagName}`);
  }
  return { name, isNowhere: false, top: top + scrollY, bottom: bottom + scrollY, problems };
}

/** Everything that Tab should stop at, in the document's order. Runs in the page. */
function stops(): string[] {
  const found: string[] = [];
  const before = document.activeElement;
  const all = document.querySelectorAll("a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex='0']");
  for (const element of all) {
    if (!element.checkVisibility({ visibilityProperty: true }) || (element as HTMLElement).tabIndex < 0) continue;
    // Tab stops at the chosen one of several; the arrows lead to the others.
    const { type, name, checked, form } = element as HTMLInputElement;
    if (type === "radio" && !checked && form?.querySelector(`input[type=radio][name="${name}"]:checked`)) continue;
    const words = (element as HTMLInputElement).labels?.[0]?.textContent ?? element.getAttribute("aria-label") ?? element.textContent ?? "";
    found.push(`${element.tagName.toLowerCase()} ${words.trim().replaceAll(/\s+/g, " ").slice(0, 60)}`);
  }
  if (before !== document.activeElement) throw new Error("looking moved the focus");
  return found;
}

export class Keys {
  readonly #page: Page;
  #before: JSHandle<Element | null> | undefined;

  constructor(page: Page) {
    this.#page = page;
  }

  /** One stop on, or back. */
  async tab(key: "Tab" | "Shift+Tab" = "Tab"): Promise<Stop> {
    await this.#page.keyboard.press(key);
    const stop = await this.#page.evaluate(describe);
    expect(stop.problems, stop.name).toEqual([]);
    // A ring that is always there tells nobody where they are. Another page has taken the stop before away.
    const left = await this.#before?.evaluate((element) => (!element?.isConnected || element === document.activeElement ? "none" : getComputedStyle(element).outlineStyle)).catch(() => "none");
    expect(left ?? "none", `what the focus left before ${stop.name}`).toBe("none");
    this.#before = await this.#page.evaluateHandle(() => document.activeElement);
    return stop;
  }

  /** Tab until the focus is there. */
  async to(target: Locator, most = 120): Promise<void> {
    await expect(target).toBeVisible();
    const passed: string[] = [];
    while (passed.length < most) {
      if (await target.evaluate((element) => element === document.activeElement)) return;
      passed.push((await this.tab()).name);
    }
    throw new Error(`${target} was not reached; passed were ${passed.join(" · ")}`);
  }

  /** Tab to it, and press it. */
  async press(target: Locator, key: "Enter" | "Space" = "Enter"): Promise<void> {
    await this.to(target);
    await this.#page.keyboard.press(key);
  }

  /** Tab to a field, and type in place of what stood there. */
  async type(target: Locator, text: string): Promise<void> {
    await this.to(target);
    await this.#page.keyboard.press("ControlOrMeta+A");
    await this.#page.keyboard.type(text);
  }

  /** Tab to a select, and choose with the arrows. */
  async choose(target: Locator, option: string): Promise<void> {
    await this.to(target);
    const chosen = target.locator("option:checked");
    const all = await target.getByRole("option").allTextContents();
    const steps = all.indexOf(option) - all.indexOf((await chosen.textContent()) ?? "");
    for (let step = 0; step < Math.abs(steps); step++) await this.#page.keyboard.press(steps > 0 ? "ArrowDown" : "ArrowUp");
    await expect(chosen).toHaveText(option);
  }

  /** Tab from the document's start to its end and back: every control once, in the document's order, never upwards,
   * and never held. Gives what was passed. */
  async walk(): Promise<string[]> {
    const all = await this.#page.evaluate(stops);
    const there: Stop[] = [];
    while (there.length < all.length) there.push(await this.tab());
    expect(there.map(({ name }) => name)).toEqual(all);
    // Out of the page, or, where the window has nothing else, to its start.
    const after = await this.tab();
    expect(after.isNowhere || after.name === all[0], `the last stop lets go: ${after.name}`).toBe(true);
    for (const [index, stop] of there.entries()) {
      const before = there[index - 1];
      // The skip link lies over the page while it shows.
      if (before && index > 1) expect(stop.bottom, `${stop.name} comes after ${before.name}`).toBeGreaterThan(before.top);
    }
    const back: string[] = [];
    while (back.length < all.length) {
      const stop = await this.tab("Shift+Tab");
      if (back.length > 0 || !stop.isNowhere) back.push(stop.name);
    }
    expect(back).toEqual(all.toReversed());
    return all;
  }
}
