// "This was not me": from a mail with a link, and from the notice of a changed password.
import { expectNoViolations } from "../support/axe.ts";
import { notMeIn } from "../support/mail.ts";
import { ADA, COMPANY, MAX, NEW_PASSWORD, UMA } from "../support/people.ts";
import { expect, test } from "../support/test.ts";
import { badge, expectChoiceRefused, expectRefused, heading, pageOf, waitForBadge } from "../support/ways.ts";

const TOLD = `${COMPANY}'s administrators have been told.`;
const SUBJECT = `${COMPANY}: Uma User said "this was not me"`;

test("a link that was not asked for, from its own page", async ({ page, open, linkFor, hydrated, clean, isLive, mailsTo, anotherBrowser, signIn }) => {
  const link = await linkFor(UMA);
  await open(page, link);
  await page.getByRole("link", { name: "I did not expect this" }).click();
  await expect(heading(page, "Was this not you?")).toBeVisible();
  await expect(page.getByText(`For Uma User at ${COMPANY}. Asked for by Max Manager, manager, on`)).toBeVisible();
  await hydrated(page);
  await expectNoViolations(page, "a link to withdraw", { isLive });

  clean.expectStatus(422, 410);
  await page.getByRole("button", { name: "Withdraw link" }).click();
  await expectChoiceRefused(page, "What happened?", "Choose what happened");
  await hydrated(page);
  await page.getByRole("radio", { name: "I did not ask for this" }).check();
  await page.getByRole("button", { name: "Withdraw link" }).click();
  await expect(heading(page, "Done.")).toBeVisible();
  await expect(page.getByText(TOLD)).toBeVisible();
  await expect(page.getByRole("main").getByRole("link")).toHaveText(["Sign in", "Forgot password?"]);
  await hydrated(page);

  for (const dead of [link, `${link}/not-me`]) {
    await open(page, dead);
    await expect(heading(page, "This link was withdrawn")).toBeVisible();
    await expect(page.getByRole("radio")).toHaveCount(0);
  }
  const [mail] = await mailsTo(ADA.email);
  expect(mail?.subject).toBe(SUBJECT);
  const manager = await anotherBrowser();
  await signIn(manager, MAX.email);
  await open(manager, await pageOf(manager, UMA));
  await expect(badge(manager)).toHaveText("Revoked");
  await expect(manager.getByText("Withdrawn by the recipient: not expected.").first()).toBeVisible();
});

test("a link that is not needed any more, from the mail", async ({ page, open, askReset, mailsTo, hydrated, anotherBrowser, signIn }) => {
  await askReset(UMA);
  const [mail] = await mailsTo(UMA.email);
  await open(page, notMeIn(mail));
  await page.getByRole("radio", { name: "I do not need it any more" }).check();
  await page.getByRole("button", { name: "Withdraw link" }).click();
  await expect(heading(page, "Done.")).toBeVisible();
  await expect(page.getByText("administrators")).toHaveCount(0);
  await hydrated(page);
  const manager = await anotherBrowser();
  await signIn(manager, MAX.email);
  await open(manager, await pageOf(manager, UMA));
  await waitForBadge(manager, "Revoked");
  await expect(manager.getByText("Withdrawn by the recipient: not needed any more.").first()).toBeVisible();
  await hydrated(manager);
  expect(await mailsTo(ADA.email, 0)).toEqual([]);
});

test("a changed password that was somebody else's", async ({ page, open, noticeFor, server, clean, hydrated, isLive, mailsTo }) => {
  const link = await noticeFor(UMA);
  const session = await server.signIn(UMA.email, NEW_PASSWORD);
  await open(page, link);
  await expect(page.getByText(`The password of ${UMA.email} at ${COMPANY} was changed on`)).toBeVisible();
  await expectNoViolations(page, "a change to disavow", { isLive });

  clean.expectStatus(422, 410);
  await page.getByRole("button", { name: "Sign out all my devices" }).click();
  await expectRefused(page, ["Tick the box if this was not you"]);
  await hydrated(page);
  expect(await session.isAlive(), "nothing was ticked").toBe(true);
  await page.getByRole("checkbox", { name: "Yes, this was not me" }).check();
  await page.getByRole("button", { name: "Sign out all my devices" }).click();
  await expect(heading(page, "Done.")).toBeVisible();
  await expect(page.getByText(TOLD)).toBeVisible();
  await expect(page.getByRole("main").getByRole("link")).toHaveText(["Forgot password?", "Sign in"]);
  await hydrated(page);
  expect(await session.isAlive()).toBe(false);
  const [mail] = await mailsTo(ADA.email);
  expect(mail?.subject).toBe(SUBJECT);

  await open(page, link);
  await expect(heading(page, "This link was used")).toBeVisible();
  await expect(page.getByText(/^You said on \d+ \w{3} \d{4}, \d\d:\d\d that this was not you\./)).toBeVisible();
});

test("the address bar forgets both tokens; after a reload the link can be pasted @live", async ({ page, open, linkFor, noticeFor, server, hydrated }) => {
  const notice = await noticeFor(UMA);
  const withdraw = `${await linkFor(UMA, 3)}/not-me`;
  for (const [link, shown] of [[withdraw, "/reset-password/open"], [notice, "/not-me/open"]] as const) {
    await open(page, link);
    await expect(page).toHaveURL(shown);
    await expect(heading(page, "Was this not you?")).toBeVisible();
    await page.reload();
    await expect(heading(page, "Open the link again")).toBeVisible();
    await hydrated(page);
    await page.getByLabel("Link from the mail").fill(server.url + link);
    await page.getByRole("button", { name: "Open link" }).click();
    await expect(heading(page, "Was this not you?")).toBeVisible();
    await hydrated(page);
    await expect(page).toHaveURL(shown);
  }
});

test("without JavaScript the links stay in the address bar and work after a reload @plain", async ({ page, open, linkFor }) => {
  const link = `${await linkFor(UMA)}/not-me`;
  await open(page, link);
  await expect(page).toHaveURL(link);
  await page.reload();
  await expect(heading(page, "Was this not you?")).toBeVisible();
});

test("looking at the pages, and pressing their buttons without a choice, does nothing", async ({ page, open, linkFor, noticeFor, request, clean, hydrated }) => {
  const notice = await noticeFor(UMA);
  const link = await linkFor(UMA, 3);
  clean.expectStatus(422);
  for (const [path, button] of [[`${link}/not-me`, "Withdraw link"], [notice, "Sign out all my devices"]] as const) {
    for (let visit = 0; visit < 5; visit++) {
      expect((await request.get(path)).status()).toBe(200);
      expect((await request.head(path)).status()).toBe(200);
    }
    await open(page, path);
    await page.getByRole("button", { name: button }).click();
    await expect(page).toHaveTitle(/^Error: /);
    await hydrated(page);
  }
  await open(page, link);
  await expect(heading(page, "Set a new password")).toBeVisible();
});
