// Ways through the pages that several tests walk, by the names that people see.
import { expect, type Locator, type Page } from "@playwright/test";

import { COMPANY, PASSWORD, type Person } from "./people.ts";

/** The box before the heading that says what the previous press did. */
export const doneBox = (page: Page): Locator => page.getByRole("region", { name: "Done", exact: true });

/** The list of what to correct. */
export const errorSummary = (page: Page): Locator => page.getByRole("region", { name: "Please correct this form" });

/** The page's one heading of the first level. */
export const heading = (page: Page, words: string): Locator => page.getByRole("heading", { level: 1, name: words, exact: true });

/** The newest reset's state on a person's page. */
export const badge = (page: Page): Locator => page.getByRole("main").locator(".badge");

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

/** The address of a person's page. Leaves the browser on the list. */
export async function pageOf(page: Page, person: Person): Promise<string> {
  await page.goto(`/company?q=${encodeURIComponent(person.email)}`);
  // In the table: the frame has a link of the same words for whoever is signed in.
  const path = await page.getByRole("table").getByRole("link", { name: person.name, exact: true }).getAttribute("href");
  if (!path) throw new Error(`no link to ${person.name}`);
  return path;
}

/** How many CSS pixels the page can be scrolled sideways. */
export async function sideScroll(page: Page): Promise<number> {
  return page.evaluate(() => {
    scrollTo({ left: 10_000, behavior: "instant" });
    const left = scrollX;
    scrollTo({ left: 0, behavior: "instant" });
    return left;
  });
}
