// Importing people, by a manager: refused in place, checked line by line, invited.
import { linkIn } from "../support/mail.ts";
import { MAX, UMA } from "../support/people.ts";
import { expect, test } from "../support/test.ts";
import { expectRefused, heading } from "../support/ways.ts";

const LIST = `Name;Email;Role
Ana Lima;ana@blueheron.example;
Uma;${UMA.email};user
Bo;bo at heron;user
Cy Diaz;cy@blueheron.example;Read only
`;

test.beforeEach(async ({ page, signIn }) => signIn(page, MAX.email));

test("pasted lines: refused in place, checked, invited", async ({ page, open, hydrated, clean, mailsTo }) => {
  clean.expectStatus(422);
  await open(page, "/company");
  await page.getByRole("link", { name: "Import users" }).click();
  await expect(heading(page, "Import users")).toBeVisible();
  await page.getByRole("button", { name: "Check lines" }).click();
  await expectRefused(page, ["Choose a CSV file, or paste lines"]);
  await hydrated(page);
  const lines = page.getByLabel("Or paste lines: name, email, role");
  await lines.fill('Ana Lima,ana@blueheron.example\n"Bo </textarea>');
  await page.getByRole("button", { name: "Check lines" }).click();
  await expectRefused(page, ["Line 2 opens a quote that is never closed. Close it, or take it away"]);
  await hydrated(page);
  await expect(lines).toHaveValue('Ana Lima,ana@blueheron.example\n"Bo </textarea>');
  await lines.fill(LIST);
  await page.getByRole("button", { name: "Check lines" }).click();
  await expect(page.getByRole("heading", { name: "Will be invited (2)" })).toBeVisible();
  await hydrated(page);
  const refused = page.getByRole("table", { name: "Cannot be imported (1)" });
  await expect(refused.getByRole("row", { name: "4" })).toContainText("The email is not like name@example.com.");
  const here = page.getByRole("table", { name: "Already here (1)" });
  await expect(here.getByRole("link", { name: "Uma" })).toBeVisible();
  await expect(page.getByRole("table", { name: "Will be invited (2)" }).getByRole("row")).toHaveCount(3);
  await page.getByRole("button", { name: "Invite 2 people" }).click();
  await expect(page).toHaveURL(/\/company\/resets\/batches\//);
  await hydrated(page);
  const [mail] = await mailsTo("cy@blueheron.example");
  expect(linkIn(mail)).toContain("/reset-password/");
});

test("a file from a spreadsheet, and a start anew", async ({ page, open, hydrated }) => {
  await open(page, "/company/users/import");
  const file = { name: "people.csv", mimeType: "text/csv", buffer: Buffer.from(`\u{feff}${LIST.replaceAll("\n", "\r\n")}`) };
  await page.getByLabel("CSV file").setInputFiles(file);
  await page.getByRole("button", { name: "Check lines" }).click();
  await expect(page.getByRole("button", { name: "Invite 2 people" })).toBeVisible();
  await hydrated(page);
  await page.getByRole("link", { name: "Start again" }).click();
  await expect(page.getByRole("button", { name: "Check lines" })).toBeVisible();
  await hydrated(page);
});
