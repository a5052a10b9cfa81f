// The job that everything else serves: a manager sends a link, the person sets a new password with it and signs in.
import { linkIn, originsIn } from "../support/mail.ts";
import { COMPANY, MAX, NEW_PASSWORD, PASSWORD, SHORT_PASSWORD, UMA } from "../support/people.ts";
import { expect, test } from "../support/test.ts";
import { badge, doneBox, errorSummary, expectRefused, findPerson, heading, submitNewPassword, submitSignIn } from "../support/ways.ts";

test("a manager resets a password, and its owner gets in with a new one", async ({
  page, open, hydrated, signIn, mailsTo, anotherBrowser, clean, isLive, server,
}) => {
  // Uma sits at a device that is still signed in.
  const oldDevice = await anotherBrowser();
  await signIn(oldDevice, UMA.email);
  await open(oldDevice, "/dashboard");
  await expect(heading(oldDevice, "Dashboard")).toBeVisible();

  await test.step("the manager signs in, finds her, and presses", async () => {
    await open(page, "/login");
    await submitSignIn(page, MAX.email);
    await expect(page).toHaveURL("/dashboard");
    await expect(heading(page, "Dashboard")).toBeVisible();
    await expect(page).toHaveTitle(`Dashboard – ${COMPANY} – Rekey`);
    await hydrated(page);

    await findPerson(page, hydrated, UMA);
    await expect(page.getByText("No resets yet.")).toBeVisible();
    const reset = page.getByRole("button", { name: "Reset password" });
    await reset.click();
    await expect(doneBox(page)).toHaveText("Reset link for Uma User is on its way.");
    await expect(badge(page)).toHaveText(/^(Waiting to be sent|Mail accepted)$/);
    if (isLive) {
      await expect(page.getByRole("status")).toHaveText("Uma User: mail accepted.");
      await expect(reset).toBeFocused();
      await expect(page).toHaveURL(/\/company\/users\/[0-9a-f-]{36}$/);
    }
  });

  const link = await test.step("the mail comes", async () => {
    const mails = await mailsTo(UMA.email);
    const mail = mails[0];
    if (!mail) throw new Error("no mail");
    expect(mails).toHaveLength(1);
    // The company is not cut for who asked.
    expect(mail.subject).toBe(`${COMPANY}: set a new password`);
    expect(mail.text).toContain("Asked by: Max Manager, manager");
    expect([...originsIn(mail)]).toEqual([server.url]);
    expect(mail.html).toContain(linkIn(mail));
    return linkIn(mail);
  });

  await test.step("the manager sees that the mail server took it", async () => {
    await expect(async () => {
      await page.getByRole("link", { name: "Refresh" }).click();
      await expect(badge(page)).toHaveText("Mail accepted", { timeout: 1_000 });
    }).toPass();
    await expect(page.getByText("That does not prove it reached the inbox.")).toBeVisible();
  });

  const owner = await anotherBrowser();
  await test.step("a short password is refused in place", async () => {
    await open(owner, link);
    await expect(heading(owner, "Set a new password")).toBeVisible();
    await expect(owner.getByText(`For Uma User at ${COMPANY}. Asked for by Max Manager, manager, on`)).toBeVisible();
    await expect(owner.getByText(/^Valid for 24 hours, until \w+day \d+ \w+ \d{4}, \d\d:\d\d \(Europe\/Berlin, UTC\+\d\)\.$/)).toBeVisible();

    clean.expectStatus(422);
    await submitNewPassword(owner, SHORT_PASSWORD);
    await expectRefused(owner, ["Use at least 15 characters"]);
    await expect(owner).toHaveTitle("Error: Set a new password – Rekey");
    await errorSummary(owner).getByRole("link", { name: "Use at least 15 characters" }).click();
    await expect(owner.getByLabel("New password")).toBeFocused();
    await hydrated(owner);
  });

  await test.step("a good one is taken", async () => {
    await submitNewPassword(owner, NEW_PASSWORD);
    await expect(owner).toHaveURL(/\/login\?done=password-changed$/);
    await expect(doneBox(owner)).toHaveText(
      "Your password is changed. 1 device was signed out. Sign in with the new one.",
    );
    await expect(owner.getByLabel("Email")).toHaveValue(UMA.email);
    await hydrated(owner);
    expect((await owner.context().cookies()).map((cookie) => cookie.name), "nobody is signed in by a link").not.toContain("rekey");
  });

  await test.step("the old password is dead, the new one works, the old device is out", async () => {
    await submitSignIn(owner, UMA.email, PASSWORD);
    await expectRefused(owner, ["Email or password is wrong."]);
    await expect(owner).toHaveTitle("Error: Sign in – Rekey");
    await expect(owner.getByLabel("Email")).toHaveValue(UMA.email);
    await expect(owner.getByRole("textbox", { name: "Password", exact: true })).toHaveValue("");
    await hydrated(owner);

    await submitSignIn(owner, UMA.email, NEW_PASSWORD);
    await expect(owner).toHaveURL("/dashboard");
    await expect(heading(owner, "Dashboard")).toBeVisible();
    await hydrated(owner);

    await oldDevice.goto("/dashboard");
    await expect(oldDevice).toHaveURL(/\/login\?next=%2Fdashboard$/);
    await hydrated(oldDevice);
  });

  await test.step("the manager sees it, and she has a notice", async () => {
    await page.reload();
    await expect(badge(page)).toHaveText("Password changed");
    await expect(page.getByText(/Uma User set a new password on/)).toBeVisible();
    await hydrated(page);
    const [notice] = await mailsTo(UMA.email, 2);
    expect(notice?.subject).toContain("your password was changed");
  });
});

test("signing out ends the session", async ({ page, open, hydrated, signIn }) => {
  await signIn(page, MAX.email);
  await open(page, "/company");
  await page.getByRole("button", { name: "Sign out" }).click();
  await expect(page).toHaveURL(/\/login\?done=signed-out$/);
  await expect(doneBox(page)).toHaveText("You are signed out.");
  await hydrated(page);
  await open(page, "/company");
  await expect(page).toHaveURL(/\/login\?next=%2Fcompany$/);
});

test("opening /logout signs nobody out", async ({ page, open, hydrated, signIn }) => {
  await signIn(page, MAX.email);
  await open(page, "/logout");
  await expect(heading(page, "Sign out?")).toBeVisible();
  await open(page, "/dashboard");
  await expect(heading(page, "Dashboard")).toBeVisible();
  await open(page, "/logout");
  await page.getByRole("main").getByRole("button", { name: "Sign out" }).click();
  await expect(page).toHaveURL(/\/login\?done=signed-out$/);
  await hydrated(page);
  // Nothing is left to ask.
  await open(page, "/logout");
  await expect(page).toHaveURL(/\/login$/);
});
