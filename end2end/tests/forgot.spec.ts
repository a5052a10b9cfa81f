// A person who can't get in helps themselves. The answer is the same for every address.
import { linkIn } from "../support/mail.ts";
import { NEW_PASSWORD, PASSWORD, UMA } from "../support/people.ts";
import { expect, test } from "../support/test.ts";
import { doneBox, expectRefused, heading, submitAsk, submitNewPassword, submitSignIn } from "../support/ways.ts";

const SENT = "Check your email";

test("from the sign-in page by link to a new password", async ({ page, open, hydrated, mailsTo }) => {
  await open(page, "/login");
  await page.getByRole("link", { name: "Forgot password?" }).click();
  await expect(heading(page, "Forgot your password?")).toBeVisible();
  await expect(page).toHaveTitle("Forgot your password? – Rekey");
  await submitAsk(page, UMA.email);
  await expect(heading(page, SENT)).toBeVisible();
  await expect(page).toHaveTitle(`${SENT} – Rekey`);
  await expect(page).toHaveURL("/reset-password?sent=1");
  await expect(page.getByText(`If an account uses ${UMA.email}, a link is on its way. It works once, for 24 hours.`)).toBeVisible();
  await hydrated(page);

  const [mail] = await mailsTo(UMA.email);
  expect(mail?.subject).toContain("reset your password");
  await open(page, linkIn(mail));
  await expect(page.getByText("For Uma User at Blue Heron Logistics. Asked for on")).toBeVisible();
  await submitNewPassword(page, NEW_PASSWORD);
  await expect(doneBox(page)).toHaveText("Your password is changed. Sign in with the new one.");
  await hydrated(page);
  await submitSignIn(page, UMA.email, NEW_PASSWORD);
  await expect(page).toHaveURL("/dashboard");
  await hydrated(page);
});

test("the answer is the same for an address that nobody has", async ({ page, open, mailsTo }) => {
  const answers: string[] = [];
  for (const address of [UMA.email, "nobody@blueheron.example"]) {
    await open(page, "/reset-password");
    await submitAsk(page, address);
    await expect(heading(page, SENT)).toBeVisible();
    await open(page, page.url());
    answers.push((await page.locator("body").ariaSnapshot()).replaceAll(address, "ADDRESS"));
  }
  expect(answers[0]).toContain("ADDRESS");
  expect(answers[1]).toBe(answers[0]);
  await mailsTo(UMA.email);
  expect(await mailsTo("nobody@blueheron.example", 0)).toEqual([]);
});

test("the link can be sent again", async ({ page, open, hydrated, mailsTo, advanceClock }) => {
  await open(page, "/reset-password");
  await submitAsk(page, UMA.email);
  await expect(heading(page, SENT)).toBeVisible();
  await mailsTo(UMA.email);
  await hydrated(page);
  // Once the first is accepted; until then the second answers with the first.
  await expect(async () => {
    // An address has a few links at once, and then one an hour.
    await advanceClock(60 * 60);
    await page.getByRole("button", { name: "Send again" }).click();
    await expect(heading(page, SENT)).toBeVisible();
    await expect(page.getByText(`If an account uses ${UMA.email}`)).toBeVisible();
    expect((await mailsTo(UMA.email)).length).toBeGreaterThan(1);
  }).toPass();
  await hydrated(page);
});

test("another email can be given", async ({ page, open, hydrated }) => {
  await open(page, "/reset-password");
  await submitAsk(page, "slip@blueheron.example");
  await expect(heading(page, SENT)).toBeVisible();
  await hydrated(page);
  await page.getByRole("link", { name: "Use another email" }).click();
  await expect(heading(page, "Forgot your password?")).toBeVisible();
  await expect(page).toHaveURL(/\/reset-password(#email)?$/);
  await expect(page.getByLabel("Email")).toBeEditable();
  await hydrated(page);
});

test("an address that can't be one is refused in place and kept", async ({ page, open, hydrated, clean }) => {
  clean.expectStatus(422);
  await open(page, "/reset-password");
  for (const [typed, reason] of [["", "Enter your email"], ["uma at blueheron", "Enter an email like name@example.com"]] as const) {
    await submitAsk(page, typed);
    await expectRefused(page, [reason]);
    await expect(page).toHaveTitle("Error: Forgot your password? – Rekey");
    await expect(page.getByLabel("Email")).toHaveValue(typed);
    await expect(page.getByLabel("Email")).toHaveAccessibleDescription(reason);
    await hydrated(page);
  }
  await page.getByRole("link", { name: "Back to sign in" }).click();
  await expect(heading(page, "Sign in")).toBeVisible();
  await hydrated(page);
});

test("the keyboard's place is not lost after sending", async ({ page, open, hydrated }) => {
  await open(page, "/reset-password");
  await page.getByLabel("Email").fill(UMA.email);
  await page.getByLabel("Email").press("Enter");
  await expect(heading(page, SENT)).toBeFocused();
  await hydrated(page);
  await page.getByRole("link", { name: "Use another email" }).press("Enter");
  await expect(heading(page, "Forgot your password?")).toBeVisible();
  await expect(page.getByLabel("Email")).toBeFocused();
  await hydrated(page);
});

test("an old password works until a new one is set", async ({ page, open, hydrated, mailsTo, askReset }) => {
  await askReset(UMA);
  await mailsTo(UMA.email);
  await open(page, "/login");
  await submitSignIn(page, UMA.email, PASSWORD);
  await expect(page).toHaveURL("/dashboard");
  await hydrated(page);
});
