// What each role sees on a person's page, and that what one may not do is absent and refused.
import { ADA, COMPANY, IVY, MAX, QUINN, ROB, UMA } from "../support/people.ts";
import { expect, test } from "../support/test.ts";
import { heading, pageOf, people, postByHand, usersTable } from "../support/ways.ts";

test.use({ demo: "shared" });

const WHO_MAY = `Administrators and managers of ${COMPANY} can reset this password.`;

for (const [reader, other] of [[UMA, ROB], [ROB, UMA]] as const) {
  test(`${reader.name} can't reset anybody's password and reads who can`, async ({ page, open, signIn }) => {
    await signIn(page, reader.email);
    const path = await pageOf(page, other);
    await expect(usersTable(page).getByRole("columnheader", { name: "Last reset" })).toHaveCount(0);
    await open(page, path);
    await expect(heading(page, other.name)).toBeVisible();
    await expect(page.getByText(WHO_MAY)).toBeVisible();
    await expect(page.getByRole("main").getByRole("button")).toHaveCount(0);
    await expect(page.getByText("Password resets")).toHaveCount(0);

    await open(page, "/dashboard");
    await expect(page.getByLabel("Find a person")).toHaveCount(0);
    await expect(page.getByRole("listitem").filter({ hasText: ADA.name })).toContainText(ADA.email);
    await expect(page.getByRole("listitem").filter({ hasText: MAX.name })).toContainText("manager");
  });

  test(`a form written by hand does not help ${reader.name}`, async ({ page, open, signIn, anotherBrowser, clean }) => {
    const manager = await anotherBrowser();
    await signIn(manager, MAX.email);
    await open(manager, await pageOf(manager, other));
    const company = await manager.locator("input[name=company]").first().getAttribute("value");

    await signIn(page, reader.email);
    const path = await pageOf(page, other);
    clean.expectStatus(403);
    await postByHand(page, `${path}/reset`, { company: company ?? "" });
    await expect(heading(page, "You cannot open this page")).toBeVisible();
    await expect(page.getByText("It needs the role manager or administrator.")).toBeVisible();
    await expect(page.getByRole("link", { name: "Go to the dashboard" })).toBeVisible();

    await open(manager, path);
    await expect(manager.getByText("No resets yet.")).toBeVisible();
  });
}

test("a manager may reset an administrator, and not themselves", async ({ page, open, signIn }) => {
  await signIn(page, MAX.email);
  await open(page, await pageOf(page, ADA));
  await expect(page.getByRole("button", { name: "Reset password" })).toBeVisible();
  await open(page, await pageOf(page, MAX));
  await expect(page.getByText("This is you.")).toBeVisible();
  await expect(page.getByRole("main").getByRole("button")).toHaveCount(0);
});

test("an invited person gets the invitation again", async ({ page, open, signIn }) => {
  await signIn(page, ADA.email);
  await open(page, await pageOf(page, IVY));
  await expect(page.getByRole("main").getByRole("button")).toHaveText(["Resend invitation", "Send again", "Revoke", "Save details", "Save role"]);
  await expect(page.getByText(/^A link from \d\d? \w{3}.* still works, until a new mail is accepted\.$/)).toBeVisible();
});

test("another company's people are not found, like people who do not exist", async ({ page, open, signIn, anotherBrowser, clean, hydrated }) => {
  const quinn = await anotherBrowser();
  await signIn(quinn, QUINN.email);
  const foreign = await pageOf(quinn, QUINN);
  await hydrated(quinn);

  await signIn(page, MAX.email);
  await open(page, `/company?q=${encodeURIComponent(QUINN.email)}`);
  await expect(people(page)).toHaveCount(0);
  clean.expectStatus(404);
  const looks: string[] = [];
  for (const path of [foreign, "/company/users/0199b0a5-0000-7000-8000-000000000000", "/company/users/nobody"]) {
    await open(page, path);
    await expect(heading(page, "Page not found"), path).toBeVisible();
    looks.push(await page.locator("body").ariaSnapshot());
  }
  for (const look of looks) expect(look).toBe(looks[0]);
});
