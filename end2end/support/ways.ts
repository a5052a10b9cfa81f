// Ways through the pages that several tests walk, by the names that people see.
import { expect, type Locator, type Page } from "@playwright/test";

import { COMPANY, PASSWORD, type Person } from "./people.ts";

/** The box before the heading that says what the previous press did. */
export const doneBox = (page: Page): Locator => page.getByRole("region", { name: "Done", exact: true });

/** The box that says what failed, where it is not the form's fault. */
export const problemBox = (page: Page): Locator => page.getByRole("region", { name: "Problem", exact: true });

/** The box that says what is worth knowing. */
export const noteBox = (page: Page): Locator => page.getByRole("region", { name: "Note", exact: true });

/** The list of what to correct. */
export const errorSummary = (page: Page): Locator => page.getByRole("region", { name: "Please correct this form" });

/** The page's one heading of the first level. */
export const heading = (page: Page, words: string): Locator => page.getByRole("heading", { level: 1, name: words, exact: true });

/** The newest reset's state on a person's page. */
export const badge = (page: Page): Locator => page.getByRole("main").locator("p > .badge");

/** The steps of the newest reset on a person's page. */
export const steps = (page: Page): Locator => page.getByRole("list", { name: "Steps" }).getByRole("listitem");

/** The row of a person's newest reset in the tab `Resets`. */
export const resetOf = (page: Page, person: Person): Locator =>
  page.getByRole("table", { name: "Resets", exact: true }).getByRole("row")
    .filter({ has: page.getByRole("rowheader", { name: person.name, exact: true }) }).first();

/** The table of people. */
export const usersTable = (page: Page): Locator => page.getByRole("table", { name: `${COMPANY} users`, exact: true });

/** Its rows below the heads. */
export const people = (page: Page): Locator => usersTable(page).getByRole("row").filter({ has: page.getByRole("rowheader") });

/** Fills the sign-in form and presses its button. */
export async function submitSignIn(page: Page, email: string, password = PASSWORD): Promise<void> {
  await page.getByLabel("Email").fill(email);
  await page.getByRole("textbox", { name: "Password", exact: true }).fill(password);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
}

/** Fills the form of "Forgot password?" and presses its button. */
export async function submitAsk(page: Page, email: string): Promise<void> {
  await page.getByLabel("Email").fill(email);
  await page.getByRole("button", { name: "Send link" }).click();
}

/** Fills the form behind a mailed link and presses its button. */
export async function submitNewPassword(page: Page, password: string): Promise<void> {
  await page.getByLabel("New password").fill(password);
  await page.getByRole("button", { name: "Set new password" }).click();
}

/** A form was refused for these reasons and nothing else: the summary has the focus and says each with a link to its
 * field, the field says the same, and so does the title. */
export async function expectRefused(page: Page, reasons: readonly string[]): Promise<void> {
  const links = errorSummary(page).getByRole("link");
  await expect(links).toHaveText([...reasons]);
  await expect(errorSummary(page)).toBeFocused();
  await expect(page).toHaveTitle(/^Error: /);
  await expect(doneBox(page)).toHaveCount(0);
  for (const [index, reason] of reasons.entries()) {
    const id = await links.nth(index).getAttribute("href");
    const field = page.locator(id ?? "a link without an aim");
    await expect(field, reason).toHaveAttribute("aria-invalid", "true");
    await expect(field, reason).toHaveAccessibleDescription(new RegExp(reason.replaceAll(/[.?()]/g, "\\$&")));
  }
  await expect(page.locator("[aria-invalid=true]")).toHaveCount(reasons.length);
}

/** The same where the reason belongs to a group of choices, whose first the summary leads to. */
export async function expectChoiceRefused(page: Page, group: string, reason: string): Promise<void> {
  const links = errorSummary(page).getByRole("link");
  await expect(links).toHaveText([reason]);
  await expect(errorSummary(page)).toBeFocused();
  await expect(page).toHaveTitle(/^Error: /);
  const choices = page.getByRole("radiogroup", { name: group, exact: true });
  await expect(choices).toHaveAttribute("aria-invalid", "true");
  await expect(choices).toHaveAccessibleDescription(reason);
  const id = await links.getAttribute("href");
  await expect(choices.locator(id ?? "a link without an aim")).toHaveRole("radio");
}

/** On a person's page: presses the button, and reads that it worked. */
export async function pressReset(page: Page, person: Person): Promise<void> {
  await page.getByRole("button", { name: "Reset password" }).click();
  await expect(doneBox(page)).toHaveText(`Reset link for ${person.name} is on its way.`);
}

/** The newest reset on a person's page comes to this state. A reload shows it. */
export async function waitForBadge(page: Page, words: string): Promise<void> {
  await expect(async () => {
    await page.reload();
    await expect(badge(page)).toHaveText(words, { timeout: 1_000 });
  }).toPass();
}

/** Pastes these addresses and sends to everybody of them who can get a link; signed in as somebody who may. */
export async function sendToMany(page: Page, open: (page: Page, path: string) => Promise<void>, addresses: readonly string[]): Promise<void> {
  await open(page, "/company/resets/new");
  await page.getByLabel("Email addresses, one a line").fill(addresses.join("\n"));
  await page.getByRole("button", { name: "Check addresses" }).click();
  await page.getByRole("button", { name: /^Send \d+ links?$/ }).click();
  await expect(page.getByRole("heading", { level: 1, name: /^Reset links? for \d+ (person|people)$/ })).toBeVisible();
  await expect(async () => {
    await page.reload();
    await expect(page.getByText(/\d waiting/)).toHaveCount(0, { timeout: 1_000 });
  }).toPass();
}

/** From any page of somebody signed in to a person's page: company, search, name. */
export async function findPerson(page: Page, hydrated: (page: Page) => Promise<void>, person: Person): Promise<void> {
  await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Company" }).click();
  await expect(heading(page, COMPANY)).toBeVisible();
  await page.getByLabel("Search people").fill(person.name);
  await page.getByRole("button", { name: "Apply filters" }).click();
  await expect(people(page)).toHaveCount(1);
  await hydrated(page);
  await usersTable(page).getByRole("link", { name: person.name }).click();
  await expect(heading(page, person.name)).toBeVisible();
}

/** The address of a person's page. Leaves the browser on the list. `filter`: more of the list's query, such as
 * `&status=deleted`. */
export async function pageOf(page: Page, person: Person, filter = ""): Promise<string> {
  await page.goto(`/company?q=${encodeURIComponent(person.email)}${filter}`);
  // In the table: the frame has a link of the same words for whoever is signed in.
  const path = await page.getByRole("table").getByRole("link", { name: person.name, exact: true }).getAttribute("href");
  if (!path) throw new Error(`no link to ${person.name}`);
  return path;
}

/** Posts a form that no page has, and lands where the server's answer leads. */
export async function postByHand(page: Page, action: string, fields: Record<string, string>): Promise<void> {
  await Promise.all([
    page.waitForURL(`**${action}`),
    page.evaluate(([action, fields]) => {
      const form = document.createElement("form");
      form.method = "post";
      form.action = action;
      for (const [name, value] of Object.entries(fields)) {
        const field = document.createElement("input");
        field.type = "hidden";
        field.name = name;
        field.value = value;
        form.append(field);
      }
      document.body.append(form);
      form.submit();
    }, [action, fields] as const),
  ]);
}

/** How many CSS pixels the page can be scrolled sideways, to whichever side its direction lets it. */
export async function sideScroll(page: Page): Promise<number> {
  return page.evaluate(() => {
    const far = [10_000, -10_000].map((left) => {
      scrollTo({ left, behavior: "instant" });
      return Math.abs(scrollX);
    });
    scrollTo({ left: 0, behavior: "instant" });
    return Math.max(...far);
  });
}
