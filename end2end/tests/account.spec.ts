// One's own account: details, password, the places where one is signed in, and the end of a session.
import { linkIn } from "../support/mail.ts";
import { COMPANY, MAX, NEW_PASSWORD, PASSWORD, SHORT_PASSWORD, UMA } from "../support/people.ts";
import { expect, test } from "../support/test.ts";
import { doneBox, errorSummary, expectRefused, heading, submitNewPassword, submitSignIn } from "../support/ways.ts";

const MINUTE = 60;
/** What Firefox sends, for a device that is told from the browser under test. */
const FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:132.0) Gecko/20100101 Firefox/132.0";

test.describe("Uma's account", () => {
  test.beforeEach(async ({ page, signIn }) => signIn(page, UMA.email));

  test("is behind her name in the frame", async ({ page, open, hydrated }) => {
    await open(page, "/dashboard");
    await page.getByRole("banner").getByRole("link", { name: UMA.name, exact: true }).click();
    await expect(heading(page, "My account")).toBeVisible();
    await expect(page).toHaveURL("/account");
    await hydrated(page);
    await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Settings" }).click();
    await expect(heading(page, "Settings")).toBeVisible();
    await page.getByRole("link", { name: "My company profile" }).click();
    await expect(heading(page, COMPANY)).toBeVisible();
  });

  test("shows a changed name in the frame", async ({ page, open, hydrated }) => {
    await open(page, "/account");
    await expect(page.getByLabel("Name")).toHaveValue(UMA.name);
    await expect(page.getByLabel("Email")).toHaveValue(UMA.email);
    await expect(page.getByLabel("Current password")).toHaveAccessibleDescription("Only needed for a new email.");
    await page.getByLabel("Name").fill("Uma <b>Ünlü</b>");
    await page.getByRole("button", { name: "Save details" }).click();
    await expect(doneBox(page)).toHaveText("Your details are saved.");
    await expect(page).toHaveURL("/account?done=saved");
    await expect(page.getByRole("banner").getByRole("link", { name: "Uma <b>Ünlü</b>", exact: true })).toBeVisible();
    await expect(page.getByLabel("Name")).toHaveValue("Uma <b>Ünlü</b>");
    await hydrated(page);
  });

  test("shows times in the chosen zone, here and in lists", async ({ page, open, hydrated }) => {
    await open(page, "/account");
    await expect(page.getByLabel("Time zone").locator("option:checked")).toHaveText("The company's (Europe/Berlin)");
    await expect(page.getByText("Times are in Europe/Berlin")).toBeVisible();
    await page.getByLabel("Time zone").selectOption("Asia/Tokyo");
    await page.getByRole("button", { name: "Save details" }).click();
    await expect(doneBox(page)).toHaveText("Your details are saved.");
    await expect(page.getByLabel("Time zone").locator("option:checked")).toHaveText("Asia/Tokyo");
    await expect(page.getByText("Times are in Asia/Tokyo")).toBeVisible();
    await hydrated(page);
    await open(page, "/company");
    await expect(page.getByText("Times are in Asia/Tokyo")).toBeVisible();

    await open(page, "/account");
    await page.getByLabel("Time zone").selectOption("");
    await page.getByRole("button", { name: "Save details" }).click();
    await expect(page.getByText("Times are in Europe/Berlin")).toBeVisible();
    await hydrated(page);
  });

  test("refuses a bad name in place and keeps what was typed", async ({ page, open, hydrated, clean }) => {
    clean.expectStatus(422);
    await open(page, "/account");
    await page.getByLabel("Time zone").selectOption("Asia/Tokyo");
    for (const [typed, reason] of [["", "Enter a name"], ["x".repeat(101), "Use at most 100 characters"]] as const) {
      await page.getByLabel("Name").fill(typed);
      await page.getByRole("button", { name: "Save details" }).click();
      await expectRefused(page, [reason]);
      await expect(page).toHaveTitle(`Error: My account – ${COMPANY} – Rekey`);
      await expect(page).toHaveURL("/account");
      await expect(page.getByLabel("Name")).toHaveValue(typed);
      await expect(page.getByLabel("Time zone").locator("option:checked")).toHaveText("Asia/Tokyo");
      await hydrated(page);
    }
    await errorSummary(page).getByRole("link").click();
    await expect(page.getByLabel("Name")).toBeFocused();
    await open(page, "/account");
    await expect(page.getByLabel("Name")).toHaveValue(UMA.name);
  });

  test("sends a reset link to herself", async ({ page, open, hydrated, mailsTo }) => {
    await open(page, "/account");
    await expect(page.getByText("No resets yet.")).toBeVisible();
    await page.getByRole("button", { name: "Email me a reset link" }).click();
    await expect(doneBox(page)).toHaveText("A reset link is on its way to you.");
    await expect(page.getByRole("heading", { name: "Latest" })).toBeVisible();
    await hydrated(page);
    const [mail] = await mailsTo(UMA.email);
    // The same person: the form at once.
    await open(page, linkIn(mail));
    await expect(heading(page, "Set a new password")).toBeVisible();
  });

  test("changes the password, which needs the current one", async ({ page, open, hydrated, signIn, anotherBrowser, clean, mailsTo }) => {
    const oldDevice = await anotherBrowser();
    await signIn(oldDevice, UMA.email);
    const before = (await page.context().cookies()).find((cookie) => cookie.name === "rekey")?.value;
    clean.expectStatus(422);
    await open(page, "/account");
    await page.getByRole("link", { name: "Change password" }).click();
    await expect(heading(page, "Change password")).toBeVisible();
    await hydrated(page);

    const current = page.getByLabel("Current password");
    const chosen = page.getByLabel("New password");
    for (const [old, fresh, field, reasons] of [
      ["", "", current, ["Enter your password", "Enter a new password"]],
      ["not the current one", NEW_PASSWORD, current, ["Current password is wrong."]],
      [PASSWORD, SHORT_PASSWORD, chosen, ["Use at least 15 characters"]],
    ] as const) {
      await current.fill(old);
      await chosen.fill(fresh);
      await page.getByRole("button", { name: "Change password" }).click();
      await expectRefused(page, reasons);
      await expect(page).toHaveTitle(`Error: Change password – ${COMPANY} – Rekey`);
      // A link of the summary that was pressed before leaves its fragment.
      await expect(page).toHaveURL(/\/account\/password(#.*)?$/);
      await errorSummary(page).getByRole("link").first().click();
      await expect(field).toBeFocused();
      await hydrated(page);
    }
    await open(oldDevice, "/dashboard");
    await expect(heading(oldDevice, "Dashboard"), "nothing was changed by a refusal").toBeVisible();

    await current.fill(PASSWORD);
    await chosen.fill(NEW_PASSWORD);
    await page.getByRole("button", { name: "Change password" }).click();
    await expect(page).toHaveURL("/account?done=password-changed");
    await expect(doneBox(page)).toHaveText("Password changed. 1 other device was signed out.");
    await hydrated(page);
    const after = (await page.context().cookies()).find((cookie) => cookie.name === "rekey")?.value;
    expect(after, "the session goes on under a new secret").toBeTruthy();
    expect(after).not.toBe(before);
    const [notice] = await mailsTo(UMA.email);
    expect(notice?.subject).toContain("your password was changed");

    await open(oldDevice, "/dashboard");
    await expect(oldDevice).toHaveURL(/\/login\?next=%2Fdashboard$/);
    await submitSignIn(oldDevice, UMA.email, PASSWORD);
    await expectRefused(oldDevice, ["Email or password is wrong."]);
    await hydrated(oldDevice);
    await submitSignIn(oldDevice, UMA.email, NEW_PASSWORD);
    await expect(oldDevice).toHaveURL("/dashboard");
    await hydrated(oldDevice);
  });

  test("signs out one device, then all others", async ({ page, open, hydrated, server }) => {
    const signInWith = (userAgent: string) => server.signIn(UMA.email, PASSWORD, { userAgent });
    const firefox = await signInWith(FIREFOX);
    const unknown = await signInWith("curl/8.5.0");

    await open(page, "/account");
    const rows = page.getByRole("table", { name: "Where you are signed in" }).getByRole("row").filter({ has: page.getByRole("rowheader") });
    await expect(rows).toHaveCount(3);
    await expect(rows.first()).toContainText("This device");
    await expect(rows.first().getByRole("button")).toHaveCount(0);
    await expect(rows.first()).toContainText("127.0.0.1");
    await page.getByRole("button", { name: "Sign out Firefox on Linux" }).click();
    await expect(doneBox(page)).toHaveText("That device is signed out.");
    await expect(rows).toHaveCount(2);
    await hydrated(page);
    expect(await firefox.isAlive()).toBe(false);
    expect(await unknown.isAlive()).toBe(true);

    const third = await signInWith(FIREFOX);
    await open(page, "/account");
    await expect(page.getByRole("button", { name: "Sign out Unknown device" })).toBeVisible();
    await page.getByRole("button", { name: "Sign out everywhere else" }).click();
    await expect(doneBox(page)).toHaveText("All your other devices are signed out.");
    await expect(rows).toHaveCount(1);
    await expect(page.getByRole("button", { name: "Sign out everywhere else" })).toHaveCount(0);
    await hydrated(page);
    for (const device of [firefox, unknown, third]) expect(await device.isAlive()).toBe(false);
  });

  test("nobody ends the session of somebody else", async ({ server }) => {
    const max = await server.signIn(MAX.email);
    const uma = await server.signIn(UMA.email);
    const other = await server.signIn(UMA.email, PASSWORD, { userAgent: FIREFOX });
    const path = /action="(\/account\/sessions\/[0-9a-f-]{36}\/end)"/.exec(await (await uma.get("/account")).text())?.[1];
    if (!path) throw new Error("no other session");
    expect((await max.post(path)).status).toBe(404);
    expect(await other.isAlive()).toBe(true);
    expect((await uma.post(path)).status, "the same path is the owner's").toBe(303);
  });

  test("password managers find the page that changes the password", async ({ page, open }) => {
    await open(page, "/.well-known/change-password");
    await expect(page).toHaveURL("/account/password");
    await expect(heading(page, "Change password")).toBeVisible();
  });
});

test("the page that changes the password asks strangers to sign in first", async ({ page, open, hydrated }) => {
  await open(page, "/.well-known/change-password");
  await expect(page).toHaveURL(/\/login\?next=%2Faccount%2Fpassword$/);
  await submitSignIn(page, UMA.email);
  await expect(page).toHaveURL("/account/password");
  await hydrated(page);
});

test.describe("a link that is opened while somebody else is signed in", () => {
  test("is for one person: sign out, and set the password", async ({ page, open, hydrated, signIn, linkFor }) => {
    const link = await linkFor(UMA);
    await signIn(page, MAX.email);
    await open(page, link);
    await expect(heading(page, `This link is for ${UMA.email}`)).toBeVisible();
    await expect(page.getByRole("textbox"), "nothing is mixed").toHaveCount(0);
    await page.getByRole("button", { name: "Sign out and continue" }).click();
    await expect(heading(page, "Set a new password")).toBeVisible();
    await hydrated(page);
    await expect(page.getByRole("navigation", { name: "Main" })).toHaveCount(0);
    await submitNewPassword(page, NEW_PASSWORD);
    await expect(doneBox(page)).toContainText("Your password is changed.");
    await hydrated(page);
  });

  test("changes nothing for who stays", async ({ page, open, hydrated, signIn, linkFor }) => {
    const link = await linkFor(UMA);
    await signIn(page, MAX.email);
    await open(page, link);
    await page.getByRole("link", { name: `Stay signed in as ${MAX.name}` }).click();
    await expect(heading(page, "Dashboard")).toBeVisible();
    await expect(page.getByRole("banner").getByRole("link", { name: MAX.name, exact: true })).toBeVisible();
    await hydrated(page);
    await page.context().clearCookies();
    await open(page, link);
    await expect(heading(page, "Set a new password"), "the link lives").toBeVisible();
  });

  test("sets no password when somebody signs in beside the open form", async ({ page, open, hydrated, signIn, linkFor, clean }) => {
    const link = await linkFor(UMA);
    await open(page, link);
    await signIn(page, MAX.email);
    clean.expectStatus(409);
    const answered = page.waitForResponse((answer) => answer.status() === 409);
    await submitNewPassword(page, NEW_PASSWORD);
    await answered;
    await expect(page.getByText(`This link is for ${UMA.email}`).or(page.getByText(MAX.name)).first()).toBeVisible();
    await hydrated(page);
    await page.context().clearCookies();
    await open(page, link);
    await expect(heading(page, "Set a new password"), "unspent").toBeVisible();
  });
});

test("a session that ended by itself says why, and leads back", async ({ page, open, hydrated, signIn, advanceClock }) => {
  await signIn(page, UMA.email);
  await open(page, "/account");
  await advanceClock(31 * MINUTE);
  await open(page, "/account");
  await expect(heading(page, "Sign in")).toBeVisible();
  await expect(page.getByRole("region", { name: "Note" })).toHaveText("You were signed out after 30 minutes without activity.");
  await submitSignIn(page, UMA.email);
  await expect(page).toHaveURL("/account");
  await hydrated(page);
});

// The demo's clock moves the server only, Playwright's the browser only: each test moves both.
test.describe("two minutes before the end of an idle session @live", () => {
  test.beforeEach(async ({ page, open, signIn, advanceClock }) => {
    await page.clock.install();
    await signIn(page, UMA.email);
    await open(page, "/account");
    await page.getByLabel("Name").focus();
    await expect(page.getByRole("dialog")).toHaveCount(0);
    // The page looks every ten minutes at the latest.
    await advanceClock(28 * MINUTE + 1);
    const dialog = page.getByRole("dialog", { name: "Are you still there?", exact: true });
    // Looking once more changes nothing: the server's clock stands.
    await expect(async () => {
      await page.clock.fastForward(10 * MINUTE * 1000);
      await expect(dialog).toBeVisible({ timeout: 2000 });
    }).toPass({ timeout: 20_000 });
    await expect(dialog).toContainText("You will be signed out in 2 minutes, since nothing happened here.");
    await expect(dialog.getByRole("button", { name: "Stay signed in", exact: true })).toBeFocused();
  });

  test("a button keeps it, and the focus returns", async ({ page, advanceClock, open }) => {
    const answered = page.waitForResponse("**/api/stay-signed-in");
    await page.getByRole("button", { name: "Stay signed in", exact: true }).click();
    expect((await answered).status()).toBe(200);
    await expect(page.getByRole("dialog")).toHaveCount(0);
    await expect(page.getByLabel("Name")).toBeFocused();
    await advanceClock(3 * MINUTE);
    await open(page, "/dashboard");
    await expect(heading(page, "Dashboard")).toBeVisible();
  });

  test("Esc keeps it", async ({ page, advanceClock, open }) => {
    const answered = page.waitForResponse("**/api/stay-signed-in");
    await page.keyboard.press("Escape");
    expect((await answered).status()).toBe(200);
    await expect(page.getByRole("dialog")).toHaveCount(0);
    await expect(page.getByLabel("Name")).toBeFocused();
    await advanceClock(3 * MINUTE);
    await open(page, "/dashboard");
    await expect(heading(page, "Dashboard")).toBeVisible();
  });

  test("the keyboard stays inside", async ({ page }) => {
    const dialog = page.getByRole("dialog");
    await page.keyboard.press("Tab");
    await expect(dialog.getByRole("button", { name: "Sign out now", exact: true })).toBeFocused();
    for (let tabs = 0; tabs < 4; tabs++) {
      await page.keyboard.press("Tab");
      const isOutside = await page.evaluate(() => !document.activeElement?.closest("dialog") && document.activeElement !== document.body);
      expect(isOutside).toBe(false);
    }
  });

  test("one can sign out at once", async ({ page, hydrated }) => {
    await page.getByRole("button", { name: "Sign out now", exact: true }).click();
    await expect(doneBox(page)).toHaveText("You are signed out.");
    await hydrated(page);
  });

  test("nothing done, it ends, says so and leads back", async ({ page, hydrated, advanceClock, clean }) => {
    clean.expectStatus(401);
    await advanceClock(2 * MINUTE);
    await page.clock.fastForward(2 * MINUTE * 1000 + 2000);
    await expect(heading(page, "Sign in")).toBeVisible();
    await expect(page.getByRole("region", { name: "Note" })).toHaveText("You were signed out after 30 minutes without activity.");
    await hydrated(page);
    await submitSignIn(page, UMA.email);
    await expect(page).toHaveURL("/account");
    await hydrated(page);
  });
});
