// The tab `Activity`: what was done stands there in a sentence, can be found, and taken away.
import { ADA, COMPANY, UMA } from "../support/people.ts";
import { expect, test } from "../support/test.ts";
import { pageOf, pressReset } from "../support/ways.ts";

test("an administrator finds what was done, and takes it away", async ({ page, open, hydrated, signIn }) => {
  await signIn(page, ADA.email);
  await open(page, await pageOf(page, UMA));
  await pressReset(page, UMA);
  await hydrated(page);
  await open(page, "/company");
  await page.getByRole("tab", { name: "Activity" }).click();
  const table = page.getByRole("table", { name: "Activity" });
  await expect(table.getByRole("columnheader")).toHaveText(["When", "Who", "What", "Whom"]);
  await expect(table.getByText(`${ADA.name} asked for a reset link for ${UMA.name}`)).toBeVisible();
  await page.getByLabel("Search activity").fill("nobody at all");
  await page.getByRole("button", { name: "Apply filters" }).click();
  await expect(page.getByText("No activity matches.")).toBeVisible();
  await page.getByRole("link", { name: "Clear filters" }).click();
  await expect(table).toBeVisible();
  for (const label of ["From", "To"]) await expect(page.getByLabel(label, { exact: true })).toHaveAttribute("type", "date");

  const download = page.waitForEvent("download");
  await page.getByRole("link", { name: "Download CSV" }).click();
  expect((await download).suggestedFilename()).toBe("activity.csv");
  await expect(page.getByRole("link", { name: "Download JSON Lines" })).toHaveAttribute("href", /^\/company\/activity\.jsonl/);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(COMPANY);
});
