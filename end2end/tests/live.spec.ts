// A reset's life while one looks: the page follows by itself within 2 s, keeps focus and scroll, and says it once.
import type { Page } from "@playwright/test";
import { linkIn } from "../support/mail.ts";
import { ADA, MAX, UMA } from "../support/people.ts";
import { expect, test } from "../support/test.ts";
import { badge, doneBox, heading, noteBox, pageOf, pressReset, problemBox, submitNewPassword, waitForBadge } from "../support/ways.ts";

/** From the event to the page: 2 s, and what the machine needs for the rest. */
const SOON = { timeout: 3_500 };

/** Somebody opens another tab, or comes back. */
const look = (page: Page, isShown: boolean): Promise<void> =>
  page.evaluate((shown) => {
    if (shown) Reflect.deleteProperty(document, "hidden");
    else Object.defineProperty(document, "hidden", { value: true, configurable: true });
    document.dispatchEvent(new Event("visibilitychange", { bubbles: true }));
  }, isShown);

test("the row follows from waiting to changed, without a reload @live", async ({
  page, open, signIn, mailServer, mailsTo, advanceClock, anotherBrowser,
}) => {
  await mailServer("down");
  await signIn(page, MAX.email);
  await open(page, await pageOf(page, UMA));
  await page.evaluate(() => Object.assign(window, { sameDocument: true }));
  await pressReset(page, UMA);
  await expect(badge(page)).toHaveText("Mail delayed", SOON);
  const button = page.getByRole("button", { name: "Reset password" });
  await expect(button).toBeFocused();

  await mailServer("accept");
  await advanceClock(60);
  await expect(badge(page)).toHaveText("Mail accepted", SOON);
  await expect(page.getByRole("status")).toHaveText("Uma User: mail accepted.");
  await expect(button).toBeFocused();

  const [mail] = await mailsTo(UMA.email);
  const other = await anotherBrowser();
  await other.goto(mail?.links[0] ?? "no link");
  await submitNewPassword(other, "brisk-otter-lantern-quilt-9");
  await expect(other.getByRole("heading", { level: 1 })).toHaveText("Sign in");
  await expect(badge(page)).toHaveText("Password changed", SOON);
  await expect(page.getByRole("status")).toHaveText("Uma User: password changed.");
  expect(await page.evaluate(() => "sameDocument" in window)).toBe(true);
  await expect(page.getByRole("button", { name: "Send again" })).toHaveCount(0);
  await expect(page.getByRole("button", { name: "Revoke" })).toHaveCount(0);
});

test("the dashboard follows: who needs somebody comes and goes, without a reload @live", async ({
  page, open, signIn, mailServer, anotherBrowser,
}) => {
  await mailServer("refuse");
  await signIn(page, MAX.email);
  await open(page, "/dashboard");
  await page.evaluate(() => Object.assign(window, { sameDocument: true }));
  await page.getByText("Show as a table").click();
  const other = await anotherBrowser();
  await signIn(other, ADA.email);
  await open(other, await pageOf(other, UMA));
  await pressReset(other, UMA);
  const again = page.getByRole("button", { name: `Send again to ${UMA.name}` });
  await expect(again).toBeVisible(SOON);
  await expect(page.getByRole("status")).toHaveText(`${UMA.name}: mail refused.`);
  await expect(page.getByRole("table"), "what was opened stays open").toBeVisible();

  await mailServer("accept");
  await again.focus();
  await pressReset(other, UMA);
  await expect(again).toHaveCount(0, SOON);
  // The button is gone: the focus goes to the same person where they stand now.
  const newest = page.getByRole("region", { name: "Newest resets" });
  await expect(newest.getByRole("listitem").filter({ hasText: UMA.name }).first()).toContainText("Mail accepted", SOON);
  await expect(newest.getByRole("link", { name: UMA.name }).first()).toBeFocused();
  expect(await page.evaluate(() => "sameDocument" in window)).toBe(true);
});

test("a button keeps the focus when another one appears beside it @live", async ({
  page, open, signIn, mailServer, advanceClock,
}) => {
  await mailServer("defer");
  await signIn(page, MAX.email);
  await open(page, await pageOf(page, UMA));
  await pressReset(page, UMA);
  await expect(badge(page)).toHaveText("Mail delayed", SOON);
  const revoke = page.getByRole("button", { name: "Revoke", exact: true });
  await revoke.focus();
  await mailServer("accept");
  await advanceClock(60);
  await expect(page.getByRole("button", { name: "Send again", exact: true })).toBeVisible(SOON);
  await expect(revoke).toBeFocused();
});

test("nothing is asked once nothing can change, nor while nobody looks @live", async ({ page, open, signIn, linkFor }) => {
  await linkFor(UMA);
  await signIn(page, MAX.email);
  const asked = page.waitForRequest((request) => request.url().includes("/api/resets-since"));
  await open(page, await pageOf(page, UMA));
  await asked;
  // The answer is kept back; somebody who looks elsewhere does not want it any more.
  const givenUp = page.waitForEvent("requestfailed", (request) => request.url().includes("/api/resets-since"));
  await look(page, false);
  await givenUp;
  await page.waitForRequest((request) => request.url().includes("/api/resets-since"), { timeout: 4_000 }).then(
    () => { throw new Error("a hidden page asks"); },
    () => undefined,
  );
  await look(page, true);
  await page.getByRole("button", { name: "Revoke" }).click();
  await expect(badge(page)).toHaveText("Revoked", SOON);
  await page.waitForRequest((request) => request.url().includes("/api/resets-since"), { timeout: 4_000 }).then(
    () => { throw new Error("it asks about a reset that has ended"); },
    () => undefined,
  );
});

test("a page whose session has ended stops asking @live", async ({ page, open, signIn, linkFor, clean }) => {
  await linkFor(UMA);
  await signIn(page, MAX.email);
  await open(page, await pageOf(page, UMA));
  clean.expectStatus(401);
  const refused = page.waitForResponse((answer) => answer.url().includes("/api/resets-since") && answer.status() === 401);
  await page.context().clearCookies();
  await look(page, false);
  await look(page, true);
  await refused;
  await page.waitForRequest((request) => request.url().includes("/api/resets-since"), { timeout: 4_000 }).then(
    () => { throw new Error("it asks although it was refused"); },
    () => undefined,
  );
});

test("revoke, and send again", async ({ page, open, hydrated, signIn, linkFor, mailsTo, isLive }) => {
  const link = await linkFor(UMA);
  await signIn(page, MAX.email);
  await open(page, await pageOf(page, UMA));
  await waitForBadge(page, "Mail accepted");
  await hydrated(page);
  await page.getByRole("button", { name: "Revoke", exact: true }).click();
  await expect(doneBox(page)).toHaveText("No link for Uma User works any more.");
  await expect(badge(page)).toHaveText("Revoked");
  await expect(page.getByText("Withdrawn by Max Manager on")).toBeVisible();
  await expect(page.getByRole("button", { name: "Revoke", exact: true })).toHaveCount(0);
  // The button that was pressed is gone: the focus is not.
  if (isLive) await expect(page.getByRole("heading", { name: "Latest" })).toBeFocused();
  await hydrated(page);
  await page.getByRole("button", { name: "Send again", exact: true }).click();
  await expect(doneBox(page)).toHaveText("Reset link for Uma User is on its way.");
  // The first link, that it was withdrawn, and the new link; the notice and the link may come in either order.
  const mails = await mailsTo(UMA.email, 3);
  expect(mails.map(({ subject }) => subject)).toContain("Blue Heron Logistics: your password link was withdrawn");
  expect(linkIn(mails.find(({ links }) => links.length > 0))).not.toBe(link);
  await waitForBadge(page, "Mail accepted");
  await hydrated(page);
});

for (const [width, height] of [[1280, 720], [390, 844]] as const) {
  test(`a refusal is told where one looks, with its reason and what helps, at ${width} pixels @live`, async ({
    page, open, signIn, mailServer,
  }) => {
    await page.setViewportSize({ width, height });
    await mailServer("refuse");
    await signIn(page, MAX.email);
    await open(page, await pageOf(page, UMA));
    await pressReset(page, UMA);
    await expect(badge(page)).toHaveText("Mail refused", SOON);
    // What the press has told does not stand beside it as if nothing had happened.
    await expect(problemBox(page)).toHaveText("Uma User: mail refused.", SOON);
    await expect(doneBox(page)).toHaveCount(0);
    for (const told of [badge(page), page.getByText("The mail server refused the mail: no such mailbox."), page.getByRole("link", { name: "Correct the address" })]) {
      await expect(told).toBeInViewport({ ratio: 1 });
    }
    await expect(page.getByRole("button", { name: "Reset password" })).toBeFocused();
    expect(await page.evaluate(() => scrollY)).toBe(0);
    await expect(page.getByRole("list", { name: "Stages" }).getByRole("listitem")).toHaveText([
      "Asked done", "Mail refused", "Link no link yet", "New password not set",
    ]);
    await page.getByRole("link", { name: "Correct the address" }).click();
    await expect(page.getByLabel("Email")).toBeInViewport();
  });
}

test("a page that says that an invitation waits says that it was refused @live", async ({ page, open, signIn, mailServer, advanceClock }) => {
  await mailServer("down");
  await signIn(page, MAX.email);
  await open(page, "/company/users/new");
  await page.getByLabel("Name", { exact: true }).fill("Nia New");
  await page.getByLabel("Email", { exact: true }).fill("nia@gone.example");
  await page.getByRole("button", { name: "Create user and send link" }).click();
  await expect(heading(page, "Nia New")).toBeVisible();
  await expect(noteBox(page)).toHaveText("Nia New: mail delayed.", SOON);
  await mailServer("refuse");
  await advanceClock(60);
  await expect(problemBox(page)).toHaveText("Nia New: mail refused.", SOON);
  await expect(noteBox(page)).toHaveCount(0);
});

test("a page with a new email says what becomes of the mail that asks to confirm it @live", async ({
  page, open, signIn, mailServer, advanceClock,
}) => {
  await mailServer("defer");
  await signIn(page, MAX.email);
  await open(page, await pageOf(page, UMA));
  await page.getByLabel("Email", { exact: true }).fill("uma@gone.example");
  await page.getByRole("button", { name: "Save details" }).click();
  await expect(doneBox(page)).toContainText("the mail that asks for it is on its way");
  const waits = page.getByRole("main").getByText("New email uma@gone.example");
  await expect(waits).toHaveText("New email uma@gone.example, not confirmed yet");
  await mailServer("refuse");
  await advanceClock(60);
  const refused = "New email uma@gone.example: the mail that asks to confirm it was refused, no such mailbox";
  await expect(waits).toHaveText(refused, SOON);
  await expect(page.getByRole("status")).toHaveText(`${refused}.`);
  await expect(problemBox(page)).toHaveText(
    "The mail that asks uma@gone.example to confirm was refused: no such mailbox. Enter another email, or cancel this one.",
  );
  await expect(doneBox(page)).toHaveCount(0);
});
