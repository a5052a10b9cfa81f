// Linked companies: switching, acting there, two tabs in two companies, and an access that ends.
import { ADA, COMPANY, MAX, NORD, UMA } from "../support/people.ts";
import { expect, test } from "../support/test.ts";
import { doneBox, heading, pageOf, problemBox } from "../support/ways.ts";
import type { Page } from "@playwright/test";

const NORA = "Nora Fjell";

const bar = (page: Page) => page.getByRole("region", { name: `You are acting in ${NORD}`, exact: true });

test.beforeEach(async ({ page, signIn }) => signIn(page, MAX.email));

test("there, a reset for somebody, and back", async ({ page, open, hydrated, signIn, anotherBrowser, mailsTo }) => {
  await open(page, "/settings");
  await page.getByRole("link", { name: "Linked companies" }).click();
  await expect(heading(page, "Linked companies")).toBeVisible();
  await page.getByRole("button", { name: `Switch to ${NORD}` }).click();
  await expect(bar(page)).toBeVisible();
  await hydrated(page);
  await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Company" }).click();
  await expect(heading(page, NORD)).toBeVisible();
  await page.getByRole("table").getByRole("link", { name: NORA }).click();
  await expect(heading(page, NORA)).toBeVisible();
  await expect(bar(page)).toBeVisible();
  await page.getByRole("button", { name: "Reset password" }).click();
  await expect(doneBox(page)).toHaveText(`Reset link for ${NORA} is on its way.`);
  const [mail] = await mailsTo("person02@heronnord.example");
  expect(mail?.text.replaceAll(/\s+/g, " ")).toContain(`${MAX.name} of ${COMPANY}`);

  const nils = await anotherBrowser();
  await signIn(nils, "person01@heronnord.example");
  await open(nils, "/company?tab=resets");
  await expect(nils.getByRole("row").filter({ hasText: NORA })).toContainText(`${MAX.name} of ${COMPANY}`);

  await page.getByRole("button", { name: `Back to ${COMPANY}` }).click();
  await expect(heading(page, "Dashboard")).toBeVisible();
  await expect(bar(page)).toHaveCount(0);
  await hydrated(page);
});

test("a form of the other tab does nothing", async ({ page, open, hydrated, clean, context, isLive }) => {
  clean.expectStatus(409);
  const path = await pageOf(page, UMA);
  await open(page, path);
  const switched = await context.newPage();
  await switched.goto("/companies");
  await hydrated(switched);
  await switched.getByRole("button", { name: `Switch to ${NORD}` }).click();
  await expect(bar(switched)).toBeVisible();
  await hydrated(switched);

  await page.getByRole("button", { name: "Reset password" }).click();
  const words = `You now act in ${NORD}. Nothing was done.`;
  if (isLive) await expect(problemBox(page)).toContainText(words);
  else await expect(page.getByText(words)).toBeVisible();
});

test("an access that was taken away ends, and is told once", async ({ page, open, hydrated, signIn, anotherBrowser }) => {
  await open(page, "/companies");
  await page.getByRole("button", { name: `Switch to ${NORD}` }).click();
  await expect(bar(page)).toBeVisible();
  await hydrated(page);
  const ada = await anotherBrowser();
  await signIn(ada, ADA.email);
  await open(ada, await pageOf(ada, MAX));
  await ada.getByRole("button", { name: `Remove access to ${NORD}` }).click();
  await expect(doneBox(ada)).toHaveText(`The access of ${MAX.name} is removed. It counts at once.`);
  await hydrated(ada);

  // With script the page finds out by its data, and is loaded anew.
  await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Company" }).click();
  await expect(heading(page, COMPANY)).toBeVisible();
  await expect(page.getByRole("region", { name: "Note" })).toHaveText(`You can't act in ${NORD} any more. You act in ${COMPANY} again.`);
  await expect(bar(page)).toHaveCount(0);
  await hydrated(page);
});
