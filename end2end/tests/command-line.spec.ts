// What the operator does on the command line, by another process, is seen on the pages.
import { runningAt, StartedDemo } from "../support/open.ts";
import { MAX, UMA } from "../support/people.ts";
import { expect, test } from "../support/test.ts";
import { badge, pageOf, pressReset, waitForBadge } from "../support/ways.ts";

test.skip(Boolean(runningAt()), "the command line needs the demo's database at hand");

test("a reset from the command line shows up on the page", async ({ page, open, signIn, server, isLive, mailsTo }) => {
  await signIn(page, MAX.email);
  await open(page, await pageOf(page, UMA));
  // The page follows one reset by itself while something can change: here the one that the manager asked for.
  await pressReset(page, UMA);
  await mailsTo(UMA.email);
  if (isLive) await expect(badge(page)).toHaveText("Mail accepted", { timeout: 3_500 });

  const said = await (server as StartedDemo).command("user", "reset", UMA.email);
  expect(said).toContain("the running server sends it");
  await mailsTo(UMA.email, 2);
  // The mail server has it a moment before the page can say so.
  if (!isLive) await waitForBadge(page, "Mail accepted");
  await expect(page.getByText("the operator").first()).toBeVisible({ timeout: 3_500 });
  await expect(badge(page)).toHaveText("Mail accepted");
});
