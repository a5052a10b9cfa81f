// The page behind a mailed link: what it says in each state, and what it does not give away.
import { COMPANY, NEW_PASSWORD, PASSWORD, SHORT_PASSWORD, UMA } from "../support/people.ts";
import { expect, test } from "../support/test.ts";
import { doneBox, errorSummary, expectRefused, heading, submitAsk, submitNewPassword } from "../support/ways.ts";

const DAY = 24 * 60 * 60;
const OPEN = "/reset-password/open";

test("the address bar forgets the token; after a reload the link can be pasted @live", async ({ page, open, linkFor, server, hydrated }) => {
  const link = await linkFor(UMA);
  await open(page, link);
  await expect(page).toHaveURL(OPEN);
  await expect(heading(page, "Set a new password")).toBeVisible();

  await page.reload();
  await expect(heading(page, "Open the link again")).toBeVisible();
  await hydrated(page);
  await page.getByLabel("Link from the mail").fill(server.url + link);
  await page.getByRole("button", { name: "Open link" }).click();
  await expect(heading(page, "Set a new password")).toBeVisible();
  await hydrated(page);
  await expect(page).toHaveURL(OPEN);
});

test("a link can be pasted, whatever a mail program did to it", async ({ page, open, linkFor, server, clean, hydrated }) => {
  const link = await linkFor(UMA);
  clean.expectStatus(422);
  await open(page, OPEN);
  await page.getByLabel("Link from the mail").fill("what I found in the mail");
  await page.getByRole("button", { name: "Open link" }).click();
  await expectRefused(page, ["Paste the whole link from the mail"]);
  await expect(page).toHaveTitle("Error: Open the link again – Rekey");
  await hydrated(page);

  const token = link.slice(link.lastIndexOf("/") + 1);
  for (const pasted of [` <${server.url}${link}>. `, token.toUpperCase(), token]) {
    await open(page, OPEN);
    await page.getByLabel("Link from the mail").fill(pasted);
    await page.getByRole("button", { name: "Open link" }).click();
    await expect(heading(page, "Set a new password"), pasted).toBeVisible();
    await hydrated(page);
  }
});

test("without JavaScript the link stays in the address bar and works after a reload @plain", async ({ page, open, linkFor }) => {
  const link = await linkFor(UMA);
  await open(page, link);
  await expect(page).toHaveURL(link);
  await page.reload();
  await expect(heading(page, "Set a new password")).toBeVisible();
});

test("what is typed before the page comes to life survives @live", async ({ page, linkFor, hydrated }) => {
  const link = await linkFor(UMA);
  let letGo = () => {};
  const enough = new Promise<void>((resolve) => (letGo = resolve));
  await page.route("**/*.wasm", async (route) => {
    await enough;
    await route.continue();
  });
  await page.goto(link, { waitUntil: "domcontentloaded" });
  await page.getByLabel("New password").pressSequentially(NEW_PASSWORD);
  await expect(page.locator("html")).not.toHaveAttribute("data-hydrated");
  await expect(page.getByRole("button", { name: "Show password" })).toHaveCount(0);
  letGo();
  await hydrated(page);
  await expect(page.getByLabel("New password")).toHaveValue(NEW_PASSWORD);
  await expect(page.getByLabel("New password")).toBeFocused();

  await page.getByRole("button", { name: "Show password" }).click();
  await expect(page.getByLabel("New password")).toHaveValue(NEW_PASSWORD);
  await page.getByRole("button", { name: "Set new password" }).click();
  await expect(doneBox(page)).toContainText("Your password is changed.");
  await hydrated(page);
});

test("the form works before the page comes to life @live", async ({ page, linkFor, hydrated }) => {
  const link = await linkFor(UMA);
  await page.route("**/*.wasm", (route) => (page.url().includes("/login") ? route.continue() : undefined));
  await page.goto(link, { waitUntil: "domcontentloaded" });
  await submitNewPassword(page, NEW_PASSWORD);
  await expect(page).toHaveURL(/\/login\?done=password-changed$/);
  await page.unrouteAll({ behavior: "ignoreErrors" });
  await page.reload();
  await hydrated(page);
});

test("a password can be shown and hidden again @live", async ({ page, open, linkFor, clean }) => {
  await open(page, await linkFor(UMA));
  const field = page.getByLabel("New password");
  await field.fill(SHORT_PASSWORD);
  await expect(field).toHaveAttribute("type", "password");
  await page.getByRole("button", { name: "Show password" }).click();
  await expect(field).toHaveAttribute("type", "text");
  await expect(page.getByRole("button", { name: "Hide password" })).toBeFocused();

  // Hidden again on submit.
  clean.expectStatus(422);
  await page.getByRole("button", { name: "Set new password" }).click();
  await expect(errorSummary(page)).toBeFocused();
  await expect(field).toHaveAttribute("type", "password");
  await expect(page.getByRole("button", { name: "Show password" })).toBeVisible();
});

test("how much is missing is said after a pause @live", async ({ page, open, linkFor }) => {
  await open(page, await linkFor(UMA));
  await page.getByLabel("New password").pressSequentially("nine sign");
  await expect(page.getByText("6 more characters")).toBeVisible();
  await page.getByLabel("New password").pressSequentially("ature");
  await expect(page.getByText("1 more character", { exact: true })).toBeVisible();
  await page.getByLabel("New password").pressSequentially("s");
  await expect(page.getByText(/more character/)).toHaveCount(0);
});

test("without JavaScript there is no button that needs it @plain", async ({ page, open, linkFor }) => {
  for (const path of [await linkFor(UMA), "/login"]) {
    await open(page, path);
    await expect(page.getByRole("textbox").first()).toBeVisible();
    await expect(page.getByRole("button", { name: /password$/ }).and(page.locator("[type=button]"))).toHaveCount(0);
  }
});

test("password managers find what they look for", async ({ page, open, linkFor }) => {
  await open(page, await linkFor(UMA));
  const account = page.getByLabel("Email");
  await expect(account).toBeVisible();
  await expect(account).toHaveValue(UMA.email);
  await expect(account).toHaveAttribute("autocomplete", "username");
  await expect(account).not.toBeEditable();
  const password = page.getByLabel("New password");
  await expect(password).toHaveAttribute("type", "password");
  await expect(password).toHaveAttribute("autocomplete", "new-password");
  await expect(password).toHaveAttribute("passwordrules", "minlength: 15");
  await expect(password).not.toHaveAttribute("maxlength");

  await open(page, "/login");
  await expect(page.getByLabel("Email")).toHaveAttribute("autocomplete", "username");
  const current = page.getByRole("textbox", { name: "Password", exact: true });
  await expect(current).toHaveAttribute("autocomplete", "current-password");
  await expect(current).toHaveAttribute("type", "password");
});

test("each refusal has its reason, and the link stays unspent", async ({ page, open, linkFor, clean, hydrated }) => {
  clean.expectStatus(422);
  await open(page, await linkFor(UMA));
  const refusals = [
    ["", "Enter a new password"],
    [SHORT_PASSWORD, "Use at least 15 characters"],
    ["x".repeat(129), "Use at most 128 characters"],
    ["uma user at blue heron logistics", "Leave out your name, your company and Rekey"],
    ["passwordpassword", "This password is on a list of common or stolen passwords. Choose another"],
  ] as const;
  for (const [typed, reason] of refusals) {
    await submitNewPassword(page, typed);
    await expectRefused(page, [reason]);
    await hydrated(page);
  }
  await submitNewPassword(page, NEW_PASSWORD);
  await expect(doneBox(page)).toContainText("Your password is changed.");
  await hydrated(page);
});

test("a used link says so before anything is typed", async ({ page, open, linkFor, clean, hydrated }) => {
  const link = await linkFor(UMA);
  await open(page, link);
  await submitNewPassword(page, NEW_PASSWORD);
  await expect(doneBox(page)).toBeVisible();
  await hydrated(page);

  clean.expectStatus(410);
  await open(page, link);
  await expect(heading(page, "This link was used")).toBeVisible();
  await expect(page.getByText(/^The password was changed on \d+ \w{3} \d{4}, \d\d:\d\d\. Not you\? Ask for a new link at once\.$/)).toBeVisible();
  await expect(page.getByRole("textbox")).toHaveCount(0);
  await expect(page.getByRole("main").getByRole("link")).toHaveText(["Sign in", "Forgot password?"]);
});

test("a link that a changed password has ended says that nothing came of it", async ({ page, open, linkFor, clean, server }) => {
  const link = await linkFor(UMA);
  const uma = await server.signIn(UMA.email);
  const answer = await uma.post("/account/password", { current_password: PASSWORD, new_password: NEW_PASSWORD });
  expect(answer.status).toBe(303);
  clean.expectStatus(410);
  await open(page, link);
  await expect(heading(page, "This link was withdrawn")).toBeVisible();
  await expect(page.getByText(`Your password is unchanged. Questions: ${COMPANY}, it@blueheronlogistics.example.`, { exact: true })).toBeVisible();
  await expect(page.getByRole("textbox")).toHaveCount(0);
  await expect(page.getByRole("main").getByRole("link")).toHaveText(["Sign in", "Forgot password?"]);
});

test("a replaced link points to the newest mail", async ({ page, open, linkFor, clean, hydrated }) => {
  const older = await linkFor(UMA);
  const newer = await linkFor(UMA, 2);
  clean.expectStatus(410);
  // It is replaced once the newer mail is accepted, a moment after it is there.
  await expect(async () => {
    await page.goto(older);
    await expect(heading(page, "A newer link was sent")).toBeVisible({ timeout: 1_000 });
  }).toPass();
  await hydrated(page);
  await expect(page.getByText(/^Sent on \d+ \w{3} \d{4}, \d\d:\d\d\. Open the newest mail\.$/)).toBeVisible();
  await expect(page.getByRole("main").getByRole("link")).toHaveText(["Forgot password?"]);
  await open(page, newer);
  await expect(heading(page, "Set a new password")).toBeVisible();
});

test("too old, unknown and cut links look alike and offer a new one", async ({ page, open, linkFor, clean, advanceClock, mailsTo, hydrated }) => {
  const link = await linkFor(UMA);
  await advanceClock(DAY - 60);
  await open(page, link);
  await expect(heading(page, "Set a new password"), "a minute before the end").toBeVisible();
  await advanceClock(61);

  clean.expectStatus(410);
  const looks: string[] = [];
  for (const dead of [link, `/reset-password/${"a".repeat(52)}`, link.slice(0, -3), `${link}/`, "/reset-password/%F0%9F%97%9D"]) {
    await open(page, dead);
    await expect(heading(page, "This link does not work"), dead).toBeVisible();
    looks.push(await page.locator("body").ariaSnapshot());
  }
  for (const look of looks) expect(look).toBe(looks[0]);

  await open(page, link);
  await submitAsk(page, UMA.email);
  await expect(heading(page, "Check your email")).toBeVisible();
  await expect(page.getByText(`If an account uses ${UMA.email}`)).toBeVisible();
  await hydrated(page);
  await mailsTo(UMA.email, 2);
});

test("a link that dies while its page is open says so when the button is pressed", async ({ page, open, linkFor, clean, advanceClock, hydrated }) => {
  await open(page, await linkFor(UMA));
  await advanceClock(DAY + 1);
  clean.expectStatus(410);
  await submitNewPassword(page, NEW_PASSWORD);
  await expect(heading(page, "This link does not work")).toBeVisible();
  await hydrated(page);
});

test("looking at a link does nothing to it", async ({ page, open, linkFor, request }) => {
  const link = await linkFor(UMA);
  for (let visit = 0; visit < 5; visit++) {
    expect((await request.get(link)).status()).toBe(200);
    expect((await request.head(link)).status()).toBe(200);
  }
  await open(page, link);
  await expect(page.getByText(`For Uma User at ${COMPANY}.`)).toBeVisible();
  await expect(heading(page, "Set a new password")).toBeVisible();
});
