// Firefox, driven by WebDriver BiDi: what is on a page is found, pressed and filled by the words that people see. It must not
// know Rekey.
// With scripts off Firefox still runs ours, but no timer, promise or observer of a page: what puppeteer waits for inside of a
// page never comes, its own `click` and most of its selectors included. So nothing here waits in the page; what is waited for
// is looked at again from outside. Firefox's own search by role and name would do as well, but takes a third of a test's time.
import puppeteer, { type Browser, type ElementHandle, type Page } from "puppeteer-core";

/** How long what is waited for may take. */
const LIMIT_MS = 15_000;
const AGAIN_MS = 50;

/** Elements that are found by their words; a field by those of its label. */
const KINDS = { button: "button", link: "a[href]:not([role])", tab: "[role=tab]", field: "label" };

type Kind = keyof typeof KINDS;

/** Starts the Firefox that REKEY_FIREFOX names, Debian's if it names none. `isLive`: its pages may run scripts. */
export async function startFirefox(isLive: boolean): Promise<Browser> {
  return puppeteer.launch({
    browser: "firefox",
    executablePath: process.env.REKEY_FIREFOX || "/usr/bin/firefox-esr",
    headless: true,
    // What Firefox does not answer by then it never will.
    protocolTimeout: LIMIT_MS,
    extraPrefsFirefox: { "javascript.enabled": isLive },
  });
}

/** Looks until it succeeds; the last failure is told. */
export async function eventually<T>(look: () => Promise<T>, limitMs = LIMIT_MS): Promise<T> {
  const giveUpAt = Date.now() + limitMs;
  for (;;) {
    try {
      return await look();
    } catch (error) {
      if (Date.now() > giveUpAt) throw error;
    }
    await new Promise((later) => setTimeout(later, AGAIN_MS));
  }
}

/** The one element of this kind that shows these words. */
export async function find(page: Page, kind: Kind, words: string): Promise<ElementHandle<HTMLElement>> {
  return eventually(async () => {
    const found = await page.evaluateHandle((selector, words) => {
      const all = Array.from(document.querySelectorAll<HTMLElement>(selector));
      const [one, ...more] = all.filter((element) => element.innerText.trim() === words && element.checkVisibility());
      if (!one || more.length > 0) throw new Error(`${one ? 1 + more.length : 0} times on ${location.pathname}: ${selector} "${words}"`);
      return one instanceof HTMLLabelElement ? one.control : one;
    }, KINDS[kind], words);
    const element = found.asElement();
    if (!element) throw new Error(`no field has the label "${words}"`);
    return element as ElementHandle<HTMLElement>;
  });
}

/** The field of this label. */
export async function findField(page: Page, label: string): Promise<ElementHandle<HTMLInputElement>> {
  return (await find(page, "field", label)) as ElementHandle<HTMLInputElement>;
}

/** Clicks in the middle of it. */
export async function press(page: Page, kind: Kind, words: string): Promise<void> {
  const { x, y } = await eventually(async () => {
    const element = await find(page, kind, words);
    return element.evaluate((element) => {
      element.scrollIntoView({ block: "center", behavior: "instant" });
      const box = element.getBoundingClientRect();
      const middle = { x: box.x + box.width / 2, y: box.y + box.height / 2 };
      if (!element.contains(document.elementFromPoint(middle.x, middle.y))) throw new Error("something covers it");
      return middle;
    });
  });
  await page.mouse.click(x, y);
}

/** Types it into the field, in place of what is in there. */
export async function fill(page: Page, label: string, text: string): Promise<void> {
  const field = await findField(page, label);
  await field.evaluate((field) => {
    field.focus();
    field.select();
  });
  await page.keyboard.type(text);
}

/** The text of every element of this selector that is shown. */
export async function texts(page: Page, selector: string): Promise<string[]> {
  return page.evaluate((selector) => {
    const all = Array.from(document.querySelectorAll<HTMLElement>(selector));
    return all.filter((element) => element.checkVisibility()).map((element) => element.innerText);
  }, selector);
}

/** What the address bar shows, from the path on. Puppeteer's own `url` misses a page that comes out of the history's cache. */
export async function address(page: Page): Promise<string> {
  return page.evaluate(() => location.pathname + location.search);
}
