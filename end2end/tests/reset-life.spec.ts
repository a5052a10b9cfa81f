// What a manager sees of a reset whose mail does not simply go out. Only the newest state counts; a reload shows it.
import { MAX, UMA } from "../support/people.ts";
import { expect, test } from "../support/test.ts";
import { findPerson, pageOf, pressReset, waitForBadge } from "../support/ways.ts";

test("refused mail says why, in plain words and in the server's", async ({ page, open, hydrated, signIn, mailServer }) => {
  await mailServer("refuse");
  await signIn(page, MAX.email);
  await open(page, "/dashboard");
  await findPerson(page, hydrated, UMA);
  await pressReset(page, UMA);
  await waitForBadge(page, "Mail refused");
  await expect(page.getByText("The mail server refused the mail: no such mailbox.")).toBeVisible();
  await page.getByText("Server reply").click();
  await expect(page.getByText(/5\.1\.1/)).toBeVisible();
  await hydrated(page);
});

test("mail put off is delayed, and goes out once the server takes it", async ({
  page, open, hydrated, signIn, mailServer, mailsTo, advanceClock, askReset,
}) => {
  await mailServer("defer");
  await askReset(UMA);
  await signIn(page, MAX.email);
  await open(page, await pageOf(page, UMA));
  await waitForBadge(page, "Mail delayed");
  await hydrated(page);
  await mailServer("accept");
  await advanceClock(20 * 60);
  await mailsTo(UMA.email);
  await waitForBadge(page, "Mail accepted");
  await hydrated(page);
});

test("a dead mail server is a delay, never a success", async ({ page, open, hydrated, signIn, mailServer, askReset }) => {
  await mailServer("down");
  await askReset(UMA);
  await signIn(page, MAX.email);
  await open(page, await pageOf(page, UMA));
  await waitForBadge(page, "Mail delayed");
  await expect(page.getByText(/our mail server does not answer/)).toBeVisible();
  await hydrated(page);
});

test("pressing twice sends one mail", async ({ page, open, hydrated, signIn, mailServer, mailsTo, advanceClock }) => {
  // While the first waits, the second press answers with that one.
  await mailServer("down");
  await signIn(page, MAX.email);
  await open(page, await pageOf(page, UMA));
  for (const press of [1, 2]) {
    await test.step(`press ${press}`, () => pressReset(page, UMA));
    await hydrated(page);
  }
  await mailServer("accept");
  await advanceClock(20 * 60);
  await mailsTo(UMA.email);
  await waitForBadge(page, "Mail accepted");
  expect(await mailsTo(UMA.email)).toHaveLength(1);
  await hydrated(page);
});
