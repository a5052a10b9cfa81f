// The names that people, screen readers and outside suites find things by: each is there once.
import type { Locator, Page } from "@playwright/test";

import { ADA, COMPANY, IVY, MAX, UMA } from "../support/people.ts";
import { expect, test } from "../support/test.ts";
import { heading, pageOf } from "../support/ways.ts";

type Role = Parameters<Page["getByRole"]>[0];

/** Each role and name once within `scope`. A field is found by its label as well, without `exact`. */
async function expectOnce(scope: Page | Locator, names: readonly (readonly [Role, string])[]) {
  for (const [role, name] of names) {
    await expect(scope.getByRole(role, { name, exact: true }), `${role} ${name}`).toHaveCount(1);
    if (role === "textbox" || role === "searchbox" || role === "checkbox" || role === "combobox") {
      await expect(scope.getByLabel(name), `label ${name}`).toHaveCount(1);
    }
  }
}

/** What every page has, whoever reads it. */
async function expectFrame(page: Page) {
  await expectOnce(page, [
    ["link", "Skip to main content"],
    ["link", "Rekey"],
  ]);
  await expect(page.getByRole("heading", { level: 1 })).toHaveCount(1);
  await expect(page.getByRole("main")).toHaveCount(1);
  await expect(page.getByRole("banner")).toHaveCount(1);
  await expect(page.getByRole("contentinfo")).toContainText("Help");
  await expect(page.getByRole("status")).toHaveCount(1);
  await expect(page.getByRole("status")).toBeEmpty();
  await expect(page.locator("html")).toHaveAttribute("lang", "en");
  await expect(page.locator("html")).toHaveAttribute("dir", "ltr");
}

/** What every page of somebody signed in has. */
async function expectSignedInFrame(page: Page, name: string) {
  await expectFrame(page);
  await expectOnce(page, [["navigation", "Main"]]);
  await expectOnce(page.getByRole("navigation", { name: "Main" }), [["link", "Dashboard"], ["link", "Company"], ["link", "Settings"]]);
  await expectOnce(page.getByRole("banner"), [["link", name], ["button", "Sign out"]]);
  await expect(page.getByRole("banner")).toContainText(COMPANY);
  await expect(page.getByRole("banner").getByRole("link", { name, exact: true })).toHaveAttribute("href", "/account");
}

test("sign in", async ({ page, open, isLive }) => {
  await open(page, "/login");
  await expectFrame(page);
  await expect(heading(page, "Sign in")).toBeVisible();
  await expectOnce(page, [
    ["textbox", "Email"],
    ["textbox", "Password"],
    ["checkbox", "Keep me signed in on this device"],
    ["button", "Sign in"],
    ["link", "Forgot password?"],
  ]);
  await expect(page.getByRole("button", { name: "Show password" })).toHaveCount(isLive ? 1 : 0);
  await expect(page.getByRole("navigation")).toHaveCount(0);
});

test("sign in, in the order of the Tab key @live", async ({ page, open }) => {
  await open(page, "/login");
  await page.getByLabel("Email").focus();
  const order = [page.getByLabel("Password"), page.getByRole("button", { name: "Show password" }), page.getByRole("checkbox"), page.getByRole("button", { name: "Sign in" }), page.getByRole("link", { name: "Forgot password?" })];
  for (const stop of order) {
    await page.keyboard.press("Tab");
    await expect(stop).toBeFocused();
  }
});

test("forgot your password", async ({ page, open, hydrated }) => {
  await open(page, "/reset-password");
  await expectFrame(page);
  await expect(heading(page, "Forgot your password?")).toBeVisible();
  await expect(page.getByText("Enter your email. We will send a link that works for 24 hours.")).toBeVisible();
  await expectOnce(page, [["textbox", "Email"], ["button", "Send link"], ["link", "Back to sign in"]]);

  await page.getByLabel("Email").fill("somebody@example.com");
  await page.getByRole("button", { name: "Send link" }).click();
  await expect(heading(page, "Check your email")).toBeVisible();
  await hydrated(page);
  await expectFrame(page);
  await expectOnce(page, [["heading", "Nothing after 10 minutes?"], ["button", "Send again"], ["link", "Use another email"]]);
});

test("a living link", async ({ page, open, linkFor, isLive }) => {
  await open(page, await linkFor(UMA));
  await expectFrame(page);
  await expect(heading(page, "Set a new password")).toBeVisible();
  await expectOnce(page, [["textbox", "Email"], ["textbox", "New password"], ["button", "Set new password"]]);
  await expect(page.getByLabel("New password")).toHaveAccessibleDescription(
    "At least 15 characters. Spaces and any signs are fine. Four unrelated words work well.",
  );
  await expect(page.getByText(/^Reference [A-Z0-9]{6}$/)).toBeVisible();
  await expect(page.getByRole("button", { name: "Show password" })).toHaveCount(isLive ? 1 : 0);
});

test("a link for somebody else than who is signed in", async ({ page, open, linkFor, signIn }) => {
  await signIn(page, MAX.email);
  await open(page, await linkFor(UMA));
  await expectSignedInFrame(page, MAX.name);
  await expect(heading(page, `This link is for ${UMA.email}`)).toBeVisible();
  await expectOnce(page, [["button", "Sign out and continue"], ["link", `Stay signed in as ${MAX.name}`]]);
  await expect(page.getByRole("textbox")).toHaveCount(0);
});

test("the same reference in mail, page and history", async ({ page, open, linkFor, mailsTo, anotherBrowser, signIn }) => {
  await open(page, await linkFor(UMA));
  const words = await page.getByText(/^Reference [A-Z0-9]{6}$/).textContent();
  const reference = words?.slice("Reference ".length) ?? "";
  const [mail] = await mailsTo(UMA.email);
  expect(mail?.text).toContain(reference);
  expect(mail?.html).toContain(reference);
  const manager = await anotherBrowser();
  await signIn(manager, MAX.email);
  await open(manager, await pageOf(manager, UMA));
  await expect(manager.getByRole("main").getByText(reference, { exact: true })).toBeVisible();
});

test("a dead link, and the link opened again", async ({ page, open, clean }) => {
  clean.expectStatus(410);
  await open(page, "/reset-password/nothing");
  await expectFrame(page);
  await expect(heading(page, "This link does not work")).toBeVisible();
  await expect(page.getByText("It is too old, or not whole.")).toBeVisible();
  await expectOnce(page, [["textbox", "Email"], ["button", "Send link"]]);

  await open(page, "/reset-password/open");
  await expectFrame(page);
  await expect(heading(page, "Open the link again")).toBeVisible();
  await expect(page.getByText("Press the button in the mail once more, or paste the link.")).toBeVisible();
  await expectOnce(page, [["textbox", "Link from the mail"], ["button", "Open link"]]);
});

test.describe("signed in", () => {
  test.use({ demo: "shared" });
  test.beforeEach(async ({ page, signIn }) => signIn(page, ADA.email));

  test("dashboard and sign out", async ({ page, open }) => {
    await open(page, "/dashboard");
    await expectSignedInFrame(page, ADA.name);
    await expect(heading(page, "Dashboard")).toBeVisible();
    await expectOnce(page, [["searchbox", "Find a person"], ["button", "Search"]]);
    await expect(page.getByRole("link", { name: "Dashboard" })).toHaveAttribute("aria-current", "page");

    await open(page, "/logout");
    await expectSignedInFrame(page, ADA.name);
    await expect(heading(page, "Sign out?")).toBeVisible();
    await expectOnce(page.getByRole("main"), [["button", "Sign out"]]);
  });

  test("company", async ({ page, open }) => {
    await open(page, "/company");
    await expectSignedInFrame(page, ADA.name);
    await expect(heading(page, COMPANY)).toBeVisible();
    await expectOnce(page, [
      ["heading", "General"],
      ["heading", "Extra"],
      ["tablist", "Extra"],
      ["tab", `${COMPANY} users`],
      ["tabpanel", `${COMPANY} users`],
      ["heading", `${COMPANY} users`],
      ["searchbox", "Search people"],
      ["combobox", "Role"],
      ["combobox", "Status"],
      ["combobox", "Rows a page"],
      ["button", "Apply filters"],
      ["table", `${COMPANY} users`],
      ["navigation", "Pages"],
      ["link", "Next page"],
    ]);
    const table = page.getByRole("table", { name: `${COMPANY} users` });
    await expectOnce(table, [["link", ADA.name]]);
    for (const head of ["Name", "Email", "Role", "Status", "Last sign-in", "Last reset"]) {
      await expectOnce(table, [["columnheader", head], ["button", head]]);
    }
    await expect(page.getByRole("link", { name: "Company", exact: true })).toHaveAttribute("aria-current", "page");
  });

  test("settings", async ({ page, open }) => {
    await open(page, "/settings");
    await expectSignedInFrame(page, ADA.name);
    await expect(page).toHaveTitle(`Settings – ${COMPANY} – Rekey`);
    await expect(heading(page, "Settings")).toBeVisible();
    await expectOnce(page, [["link", "My company profile"], ["link", "My account settings"]]);
    await expect(page.getByRole("link", { name: "Settings", exact: true })).toHaveAttribute("aria-current", "page");
    await page.getByRole("link", { name: "My account settings" }).click();
    await expect(heading(page, "My account")).toBeVisible();
  });

  test("own account", async ({ page, open }) => {
    await open(page, "/account");
    await expectSignedInFrame(page, ADA.name);
    await expect(page).toHaveTitle(`My account – ${COMPANY} – Rekey`);
    await expect(heading(page, "My account")).toBeVisible();
    await expectOnce(page, [
      ["heading", "Details"],
      ["textbox", "Name"],
      ["textbox", "Email"],
      ["combobox", "Time zone"],
      ["button", "Save details"],
      ["heading", "Password"],
      ["link", "Change password"],
      ["button", "Email me a reset link"],
      ["heading", "Where you are signed in"],
      ["table", "Where you are signed in"],
      ["columnheader", "Device"],
      ["columnheader", "Address"],
      ["columnheader", "Last active"],
      ["columnheader", "Action"],
      ["heading", "Password resets"],
    ]);
    await expect(page.getByText("This device", { exact: true })).toHaveCount(1);
    await expect(page.getByRole("banner").getByRole("link", { name: ADA.name })).toHaveAttribute("aria-current", "page");
  });

  test("change password", async ({ page, open, isLive }) => {
    await open(page, "/account/password");
    await expectSignedInFrame(page, ADA.name);
    await expect(page).toHaveTitle(`Change password – ${COMPANY} – Rekey`);
    await expect(heading(page, "Change password")).toBeVisible();
    await expectOnce(page, [["textbox", "Email"], ["textbox", "Current password"], ["textbox", "New password"], ["button", "Change password"]]);
    for (const name of ["Show current password", "Show new password"]) {
      await expect(page.getByRole("button", { name, exact: true }), name).toHaveCount(isLive ? 1 : 0);
    }
    await expect(page.getByLabel("Email")).toHaveValue(ADA.email);
    await expect(page.getByLabel("Email")).not.toBeEditable();
    await expect(page.getByLabel("Email")).toHaveAttribute("autocomplete", "username");
    await expect(page.getByLabel("Current password")).toHaveAttribute("autocomplete", "current-password");
    await expect(page.getByLabel("New password")).toHaveAttribute("autocomplete", "new-password");
    await expect(page.getByLabel("New password")).toHaveAttribute("passwordrules", "minlength: 15");
    await expect(page.getByLabel("New password")).toHaveAccessibleDescription(/^At least 15 characters\./);
  });

  test("a person", async ({ page, open }) => {
    await open(page, await pageOf(page, UMA));
    await expectSignedInFrame(page, ADA.name);
    await expect(heading(page, UMA.name)).toBeVisible();
    await expectOnce(page, [["button", "Reset password"], ["heading", "Password resets"], ["link", "Refresh"]]);
    // No other name on the page contains these words, so that `getByText` and voice control find the button.
    await expect(page.getByText("Reset password")).toHaveCount(1);
    await expect(page.getByRole("main")).toContainText(UMA.email);

    await open(page, await pageOf(page, IVY));
    await expectOnce(page, [["button", "Resend invitation"], ["heading", "Latest"]]);
    await expect(page.getByText("Reset password")).toHaveCount(0);
  });

  test("the button is the first control after the heading @live", async ({ page, open }) => {
    await open(page, await pageOf(page, UMA));
    await heading(page, UMA.name).focus();
    await page.keyboard.press("Tab");
    await expect(page.getByRole("button", { name: "Reset password" })).toBeFocused();
  });
});
