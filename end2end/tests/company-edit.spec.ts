// The company's details, by an administrator and by a manager: they show to everybody at once.
import { ADA, COMPANY, MAX, UMA } from "../support/people.ts";
import { expect, test } from "../support/test.ts";
import { doneBox, expectRefused, heading, problemBox } from "../support/ways.ts";

const SAVE = "Save company details";

test("an administrator changes them: refused in place, saved, shown", async ({ page, open, hydrated, clean, signIn, anotherBrowser }) => {
  clean.expectStatus(422);
  await signIn(page, ADA.email);
  await open(page, "/company");
  await page.getByRole("link", { name: "Edit company details" }).click();
  await expect(heading(page, "Edit company details")).toBeVisible();
  await page.getByLabel("Website").fill("blueheron.example");
  await page.getByLabel("Banner").fill("Closed on Friday");
  await page.getByRole("radio", { name: "Teal" }).check();
  await page.getByRole("button", { name: SAVE }).click();
  await expectRefused(page, ["Enter a website like https://example.com"]);
  await hydrated(page);
  await expect(page.getByLabel("Banner")).toHaveValue("Closed on Friday");
  await expect(page.getByRole("radio", { name: "Teal" })).toBeChecked();
  await page.getByLabel("Website").fill("https://blueheron.example");
  await page.getByRole("button", { name: SAVE }).click();
  await expect(doneBox(page)).toHaveText("The company's details are saved.");
  await expect(page.locator("html")).toHaveAttribute("data-accent", "teal");
  await hydrated(page);

  const other = await anotherBrowser();
  await signIn(other, UMA.email);
  await open(other, "/dashboard");
  await expect(other.getByRole("region", { name: `Notice from ${COMPANY}` })).toContainText("Closed on Friday");

  // Empty takes it away again, with script and without.
  await open(page, "/company/edit");
  await page.getByLabel("Banner").fill("");
  await page.getByRole("radio", { name: "Blue" }).check();
  await page.getByRole("button", { name: SAVE }).click();
  await expect(doneBox(page)).toHaveText("The company's details are saved.");
  await expect(page.getByRole("region", { name: `Notice from ${COMPANY}` })).toHaveCount(0);
  await hydrated(page);
});

test("two who edit at once: the second is told, and may replace", async ({ page, open, hydrated, clean, signIn, anotherBrowser }) => {
  clean.expectStatus(409);
  await signIn(page, MAX.email);
  const other = await anotherBrowser();
  await signIn(other, ADA.email);
  await open(other, "/company/edit");
  await open(page, "/company/edit");
  await expect(page.getByLabel("Company name")).toHaveCount(0);
  await page.getByLabel("Phone").fill("+49 30 1");
  await page.getByRole("button", { name: SAVE }).click();
  await expect(doneBox(page)).toHaveText("The company's details are saved.");
  await hydrated(page);
  await other.getByLabel("Phone").fill("+49 30 2");
  await other.getByRole("button", { name: SAVE }).click();
  await expect(problemBox(other)).toContainText("Somebody changed these details meanwhile.");
  await hydrated(other);
  await expect(other.getByLabel("Phone")).toHaveValue("+49 30 2");
  await other.getByRole("button", { name: SAVE }).click();
  await expect(doneBox(other)).toHaveText("The company's details are saved.");
  await hydrated(other);
});

test("a notice is posted alone: refused in place, saved, shown", async ({ page, open, hydrated, clean, signIn }) => {
  clean.expectStatus(422);
  await signIn(page, MAX.email);
  await open(page, "/company");
  await page.getByRole("link", { name: "Post a notice" }).click();
  await expect(heading(page, "Post a notice")).toBeVisible();
  await hydrated(page);
  const field = page.getByLabel("Notice", { exact: true });
  await field.fill("x".repeat(1_000));
  await page.getByRole("button", { name: "Save notice" }).click();
  await expect(field).toHaveAttribute("aria-invalid", "true");
  await expect(field).toHaveValue("x".repeat(1_000));
  await hydrated(page);
  await field.fill("Closed on Friday");
  await page.getByRole("button", { name: "Save notice" }).click();
  await expect(doneBox(page)).toHaveText("The company's details are saved.");
  await expect(page.getByRole("region", { name: `Notice from ${COMPANY}` })).toContainText("Closed on Friday");
  await hydrated(page);
});
