// Creating, editing, deleting and restoring people, by a manager.
import { linkIn } from "../support/mail.ts";
import { MAX, UMA } from "../support/people.ts";
import { expect, test } from "../support/test.ts";
import { badge, doneBox, expectRefused, heading, pageOf, problemBox, waitForBadge } from "../support/ways.ts";

const ANA = { name: "Ana Lima", email: "ana@blueheron.example" };

test.beforeEach(async ({ page, signIn }) => signIn(page, MAX.email));

test("somebody new: refused in place, created, invited", async ({ page, open, hydrated, clean, mailsTo, isLive }) => {
  clean.expectStatus(422);
  await open(page, "/company");
  await page.getByRole("link", { name: "Invite people" }).click();
  await expect(heading(page, "Invite people")).toBeVisible();
  await page.getByLabel("Email").fill("ana at blueheron");
  await page.getByRole("radio", { name: "Read-only" }).check();
  await page.getByRole("button", { name: "Create user and send link" }).click();
  await expectRefused(page, ["Enter a name", "Enter an email like name@example.com"]);
  await hydrated(page);
  await expect(page.getByLabel("Email")).toHaveValue("ana at blueheron");
  await expect(page.getByRole("radio", { name: "Read-only" })).toBeChecked();
  await page.getByLabel("Name").fill(ANA.name);
  await page.getByLabel("Email").fill(ANA.email);
  await page.getByRole("button", { name: "Create user and send link" }).click();
  await expect(heading(page, ANA.name)).toBeVisible();
  await expect(doneBox(page)).toHaveText("Ana Lima is created. The invitation is waiting to be sent.");
  await hydrated(page);
  const [mail] = await mailsTo(ANA.email);
  expect(linkIn(mail)).toContain("/reset-password/");
  if (!isLive) await waitForBadge(page, "Mail accepted");
  await expect(badge(page)).toHaveText("Mail accepted");
});

test("details and role, and somebody else who was quicker", async ({ page, open, hydrated, clean, signIn, anotherBrowser }) => {
  clean.expectStatus(409);
  const path = await pageOf(page, UMA);
  const other = await anotherBrowser();
  await signIn(other, "ada@blueheron.example");
  await open(other, path);
  await open(page, path);
  await page.getByLabel("Name").fill("Uma One");
  await page.getByRole("button", { name: "Save details" }).click();
  await expect(doneBox(page)).toHaveText("The details of Uma One are saved.");
  await hydrated(page);
  await page.getByRole("radio", { name: "Read-only" }).check();
  await page.getByRole("button", { name: "Save role" }).click();
  await expect(doneBox(page)).toHaveText("The role of Uma One is saved.");
  await hydrated(page);

  await other.getByLabel("Name").fill("Uma Two");
  await other.getByRole("button", { name: "Save details" }).click();
  await expect(problemBox(other)).toContainText("Somebody changed this meanwhile, to Uma One");
  await hydrated(other);
  await expect(other.getByLabel("Name")).toHaveValue("Uma Two");
  await other.getByRole("button", { name: "Save details" }).click();
  await expect(heading(other, "Uma Two")).toBeVisible();
  await hydrated(other);
});

test("delete and restore", async ({ page, open, hydrated, mailsTo }) => {
  await open(page, await pageOf(page, UMA));
  await page.getByRole("link", { name: "Delete user" }).click();
  await expect(heading(page, "Delete Uma User?")).toBeVisible();
  await page.getByRole("button", { name: "Delete user" }).click();
  await expect(doneBox(page)).toHaveText("Uma User is deleted.");
  await hydrated(page);
  await page.getByRole("link", { name: "Restore user" }).click();
  await expect(heading(page, "Restore Uma User?")).toBeVisible();
  await page.getByRole("button", { name: "Restore user" }).click();
  await expect(doneBox(page)).toHaveText("Uma User is restored. The mail with a link is waiting to be sent.");
  await hydrated(page);
  const [mail] = await mailsTo(UMA.email);
  expect(mail?.subject).toContain("your account is back");
});

test("a new email that waits is cancelled", async ({ page, open, hydrated }) => {
  await open(page, await pageOf(page, UMA));
  await page.getByLabel("Email").fill("uma@new.example");
  await page.getByRole("button", { name: "Save details" }).click();
  await expect(page.getByText("New email uma@new.example, not confirmed yet")).toBeVisible();
  await hydrated(page);
  await page.getByRole("button", { name: "Cancel new email" }).click();
  await expect(page.getByText("uma@new.example")).toHaveCount(0);
  await expect(page.getByLabel("Email")).toHaveValue(UMA.email);
  await hydrated(page);
});

test("a new email: confirmed from there, stopped from the old one", async ({ page, open, hydrated, mailsTo, anotherBrowser }) => {
  await open(page, await pageOf(page, UMA));
  await page.getByLabel("Email").fill("uma@new.example");
  await page.getByRole("button", { name: "Save details" }).click();
  await expect(page.getByText("New email uma@new.example, not confirmed yet")).toBeVisible();
  await hydrated(page);
  const linkOf = async (address: string) => {
    const [mail] = await mailsTo(address);
    return mail?.links.find((link) => link.includes("-email/")) ?? "";
  };
  const owner = await anotherBrowser();
  await open(owner, new URL(await linkOf("uma@new.example")).pathname);
  await expect(heading(owner, "Confirm your new email")).toBeVisible();
  await owner.getByRole("button", { name: "Confirm this address" }).click();
  await expect(heading(owner, "Done.")).toBeVisible();
  await hydrated(owner);
  await open(owner, new URL(await linkOf(UMA.email)).pathname);
  await expect(heading(owner, "Stop this change?")).toBeVisible();
  await owner.getByRole("button", { name: "Stop this change" }).click();
  await expect(owner.getByText("The change is stopped. Your email stays as it is.")).toBeVisible();
  await hydrated(owner);
  await page.reload();
  await expect(page.getByText("uma@new.example")).toHaveCount(0);
  await hydrated(page);
});
