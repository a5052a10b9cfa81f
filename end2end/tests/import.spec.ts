// Importing people, by a manager: refused in place, checked line by line, invited.
import { linkIn } from "../support/mail.ts";
import { MAX, UMA } from "../support/people.ts";
import { expect, test } from "../support/test.ts";
import { doneBox, expectRefused, heading } from "../support/ways.ts";

const LIST = `Name;Email;Role
Ana Lima;ana@blueheron.example;
Uma;${UMA.email};user
Bo;bo at heron;user
Cy Diaz;cy@blueheron.example;Read only
`;

test.beforeEach(async ({ page, signIn }) => signIn(page, MAX.email));

test("pasted lines: refused in place, checked, invited", async ({ page, open, hydrated, clean, mailsTo }) => {
  clean.expectStatus(422);
  await open(page, "/company/users/import");
  await expect(heading(page, "Invite people from a list")).toBeVisible();
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
  await expect(heading(page, "Invite 2 people?")).toBeVisible();
  await expect(page.getByRole("heading", { name: "Will be invited (2)" })).toBeVisible();
  for (const counted of ["2 will be invited", "1 is already here", "1 cannot be imported"]) {
    await expect(page.getByRole("link", { name: counted, exact: true })).toBeVisible();
  }
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

test("lines that a mail program wrote, and the ones that need a change", async ({ page, open, hydrated }) => {
  await open(page, "/company/users/import?from=lines");
  const lines = page.getByLabel("Lines: name, email, role");
  await lines.fill("Lima, Ana <ana@blueheron.example>; bo.chen@blueheron.example; cy at heron");
  await page.getByRole("button", { name: "Check lines" }).click();
  await expect(heading(page, "Nobody on this list can be invited")).toBeVisible();
  await hydrated(page);
  await page.getByRole("link", { name: "Change lines" }).click();
  await hydrated(page);
  await expect(lines).toHaveValue(/cy at heron/);
  await lines.fill("Lima, Ana <ana@blueheron.example>; bo.chen@blueheron.example\n");
  await page.getByRole("button", { name: "Check lines" }).click();
  await expect(heading(page, "Invite 2 people?")).toBeVisible();
  await expect(page.getByRole("row", { name: "1" })).toContainText("Lima, Ana");
  await expect(page.getByRole("row", { name: "2" })).toContainText("Bo Chen");
  await hydrated(page);
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

test("one person after the other, and the other ways", async ({ page, open, hydrated }) => {
  await open(page, "/company/users/new");
  for (const [name, email] of [["Ana Lima", "ana@blueheron.example"], ["Cy Diaz", "cy@blueheron.example"]] as const) {
    await page.getByLabel("Name").fill(name);
    await page.getByLabel("Email").fill(email);
    await page.getByLabel("Create another after this one").check();
    await page.getByRole("button", { name: "Create user and send link" }).click();
    await expect(doneBox(page)).toHaveText(`${name} is created. The invitation is waiting to be sent.`);
    await hydrated(page);
    await expect(page.getByLabel("Name")).toHaveValue("");
  }
  const ways = page.getByRole("navigation", { name: "Ways to invite" });
  await ways.getByRole("link", { name: "CSV file" }).click();
  await expect(heading(page, "Invite people: CSV file")).toBeVisible();
  await hydrated(page);
  const download = page.waitForEvent("download");
  await page.getByRole("link", { name: "Download a sample file" }).click();
  expect((await download).suggestedFilename()).toBe("people.csv");
  await ways.getByRole("link", { name: "Paste lines" }).click();
  await expect(heading(page, "Invite people: paste lines")).toBeVisible();
  await hydrated(page);
  await page.getByLabel("Lines: name, email, role").fill("First name,Last name,Email\nMo,Moss,mo@blueheron.example");
  await page.getByRole("button", { name: "Check lines" }).click();
  await page.getByRole("button", { name: "Invite 1 person" }).click();
  await expect(heading(page, "Invitation for 1 person")).toBeVisible();
  await hydrated(page);
});

test("the button of a long list stays in sight", async ({ page, open, hydrated }) => {
  await open(page, "/company/users/import?from=lines");
  const list = Array.from({ length: 60 }, (_, number) => `New Person ${number},new${number}@blueheron.example`);
  await page.getByLabel("Lines: name, email, role").fill(list.join("\n"));
  await page.getByRole("button", { name: "Check lines" }).click();
  const button = page.getByRole("button", { name: "Invite 60 people" });
  await expect(button).toBeInViewport();
  await hydrated(page);
  await page.getByRole("rowheader", { name: "60", exact: true }).scrollIntoViewIfNeeded();
  await expect(button).toBeInViewport();
});
