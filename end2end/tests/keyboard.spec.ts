// The whole job with the keyboard alone, with JavaScript and without: no pointer, no shortcut of the tests. Each stop of
// Tab is looked at (support/keys.ts): its ring is there, strong enough, not covered, and gone when the focus has left.
import { Keys } from "../support/keys.ts";
import { linkIn } from "../support/mail.ts";
import { BADGES, COMPANY, MAX, NEW_PASSWORD, PASSWORD, SHORT_PASSWORD, UMA } from "../support/people.ts";
import { expect, test } from "../support/test.ts";
import { badge, doneBox, errorSummary, expectRefused, heading, pageOf, people, usersTable, waitForBadge } from "../support/ways.ts";

test("sign in, find, reset, open the link, set a password, sign in, sign out", async ({ page, open, hydrated, isLive, clean, mailsTo, anotherBrowser }) => {
  test.slow();
  const keys = new Keys(page);

  await test.step("the skip link, a wrong password, the right one", async () => {
    await open(page, "/login");
    await keys.press(page.getByRole("link", { name: "Skip to main content" }));
    await expect(page.getByRole("main")).toBeFocused();
    const email = page.getByLabel("Email");
    const password = page.getByRole("textbox", { name: "Password", exact: true });
    await keys.tab();
    await expect(email, "the first stop after the skip link").toBeFocused();
    await keys.type(email, MAX.email);
    await keys.type(password, "not his password");
    clean.expectStatus(422);
    await page.keyboard.press("Enter");
    await expectRefused(page, ["Email or password is wrong."]);
    await hydrated(page);
    await keys.tab();
    await expect(errorSummary(page).getByRole("link")).toBeFocused();
    await page.keyboard.press("Enter");
    await expect(email).toBeFocused();
    await keys.type(password, PASSWORD);
    const keep = page.getByRole("checkbox", { name: "Keep me signed in on this device" });
    await keys.press(keep, "Space");
    await expect(keep).toBeChecked();
    await keys.press(page.getByRole("button", { name: "Sign in" }));
    await expect(heading(page, "Dashboard")).toBeVisible();
    await hydrated(page);
  });

  await test.step("company, search, role, name", async () => {
    await keys.press(page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Company" }));
    await expect(heading(page, COMPANY)).toBeVisible();
    await hydrated(page);
    await keys.type(page.getByLabel("Search people"), "uma");
    await keys.choose(page.getByLabel("Role"), "User");
    await keys.choose(page.getByLabel("Status"), "Active");
    await keys.press(page.getByRole("button", { name: "Apply filters" }), "Space");
    await expect(people(page)).toHaveCount(1);
    await hydrated(page);
    await keys.press(usersTable(page).getByRole("link", { name: UMA.name }));
    await expect(heading(page, UMA.name)).toBeVisible();
    await hydrated(page);
  });

  await test.step("the button keeps the focus, the state follows", async () => {
    const button = page.getByRole("button", { name: "Reset password" });
    await keys.press(button, "Space");
    await expect(doneBox(page)).toHaveText("Reset link for Uma User is on its way.");
    if (isLive) {
      await expect(button).toBeFocused();
      await expect(page.getByRole("status")).toHaveText("Uma User: mail accepted.");
    }
    await mailsTo(UMA.email);
    await expect(async () => {
      await keys.press(page.getByRole("link", { name: "Refresh" }));
      await expect(badge(page)).toHaveText("Mail accepted", { timeout: 1_000 });
    }).toPass();
  });

  const owner = await anotherBrowser();
  const ownersKeys = new Keys(owner);
  await test.step("the link: too short, then good", async () => {
    const [mail] = await mailsTo(UMA.email);
    await open(owner, linkIn(mail));
    const field = owner.getByLabel("New password");
    await ownersKeys.type(field, SHORT_PASSWORD);
    await owner.keyboard.press("Enter");
    await expectRefused(owner, ["Use at least 15 characters"]);
    await hydrated(owner);
    await ownersKeys.press(errorSummary(owner).getByRole("link"));
    await expect(field).toBeFocused();
    await ownersKeys.type(field, NEW_PASSWORD);
    if (isLive) {
      await ownersKeys.press(owner.getByRole("button", { name: "Show password" }), "Space");
      await expect(field).toHaveAttribute("type", "text");
    }
    await ownersKeys.press(owner.getByRole("button", { name: "Set new password" }), "Space");
    await expect(doneBox(owner)).toContainText("Your password is changed.");
    await hydrated(owner);
  });

  await test.step("in with the new one, and out", async () => {
    await ownersKeys.type(owner.getByLabel("Email"), UMA.email);
    await ownersKeys.type(owner.getByRole("textbox", { name: "Password", exact: true }), NEW_PASSWORD);
    await owner.keyboard.press("Enter");
    await expect(heading(owner, "Dashboard")).toBeVisible();
    await hydrated(owner);
    await ownersKeys.press(owner.getByRole("button", { name: "Sign out" }));
    await expect(doneBox(owner)).toHaveText("You are signed out.");
    await hydrated(owner);
  });
});

test("revoke, and send again: the focus is never lost", async ({ page, open, hydrated, isLive, linkFor, signIn }) => {
  await linkFor(UMA);
  await signIn(page, MAX.email);
  await open(page, await pageOf(page, UMA));
  await waitForBadge(page, "Mail accepted");
  await hydrated(page);
  const keys = new Keys(page);
  await keys.press(page.getByRole("button", { name: "Revoke", exact: true }), "Space");
  await expect(doneBox(page)).toHaveText(`No link for ${UMA.name} works any more.`);
  await expect(badge(page)).toHaveText("Revoked");
  if (isLive) await expect(page.getByRole("heading", { name: "Latest" })).toBeFocused();
  await hydrated(page);
  await keys.press(page.getByRole("button", { name: "Send again", exact: true }));
  await expect(doneBox(page)).toHaveText(`Reset link for ${UMA.name} is on its way.`);
  if (isLive) await expect(page.locator("body"), "the place is kept").not.toBeFocused();
  await waitForBadge(page, "Mail accepted");
  await hydrated(page);
});

test("forgot password: asked, sent again, with another address", async ({ page, open, hydrated }) => {
  const keys = new Keys(page);
  await open(page, "/login");
  await keys.press(page.getByRole("link", { name: "Forgot password?" }));
  await expect(heading(page, "Forgot your password?")).toBeVisible();
  await hydrated(page);
  await keys.type(page.getByLabel("Email"), UMA.email);
  await page.keyboard.press("Enter");
  await expect(heading(page, "Check your email")).toBeFocused();
  await hydrated(page);
  await keys.tab();
  await expect(page.getByRole("button", { name: "Send again" })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(heading(page, "Check your email")).toBeFocused();
  await hydrated(page);
  await keys.press(page.getByRole("link", { name: "Use another email" }));
  await expect(page.getByLabel("Email")).toBeFocused();
  await hydrated(page);
});

test("own account: name, zone, password, other devices", async ({ page, open, hydrated, server, signIn, clean }) => {
  const other = await server.signIn(UMA.email);
  await signIn(page, UMA.email);
  const keys = new Keys(page);
  await open(page, "/dashboard");
  await keys.press(page.getByRole("banner").getByRole("link", { name: UMA.name }));
  await expect(heading(page, "My account")).toBeVisible();
  await hydrated(page);
  await keys.type(page.getByLabel("Name"), "Uma Upton");
  await keys.choose(page.getByLabel("Time zone"), "Africa/Accra");
  await keys.press(page.getByRole("button", { name: "Save details" }));
  await expect(doneBox(page)).toHaveText("Your details are saved.");
  await expect(page.getByText("Times are in Africa/Accra")).toBeVisible();
  await hydrated(page);

  await keys.press(page.getByRole("button", { name: "Sign out Unknown device" }));
  await expect(doneBox(page)).toHaveText("That device is signed out.");
  await hydrated(page);
  expect(await other.isAlive()).toBe(false);

  await keys.press(page.getByRole("link", { name: "Change password" }));
  await expect(heading(page, "Change password")).toBeVisible();
  await hydrated(page);
  clean.expectStatus(422);
  await keys.press(page.getByRole("button", { name: "Change password" }));
  await expectRefused(page, ["Enter your password", "Enter a new password"]);
  await hydrated(page);
  await keys.type(page.getByLabel("Current password"), PASSWORD);
  await keys.type(page.getByLabel("New password"), NEW_PASSWORD);
  await page.keyboard.press("Enter");
  await expect(doneBox(page)).toHaveText("Password changed.");
  await hydrated(page);
});

test.describe("reading", () => {
  test.use({ demo: "shared" });

  test("the list of people: order and pages", async ({ page, open, hydrated, signIn }) => {
    await signIn(page, MAX.email);
    const keys = new Keys(page);
    await open(page, "/company");
    for (const [head, key, direction] of [["Email", "Enter", "ascending"], ["Email", "Space", "descending"], ["Last reset", "Enter", "descending"]] as const) {
      await keys.press(usersTable(page).getByRole("button", { name: head, exact: true }), key);
      await expect(usersTable(page).getByRole("columnheader", { name: head, exact: true })).toHaveAttribute("aria-sort", direction);
      await hydrated(page);
    }
    for (const [link, range] of [["Next page", "26–45 of 45"], ["Previous page", "1–25 of 45"]] as const) {
      await keys.press(page.getByRole("link", { name: link }));
      await expect(page.getByText(range)).toBeVisible();
      await hydrated(page);
    }
  });

  test("the list of people: filters; a reply unfolded", async ({ page, open, hydrated, signIn }) => {
    await signIn(page, MAX.email);
    const keys = new Keys(page);
    await open(page, "/company");
    await keys.choose(page.getByLabel("Rows a page"), "50");
    await keys.choose(page.getByLabel("Status"), "Deleted");
    await keys.press(page.getByRole("button", { name: "Apply filters" }));
    await expect(people(page).getByRole("rowheader")).toHaveText(["Del Deleted"]);
    await hydrated(page);
    await keys.press(page.getByRole("link", { name: "Clear filters" }));
    await expect(people(page)).toHaveCount(25);
    await hydrated(page);

    const refused = BADGES.find(([words]) => words === "Mail refused");
    if (!refused) throw new Error("nobody's mail is refused");
    await open(page, await pageOf(page, refused[1]));
    await keys.press(page.getByText("Server reply"), "Space");
    await expect(page.getByText(/5\.1\.1/)).toBeVisible();
  });

  for (const width of [1280, 320]) {
    test(`Tab passes every control once, downwards, there and back, at ${width} pixels`, async ({ page, open, signIn, clean }) => {
      test.slow();
      await page.setViewportSize({ width, height: 720 });
      clean.expectStatus(404, 410);
      const walk = async (path: string) => {
        await open(page, path);
        return new Keys(page).walk();
      };
      for (const path of ["/login", "/reset-password", "/reset-password/open", "/reset-password/nothing", "/nowhere"]) await walk(path);
      await signIn(page, MAX.email);
      const person = await pageOf(page, UMA);
      for (const path of ["/dashboard", "/company?q=person0", "/settings", "/companies", "/account", "/account/password", "/logout", "/company/users/new", person]) await walk(path);
    });
  }

  test("the order of Tab is the order of the documentation", async ({ page, open, signIn, isLive }) => {
    const order = async (path: string) => {
      await open(page, path);
      return new Keys(page).walk();
    };
    const show = (name: string) => (isLive ? [`button ${name}`] : []);
    expect(await order("/login")).toEqual([
      "a Skip to main content", "a Rekey", "input Email", "input Password", ...show("Show password"),
      "input Keep me signed in on this device", "button Sign in", "a Forgot password?",
    ]);
    await signIn(page, MAX.email);
    const frame = ["a Skip to main content", "a Rekey", "a Dashboard", "a Company", "a Settings", `a ${MAX.name}`, "button Sign out"];
    expect(await order("/company?q=uma%40")).toEqual([
      ...frame, "a Edit company details", "a Post a notice", `a ${COMPANY} users`, ...(isLive ? [] : ["a Resets"]), "input Search people", "select Role", "select Status", "select Rows a page", "button Apply filters", "a Clear filters", "a Invite people", "a Reset several", "a Download CSV",
      "button Name", "button Email", "button Role", "button Status", "button Last sign-in", "button Last reset", `input Select ${UMA.name}`, `a ${UMA.name}`,
      "input Select all on this page", "button Send reset links to selected",
    ]);
    expect(await order(await pageOf(page, UMA))).toEqual([
      ...frame, `a ${COMPANY} users`, "button Reset password", "a Refresh", "input Name", "input Email", "button Save details", "input User", "button Save role",
      "button Sign out everywhere", "a Delete user",
    ]);
    expect(await order("/account/password")).toEqual([
      ...frame, "input Email", "input Current password", ...show("Show current password"), "input New password", ...show("Show new password"), "button Change password",
    ]);
  });
});
