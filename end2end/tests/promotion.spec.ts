// From nobody to a manager and back: somebody is created and invited, helps another in once they are a manager, and can't
// any more as soon as they are none.
import { linkIn } from "../support/mail.ts";
import { ADA, COMPANY, NEW_PASSWORD, ROB, UMA } from "../support/people.ts";
import { expect, test } from "../support/test.ts";
import { badge, doneBox, findPerson, heading, pageOf, pressReset, problemBox, submitNewPassword, submitSignIn, waitForBadge } from "../support/ways.ts";
import type { Page } from "@playwright/test";

const ANA = { name: "Ana Lima", email: "ana@blueheron.example" };
const WHO_MAY = `Administrators and managers of ${COMPANY} can reset this password.`;

/** On her page, which tells of no press before. */
const giveRole = async (page: Page, role: string) => {
  await expect(doneBox(page)).toHaveCount(0);
  await page.getByRole("radio", { name: role, exact: true }).check();
  await page.getByRole("button", { name: "Save role" }).click();
  await expect(doneBox(page)).toHaveText(`The role of ${ANA.name} is saved.`);
  await expect(page.getByRole("radio", { name: role, exact: true })).toBeChecked();
};

test("somebody new becomes a manager, helps another in, and is none any more at the next press", async ({
  page, open, hydrated, signIn, mailsTo, anotherBrowser, clean, isLive,
}) => {
  await signIn(page, ADA.email);

  await test.step("the administrator creates her", async () => {
    await open(page, "/company/users/new");
    await page.getByLabel("Name").fill(ANA.name);
    await page.getByLabel("Email").fill(ANA.email);
    await page.getByRole("button", { name: "Create user and send link" }).click();
    await expect(heading(page, ANA.name)).toBeVisible();
    await expect(doneBox(page)).toHaveText(`${ANA.name} is created. The invitation is waiting to be sent.`);
    await hydrated(page);
  });
  const anas = new URL(page.url()).pathname;

  const ana = await anotherBrowser();
  await test.step("she gets in with the mailed link", async () => {
    const [invitation] = await mailsTo(ANA.email);
    expect(invitation?.subject).toContain("set up your account");
    await open(ana, linkIn(invitation));
    await expect(heading(ana, "Set a new password")).toBeVisible();
    await submitNewPassword(ana, NEW_PASSWORD);
    await expect(ana).toHaveURL(/\/login\?done=password-changed$/);
    await hydrated(ana);
    await submitSignIn(ana, ANA.email, NEW_PASSWORD);
    await expect(ana).toHaveURL("/dashboard");
    await hydrated(ana);
    await open(page, anas);
    await waitForBadge(page, "Password changed");
    await hydrated(page);
  });

  await test.step("as a user she helps nobody", async () => {
    await findPerson(ana, hydrated, UMA);
    await expect(ana.getByText(WHO_MAY)).toBeVisible();
    await hydrated(ana);
  });

  await test.step("as a manager she does", async () => {
    await giveRole(page, "Manager");
    await hydrated(page);
    await ana.reload();
    await hydrated(ana);
    await pressReset(ana, UMA);
    await hydrated(ana);
    const [mail] = await mailsTo(UMA.email);
    expect(mail?.text).toContain(`Asked by: ${ANA.name}, manager`);
    if (!isLive) await waitForBadge(ana, "Mail accepted");
    await expect(badge(ana)).toHaveText("Mail accepted");
  });

  await test.step("lowered while she looks, she is refused at the next press", async () => {
    const robs = await pageOf(ana, ROB);
    await open(ana, robs);
    await expect(ana.getByText("No resets yet.")).toBeVisible();
    await open(page, anas);
    await giveRole(page, "User");
    await hydrated(page);
    clean.expectStatus(403);
    await ana.getByRole("button", { name: "Reset password" }).click();
    const words = "It needs the role manager or administrator.";
    if (isLive) await expect(problemBox(ana)).toContainText(words);
    else await expect(ana.getByText(words)).toBeVisible();
    await open(ana, robs);
    await expect(ana.getByText(WHO_MAY)).toBeVisible();
    await expect(ana.getByRole("button", { name: "Reset password" })).toHaveCount(0);

    await open(page, robs);
    await expect(page.getByText("No resets yet.")).toBeVisible();
    expect(await mailsTo(ROB.email, 0)).toEqual([]);
  });
});
