// Somebody changes the page on its way, or in the browser (K13): proxies take comments out or hide addresses, password
// managers put elements beside fields, translators wrap every text. Whatever that does to the live parts, everything works:
// at worst the forms are plain ones.
import type { Page } from "@playwright/test";

import { linkIn, type Mail } from "../support/mail.ts";
import { MAX, NEW_PASSWORD, PASSWORD, UMA } from "../support/people.ts";
import { expect, test } from "../support/test.ts";
import { badge, doneBox, findPerson, heading, pageOf, submitSignIn } from "../support/ways.ts";

/** What is done to each document before the browser reads it. */
const ON_THE_WAY: Record<string, (html: string) => string> = {
  "comments are taken out": (html) => html.replaceAll(/<!--[^]*?-->/g, ""),
  "addresses are hidden": (html) =>
    html.replaceAll(/>([^<]*)</g, (_, text: string) =>
      `>${text.replaceAll(/[\w.+-]+@[\w-]+(\.[\w-]+)+/g, '<a href="/cdn-cgi/l/email-protection">[email protected]</a>')}<`),
  "elements stand beside fields": (html) =>
    html.replaceAll(/(<input\b[^>]*>)/g, "$1<div></div>").replaceAll(/(<(?:body|form)\b[^>]*>)/g, "$1<div></div>"),
};

/** What a translator does to a page that is live already. */
const translate = (page: Page): Promise<void> =>
  page.evaluate(() => {
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const texts: Text[] = [];
    while (walker.nextNode()) texts.push(walker.currentNode as Text);
    for (const text of texts) {
      if (!text.data.trim() || text.parentElement?.closest("script, style, option, textarea")) continue;
      const font = document.createElement("font");
      text.replaceWith(font);
      font.append(text);
    }
  });

/** Signs in, finds somebody, resets their password, withdraws the link, sends another, and sets a password by it. */
async function wholeJob(
  page: Page, other: Page, mailsTo: (address: string, atLeast?: number) => Promise<Mail[]>,
  settled: (page: Page) => Promise<void>,
): Promise<void> {
  const open = async (where: Page, path: string) => {
    await where.goto(path);
    await settled(where);
  };
  await open(page, "/login");
  await page.getByLabel("Email").fill(MAX.email);
  await submitSignIn(page, MAX.email, PASSWORD);
  await expect(heading(page, "Dashboard")).toBeVisible();
  await settled(page);
  await findPerson(page, settled, UMA);
  await settled(page);
  await page.getByRole("button", { name: "Reset password" }).click();
  await expect(doneBox(page)).toHaveText(`Reset link for ${UMA.name} is on its way.`);
  await mailsTo(UMA.email);
  await open(page, await pageOf(page, UMA));
  await page.getByRole("button", { name: "Revoke", exact: true }).click();
  await expect(doneBox(page)).toHaveText(`No link for ${UMA.name} works any more.`);
  await expect(async () => {
    await open(page, page.url());
    await expect(badge(page)).toHaveText("Revoked", { timeout: 1_000 });
  }).toPass();
  await page.getByRole("button", { name: "Send again", exact: true }).click();
  await expect(doneBox(page)).toHaveText(`Reset link for ${UMA.name} is on its way.`);
  const mails = await mailsTo(UMA.email, 3);
  await open(other, linkIn(mails.find(({ links }) => links.some((link) => link.includes("/reset-password/")))));
  const field = other.getByLabel("New password");
  await field.fill(NEW_PASSWORD);
  await expect(field).toBeFocused();
  await other.getByRole("button", { name: "Set new password" }).click();
  await expect(heading(other, "Sign in")).toBeVisible();
}

for (const [what, change] of Object.entries(ON_THE_WAY)) {
  test(`k13 ${what} @live`, async ({ page, clean, anotherBrowser, mailsTo }) => {
    test.slow();
    clean.expectFailures();
    const other = await anotherBrowser();
    for (const where of [page, other]) {
      await where.route("**/*", async (route) => {
        if (route.request().resourceType() !== "document") return route.continue();
        const answer = await route.fetch({ maxRedirects: 0 });
        const isPage = answer.headers()["content-type"]?.startsWith("text/html");
        return isPage ? route.fulfill({ response: answer, body: change(await answer.text()) }) : route.fulfill({ response: answer });
      });
    }
    // It comes to life, or is given back: either is settled once the script has run.
    const settled = async (where: Page) => {
      await where.waitForLoadState("load");
      await where.waitForTimeout(300);
    };
    await wholeJob(page, other, mailsTo, settled);
  });
}

test("k13 every text is wrapped once the page is live @live", async ({ page, clean, anotherBrowser, hydrated, mailsTo }) => {
  test.slow();
  clean.expectFailures();
  const settled = async (where: Page) => {
    await hydrated(where);
    await translate(where);
  };
  await wholeJob(page, await anotherBrowser(), mailsTo, settled);
});

test("k13 what was typed before the live parts failed is kept, and the form is a plain one @live", async ({ page, clean }) => {
  clean.expectFailures();
  await page.route("**/*", async (route) => {
    if (route.request().resourceType() !== "document") return route.continue();
    const answer = await route.fetch({ maxRedirects: 0 });
    const body = (await answer.text()).replaceAll(/<!--[^]*?-->/g, "");
    return route.fulfill({ response: answer, body });
  });
  await page.goto("/login");
  const email = page.getByLabel("Email");
  await email.fill(MAX.email);
  await page.waitForTimeout(500);
  await expect(email).toHaveValue(MAX.email);
  await expect(email).toBeFocused();
  const posted = page.waitForRequest((request) => request.isNavigationRequest() && request.method() === "POST");
  await submitSignIn(page, MAX.email);
  expect(new URL((await posted).url()).pathname).toBe("/login");
  await expect(heading(page, "Dashboard")).toBeVisible();
});
