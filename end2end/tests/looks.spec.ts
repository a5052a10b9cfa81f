// What people set in their system: colours of their own, no motion, more contrast; and paper. Sizes, spacing and
// directions are in a11y.spec.ts.
import type { Locator, Page } from "@playwright/test";

import { Keys } from "../support/keys.ts";
import { BADGES, MAX, PEOPLE, UMA } from "../support/people.ts";
import { expect, test } from "../support/test.ts";
import { doneBox, expectRefused, heading, pageOf, people, pressReset, submitSignIn, usersTable } from "../support/ways.ts";

/** A border or ring that can be seen where backgrounds are gone: drawn, and of another colour than the page. */
const edge = (target: Locator, property: "border" | "outline") =>
  target.evaluate((element, property) => {
    const style = getComputedStyle(element);
    const read = (name: string) => style.getPropertyValue(`${property}-${name}`) || style.getPropertyValue(`${property}-left-${name}`);
    const page = getComputedStyle(document.documentElement).backgroundColor;
    return read("style") !== "none" && parseFloat(read("width")) >= 1 && read("color") !== page;
  }, property);

const animations = (page: Page) => page.evaluate(() => document.getAnimations().length);

test.describe("signed in as a manager", () => {
  test.use({ demo: "shared" });
  test.beforeEach(async ({ page, signIn }) => signIn(page, MAX.email));

  test("with colours of one's own, states, fields and the focus still have edges", async ({ page, open, clean }) => {
    await page.emulateMedia({ forcedColors: "active" });
    await open(page, "/company?size=100");
    expect(await page.evaluate(() => matchMedia("(forced-colors: active)").matches)).toBe(true);
    for (const [words, person] of BADGES) {
      const badge = people(page).filter({ hasText: person.name }).getByText(words, { exact: true });
      expect(await edge(badge, "border"), words).toBe(true);
    }
    for (const control of [page.getByLabel("Search people"), page.getByLabel("Role"), page.getByRole("button", { name: "Apply filters" })]) {
      expect(await edge(control, "border"), `${control}`).toBe(true);
    }
    const keys = new Keys(page);
    for (const stop of [page.getByRole("link", { name: "Dashboard" }), page.getByLabel("Search people"), page.getByLabel("Status"), page.getByRole("button", { name: "Email", exact: true })]) {
      await keys.to(stop);
      expect(await edge(stop, "outline"), `${stop}`).toBe(true);
    }
    const line = await page.getByRole("tab", { selected: true }).evaluate((tab) => parseFloat(getComputedStyle(tab).borderBlockEndWidth));
    expect(line, "the tab that is open has its line").toBeGreaterThanOrEqual(2);

    clean.expectStatus(422);
    await open(page, "/account");
    await page.getByLabel("Name").fill("");
    await page.getByRole("button", { name: "Save details" }).click();
    await expectRefused(page, ["Enter a name"]);
    const box = page.getByRole("region", { name: "Please correct this form" });
    expect(await box.evaluate((box) => parseFloat(getComputedStyle(box).borderInlineStartWidth) >= 1), "the summary's edge").toBe(true);
    expect(await edge(page.getByLabel("Name"), "border"), "the refused field").toBe(true);
  });

  test("more contrast gives lines and hints the text's colour", async ({ page, open }) => {
    await page.emulateMedia({ contrast: "more" });
    await open(page, "/company");
    const colors = await page.evaluate(() => {
      const color = (selector: string, property: string) => getComputedStyle(document.querySelector(selector) as Element).getPropertyValue(property);
      return [color("body", "color"), color(".muted", "color"), color("input[type=search]", "border-left-color"), color("tbody tr", "border-bottom-color")];
    });
    expect(new Set(colors).size, colors.join()).toBe(1);
  });

  test("on paper: every row, its states, and no controls", async ({ page, open }) => {
    await open(page, "/company?size=100");
    await page.emulateMedia({ media: "print" });
    await expect(people(page).filter({ visible: true })).toHaveCount(PEOPLE);
    for (const [words, person] of BADGES) await expect(people(page).filter({ hasText: person.name }).getByText(words, { exact: true }), words).toBeVisible();
    for (const control of [page.getByRole("navigation", { name: "Main" }), page.getByRole("search"), page.getByRole("tablist"), page.getByRole("button", { name: "Sign out" }), page.getByRole("navigation", { name: "Pages" })]) {
      await expect(control.filter({ visible: true }), `${control}`).toHaveCount(0);
    }
    await expect(usersTable(page).getByRole("columnheader", { name: "Last reset" })).toBeVisible();
    expect(await usersTable(page).locator("thead").evaluate((head) => getComputedStyle(head).display), "heads on each sheet").toBe("table-header-group");
    expect(await people(page).first().evaluate((row) => getComputedStyle(row).breakInside), "no row in two").toBe("avoid");

    const refused = BADGES.find(([words]) => words === "Mail refused");
    if (!refused) throw new Error("nobody's mail is refused");
    await page.emulateMedia({ media: "screen" });
    await open(page, await pageOf(page, refused[1]));
    await page.emulateMedia({ media: "print" });
    await expect(heading(page, refused[1].name)).toBeVisible();
    await expect(page.getByRole("main").getByRole("button").filter({ visible: true })).toHaveCount(0);
    await expect(page.getByText(/5\.1\.1/), "details are open").toBeVisible();
  });
});

test("the button that shows a password stands inside its field, at every width and in both directions @live", async ({ page, open, signIn }) => {
  await signIn(page, MAX.email);
  await open(page, "/account/password");
  for (const [label, name] of [["Current password", "Show current password"], ["New password", "Show new password"]] as const) {
    const field = page.getByLabel(label, { exact: true });
    const button = page.getByRole("button", { name, exact: true });
    for (const dir of ["ltr", "rtl"]) {
      await page.evaluate((dir) => document.documentElement.setAttribute("dir", dir), dir);
      for (const width of [1280, 320]) {
        await page.setViewportSize({ width, height: 800 });
        const [outer, inner] = [await field.boundingBox(), await button.boundingBox()];
        if (!outer || !inner) throw new Error("no box");
        expect(inner.x, `${name}, ${dir}, ${width}`).toBeGreaterThanOrEqual(outer.x);
        expect(inner.x + inner.width).toBeLessThanOrEqual(outer.x + outer.width);
        expect([inner.y, inner.height]).toEqual([outer.y, outer.height]);
        const [left, right] = [inner.x - outer.x, outer.x + outer.width - inner.x - inner.width];
        expect(dir === "ltr" ? right : left, "at the end of the line").toBeLessThan(8);
      }
    }
  }
});

test("a heading that takes the focus has no frame around it", async ({ page, open, hydrated }) => {
  await open(page, "/reset-password");
  await page.getByLabel("Email").fill(UMA.email);
  await page.keyboard.press("Enter");
  await expect(heading(page, "Check your email")).toBeFocused();
  expect(await edge(heading(page, "Check your email"), "outline")).toBe(false);
  await hydrated(page);
});

test("what ends something for somebody looks like it, and nothing else does", async ({ page, open, signIn }) => {
  await signIn(page, MAX.email);
  await open(page, await pageOf(page, UMA));
  const tone = (target: Locator, property: string) => target.evaluate((element, property) => getComputedStyle(element).getPropertyValue(property), property);
  const danger = "rgb(153, 33, 26)";
  const leads = page.getByRole("link", { name: "Delete user" });
  expect(await tone(leads, "color")).toBe(danger);
  expect(await tone(page.getByRole("button", { name: "Reset password" }), "background-color")).not.toBe(danger);
  await leads.click();
  expect(await tone(page.getByRole("button", { name: "Delete user" }), "background-color")).toBe(danger);
});

test("a company's notice begins where everything else begins, in both directions", async ({ page, open, signIn, hydrated }) => {
  await signIn(page, MAX.email);
  await open(page, "/company/edit");
  await page.getByLabel("Banner").fill("Maintenance on Friday.");
  await page.getByRole("button", { name: "Save company details" }).click();
  await expect(page.getByText("Maintenance on Friday.")).toBeVisible();
  await hydrated(page);
  const starts = () => page.evaluate(() => ["#notice", "h1"].map((selector) => {
    const words = document.createRange();
    words.selectNodeContents(document.querySelector(selector) as Element);
    const { left, right } = words.getBoundingClientRect();
    return Math.round(document.documentElement.dir === "rtl" ? right : left);
  }));
  for (const dir of ["ltr", "rtl"]) {
    await page.evaluate((dir) => document.documentElement.setAttribute("dir", dir), dir);
    for (const width of [1280, 390]) {
      await page.setViewportSize({ width, height: 800 });
      const [notice, title] = await starts();
      expect(notice, `${dir}, ${width}`).toBe(title);
    }
  }
});

test("nothing moves for whoever wants no motion", async ({ page, open, hydrated, isLive, clean }) => {
  await page.emulateMedia({ reducedMotion: "reduce" });
  clean.expectStatus(422);
  await open(page, "/login");
  await page.getByRole("button", { name: "Sign in" }).click();
  await expectRefused(page, ["Enter your email", "Enter your password"]);
  expect(await animations(page), "a refusal").toBe(0);
  await hydrated(page);
  await submitSignIn(page, MAX.email);
  await expect(heading(page, "Dashboard")).toBeVisible();
  expect(await animations(page), "signing in").toBe(0);
  await hydrated(page);
  await open(page, await pageOf(page, UMA));
  await pressReset(page, UMA);
  expect(await animations(page), "a reset").toBe(0);
  await hydrated(page);
  if (isLive) {
    await page.getByRole("link", { name: "Company", exact: true }).click();
    await expect(usersTable(page)).toBeVisible();
    expect(await animations(page), "another page").toBe(0);
  }
  await expect(doneBox(page)).toHaveCount(isLive ? 0 : 1);
  expect(await page.evaluate(() => getComputedStyle(document.documentElement).scrollBehavior)).toBe("auto");
});

test("the head of a page is two rows on every phone, whatever its width", async ({ page, open, signIn, clean }) => {
  clean.expectStatus(404);
  await signIn(page, MAX.email);
  for (const path of ["/dashboard", "/account", "/nowhere"]) {
    await open(page, path);
    for (const width of [320, 360, 375, 384, 390, 393, 412, 430, 480]) {
      await page.setViewportSize({ width, height: 844 });
      const head = await page.getByRole("banner").boundingBox();
      expect(head?.height, `${path} at ${width}`).toBeLessThan(width < 360 ? 155 : 110);
    }
  }
});
