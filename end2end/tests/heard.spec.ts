// The main job as a screen reader says it: a virtual one reads the page from its beginning, phrase by phrase. It stands in for no real
// one (NVDA, VoiceOver), but what it can't say in a sensible order, they can't either.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

import type { Page } from "@playwright/test";

import { MAX, UMA } from "../support/people.ts";
import { expect, test } from "../support/test.ts";
import { badge, pageOf, pressReset } from "../support/ways.ts";

const READER = readFileSync(createRequire(import.meta.url).resolve("@guidepup/virtual-screen-reader/browser.js"), "utf8");

// The reader is put into the page from outside, which its policy would refuse.
test.use({ bypassCSP: true });

/** Everything that is said of this part of the page, from its beginning to its end. */
async function heard(page: Page, part: string): Promise<string[]> {
  return page.evaluate(async ([code, selector]) => {
    const { virtual } = await import(URL.createObjectURL(new Blob([code], { type: "text/javascript" })));
    const container = document.querySelector(selector);
    await virtual.start({ container });
    const [first] = await virtual.spokenPhraseLog();
    const said = [first];
    for (;;) {
      await virtual.next();
      const phrase = await virtual.lastSpokenPhrase();
      // Past its end it begins again.
      if (phrase === first || said.length > 500) break;
      said.push(phrase);
    }
    await virtual.stop();
    return said;
  }, [READER, part] as const);
}

/** These phrases are said in this order, with others between them. */
function expectInOrder(said: string[], phrases: readonly (string | RegExp)[]): void {
  let from = 0;
  for (const phrase of phrases) {
    const fits = (one: string) => (typeof phrase === "string" ? one === phrase : phrase.test(one));
    const found = said.slice(from).findIndex(fits);
    expect(found, `${phrase} after ${said[from - 1] ?? "the beginning"} in:\n${said.join("\n")}`).toBeGreaterThanOrEqual(0);
    from += found + 1;
  }
}

test("signing in is heard in the order in which it is done @live", async ({ page, open }) => {
  await open(page, "/login");
  const said = await heard(page, "main");
  expectInOrder(said, [
    "main", "heading, Sign in, level 1", "textbox, Email", "Password", "button, Show password",
    "checkbox, Keep me signed in on this device, not checked", "button, Sign in", "link, Forgot password?", "end of main",
  ]);
});

test("a person is found, helped, and heard of @live", async ({ page, open, signIn }) => {
  await signIn(page, MAX.email);
  await open(page, "/company?q=uma@");
  expectInOrder(await heard(page, "main"), [
    "heading, Blue Heron Logistics, level 1", "tab, Blue Heron Logistics users, selected, 1 control, position 1, set size 2",
    "searchbox, Search people, uma@", "1 person", "columnheader, Name, sorted in ascending order", "checkbox, Select Uma User, not checked",
    "link, Uma User", "cell, User", "cell, Active", "button, Send reset links to selected",
  ]);
  await open(page, await pageOf(page, UMA));
  await pressReset(page, UMA);
  await expect(badge(page)).toHaveText("Mail accepted");
  expectInOrder(await heard(page, "main"), [
    "region, Done", "Reset link for Uma User is on its way.", "navigation, Breadcrumb", "link, Blue Heron Logistics users",
    "heading, Uma User, level 1", /^button, Reset password, A link from .+ still works, until a new mail is accepted\.$/,
    "heading, Password resets, level 2", "heading, Latest, level 3", "Mail accepted", /That does not prove it reached the inbox\.$/,
    /^list, Stages/, "button, Send again", "button, Revoke", /^list, Steps/, "heading, Details, level 2", "textbox, Name, Uma User",
    "button, Save details",
  ]);
});

test("the page behind the link is heard in the order in which it is done @live", async ({ page, open, linkFor }) => {
  await open(page, await linkFor(UMA));
  expectInOrder(await heard(page, "main"), [
    "heading, Set a new password, level 1", /Asked for by Max Manager/, /^textbox, Email, uma@blueheron\.example/, /New password/,
    /^At least 15 characters/, "button, Show password", "button, Set new password", "link, I did not expect this",
  ]);
});
