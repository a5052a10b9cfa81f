// The company's list of resets: what it shows, the keys of its tabs, and that it follows by itself.
import { COMPANY, MAX, UMA } from "../support/people.ts";
import { expect, test } from "../support/test.ts";
import { doneBox, heading, pageOf, resetOf, steps } from "../support/ways.ts";

/** From the event to the page: 2 s, and what the machine needs for the rest. */
const SOON = { timeout: 3_500 };
const AGNES = { name: "Agnes Lindqvist", email: "person01@blueheron.example" };
const AMARA = { name: "Amara Okafor", email: "person03@blueheron.example" };

test("tabs: links without script, the keys of the pattern with it", async ({ page, open, signIn, isLive, hydrated }) => {
  await signIn(page, MAX.email);
  await open(page, "/company");
  const [users, resets] = [page.getByRole("tab", { name: `${COMPANY} users` }), page.getByRole("tab", { name: "Resets" })];
  if (isLive) {
    await expect(resets).toHaveAttribute("tabindex", "-1");
    await users.focus();
    for (const [key, tab] of [["ArrowRight", resets], ["ArrowRight", users], ["ArrowLeft", resets], ["Home", users], ["End", resets]] as const) {
      await page.keyboard.press(key);
      await expect(tab, key).toBeFocused();
    }
    await expect(users, "nothing opens before it is asked to").toHaveAttribute("aria-selected", "true");
    await page.keyboard.press("Space");
  } else {
    await expect(resets).not.toHaveAttribute("tabindex");
    await resets.click();
  }
  await expect(page.getByRole("tabpanel", { name: "Resets" })).toBeVisible();
  await expect(page).toHaveURL(/\/company\?tab=resets$/);
  await hydrated(page);
});

test("search, state, and back to all", async ({ page, open, signIn, hydrated }) => {
  await signIn(page, MAX.email);
  await open(page, "/company?tab=resets");
  await page.getByLabel("State").selectOption("Mail refused");
  await page.getByRole("button", { name: "Apply filters" }).click();
  await expect(page.getByText("1 reset", { exact: true })).toBeVisible();
  await expect(resetOf(page, AMARA)).toBeVisible();
  await hydrated(page);
  await page.getByRole("link", { name: "Clear filters" }).click();
  await expect(resetOf(page, AGNES)).toBeVisible();
  await hydrated(page);
});

test("revoke and send again from the list", async ({ page, open, signIn, isLive, hydrated }) => {
  await signIn(page, MAX.email);
  await open(page, "/company?tab=resets&q=agnes+lind");
  await page.getByRole("button", { name: `Revoke link of ${AGNES.name}` }).click();
  await expect(doneBox(page)).toHaveText(`No link for ${AGNES.name} works any more.`);
  await expect(resetOf(page, AGNES).locator(".badge")).toHaveText("Revoked");
  // The button is gone: the focus stays with its row.
  if (isLive) await expect(resetOf(page, AGNES).getByRole("link", { name: AGNES.name, exact: true })).toBeFocused();
  await hydrated(page);
  await page.getByRole("button", { name: `Send again to ${AGNES.name}` }).click();
  await expect(doneBox(page)).toHaveText(`Reset link for ${AGNES.name} is on its way.`);
  await expect(page).toHaveURL(/\/company\?tab=resets&q=agnes/);
  await hydrated(page);
  // The one that was revoked is an earlier one now.
  await resetOf(page, AGNES).getByRole("link", { name: AGNES.name, exact: true }).click();
  await expect(page.getByRole("heading", { level: 3, name: "Earlier", exact: true })).toBeVisible();
  await expect(page.getByRole("row").filter({ hasText: "Revoked" })).toHaveCount(1);
  await hydrated(page);
});

test("a mail that is refused again is told in place of the good news @live", async ({ page, open, signIn, mailServer }) => {
  await mailServer("refuse");
  await signIn(page, MAX.email);
  await open(page, "/company?tab=resets&state=refused");
  await page.getByRole("button", { name: `Send again to ${AMARA.name}` }).first().click();
  await expect(page.getByRole("region", { name: "Problem" })).toHaveText(`${AMARA.name}: mail refused.`, SOON);
  await expect(doneBox(page)).toHaveCount(0);
});

test("whoever was helped stays in the list, though it shows others", async ({ page, open, signIn, isLive, hydrated }) => {
  await signIn(page, MAX.email);
  await open(page, "/dashboard");
  await page.getByRole("link", { name: "1 mail refused", exact: true }).click();
  await hydrated(page);
  await expect(resetOf(page, AMARA).locator(".badge")).toHaveText("Mail refused");
  await page.getByRole("button", { name: `Send again to ${AMARA.name}` }).click();
  await expect(doneBox(page)).toHaveText(`Reset link for ${AMARA.name} is on its way.`);
  const accepted = resetOf(page, AMARA).locator(".badge").getByText("Mail accepted", { exact: true });
  if (isLive) {
    await expect(accepted).toBeVisible(SOON);
  } else {
    await expect(async () => {
      await page.reload();
      await expect(accepted).toBeVisible({ timeout: 1_000 });
    }).toPass();
  }
  await hydrated(page);
});

test("the list follows by itself, and keeps the focus @live", async ({ page, open, signIn, server, mailServer, advanceClock }) => {
  await mailServer("down");
  await signIn(page, MAX.email);
  await open(page, "/company?tab=resets");
  await page.evaluate(() => Object.assign(window, { sameDocument: true }));
  const button = page.getByRole("button", { name: `Revoke link of ${AGNES.name}` });
  await button.focus();
  await server.askReset(UMA);
  await expect(resetOf(page, UMA).locator(".badge")).toHaveText("Mail delayed", SOON);
  await expect(page.getByRole("region", { name: "Note" })).toBeVisible();
  await mailServer("accept");
  await advanceClock(60);
  await expect(resetOf(page, UMA).locator(".badge")).toHaveText("Mail accepted", SOON);
  await expect(page.getByRole("status")).toHaveText(/Uma User: mail accepted\.|resets changed: .*mail accepted/);
  await expect(button).toBeFocused();
  expect(await page.evaluate(() => "sameDocument" in window)).toBe(true);
});

test("what was opened on a person's page stays while the rest follows @live", async ({ page, open, signIn, server, mailServer, advanceClock }) => {
  await mailServer("defer");
  await server.askReset(UMA);
  await signIn(page, MAX.email);
  await open(page, await pageOf(page, UMA));
  await expect(heading(page, UMA.name)).toBeVisible();
  const first = steps(page).filter({ hasText: "Try 1" });
  await first.getByText("Server reply").click();
  await expect(first.getByText(/451/)).toBeVisible();
  await mailServer("accept");
  await advanceClock(60);
  await expect(steps(page).filter({ hasText: "Try 2: the mail server took the mail." })).toBeVisible(SOON);
  await expect(first.getByText(/451/)).toBeVisible();
});
