// Many at once: chosen in the list or pasted, shown, sent by one press, and followed.
import { ADA, IVY, MAX, ROB, UMA } from "../support/people.ts";
import { expect, test } from "../support/test.ts";
import { errorSummary, heading, people, resetOf, sendToMany } from "../support/ways.ts";

/** From the event to the page: 2 s, and what the machine needs for the rest. */
const SOON = { timeout: 4_500 };

test("a page of people: three presses from the company's page", async ({ page, open, signIn, hydrated, isLive }) => {
  await signIn(page, MAX.email);
  await open(page, "/company");
  await page.getByLabel("Select all on this page").check();
  if (isLive) await expect(page.getByRole("status")).toHaveText("25 people selected");
  await page.getByRole("button", { name: "Send reset links to selected" }).click();
  const button = page.getByRole("button", { name: /^Send \d+ links$/ });
  const links = Number(/\d+/.exec((await button.textContent()) ?? "")?.[0]);
  await expect(heading(page, `Send reset links to ${links} people?`)).toBeVisible();
  await hydrated(page);
  await page.getByLabel("Reason, kept in Activity (optional)").fill("A laptop was stolen");
  expect(links, "most of them get one").toBeGreaterThan(10);
  await button.click();
  await expect(heading(page, `Reset links for ${links} people`)).toBeVisible();
  await expect(page.getByText("Reason: A laptop was stolen")).toBeVisible();
  const all = page.getByText(`${links} of ${links} accepted.`);
  if (isLive) {
    await expect(all).toBeVisible({ timeout: 10_000 });
    await expect(page.getByRole("status")).toHaveText(`${links} of ${links} accepted.`, { timeout: 7_000 });
  } else {
    await expect(async () => {
      await page.reload();
      await expect(all).toBeVisible({ timeout: 1_000 });
    }).toPass();
  }
  const show = page.getByRole("navigation", { name: "Show" });
  await expect(show.getByRole("link", { name: `All (${links})`, exact: true })).toHaveAttribute("aria-current", "true");
  await expect(show.getByRole("link", { name: /^Refused/ })).toHaveCount(0);
  await show.getByRole("link", { name: `Not used yet (${links})`, exact: true }).click();
  await expect(show.getByRole("link", { name: `Not used yet (${links})`, exact: true })).toHaveAttribute("aria-current", "true");
  await hydrated(page);
  await page.getByRole("navigation", { name: "Breadcrumb" }).getByRole("link", { name: "Resets" }).click();
  await expect(page.getByRole("tabpanel", { name: "Resets" })).toBeVisible();
  await hydrated(page);
});

test("the selection survives turning pages @live", async ({ page, open, signIn, hydrated }) => {
  await signIn(page, MAX.email);
  await open(page, "/company?sort=email");
  const first = people(page).first().getByRole("checkbox");
  const name = await people(page).first().getByRole("rowheader").textContent();
  await first.check();
  await expect(page.getByRole("status")).toHaveText("1 person selected");
  await page.getByRole("link", { name: "Next page" }).click();
  await expect(page.getByRole("link", { name: "Previous page" })).toBeVisible();
  await hydrated(page);
  await people(page).first().getByRole("checkbox").check();
  await expect(page.getByRole("status")).toHaveText("2 people selected");
  await page.getByRole("link", { name: "Previous page" }).click();
  await expect(page.getByRole("link", { name: "Next page" })).toBeVisible();
  await expect(first).toBeChecked();
  await page.getByRole("button", { name: "Send reset links to selected" }).click();
  await expect(page.getByRole("rowheader", { name: name ?? "", exact: true })).toBeVisible();
  await expect(page.getByRole("main").getByRole("rowheader")).toHaveCount(2);
});

test("nobody ticked is said, and the list stays", async ({ page, open, signIn, clean, hydrated }) => {
  clean.expectStatus(422);
  await signIn(page, MAX.email);
  await open(page, "/company?tab=users&q=uma");
  await page.getByRole("button", { name: "Send reset links to selected" }).click();
  await expect(errorSummary(page)).toContainText("Select at least one person");
  await expect(people(page)).toHaveCount(1);
  await hydrated(page);
  await page.getByLabel(`Select ${UMA.name}`).check();
  await page.getByRole("button", { name: "Send reset links to selected" }).click();
  await expect(heading(page, "Send a reset link to 1 person?")).toBeVisible();
});

test("refused ones are sent again, and what was not used is withdrawn", async ({ page, open, signIn, mailServer, mailsTo, hydrated, isLive, anotherBrowser }) => {
  await mailServer("refuse");
  await signIn(page, MAX.email);
  await sendToMany(page, open, [UMA.email, ROB.email, MAX.email]);
  await expect(page.getByText("0 of 2 accepted, 2 refused.")).toBeVisible();
  // What went wrong and what helps stand above the list, and nothing looks as if it were done.
  const why = page.getByRole("region", { name: "Why mails were refused" });
  await expect(why).toContainText("no such mailbox: 2 Correct the email on the person's page. Send again once the new one counts.");
  await expect(page.getByRole("progressbar", { name: "Mails handed over" })).toHaveJSProperty("value", 0);
  await expect(page.locator(".bar rect")).toHaveAttribute("data-part", "refused");
  await expect(page.getByRole("link", { name: "Refused (2)", exact: true })).toBeVisible();
  await mailServer("accept");
  await hydrated(page);
  const before = page.url();
  await page.getByRole("button", { name: "Send again to refused (2)" }).click();
  await expect(page, "a batch of its own").not.toHaveURL(before);
  const taken = page.getByText("2 of 2 accepted.");
  const until = async (words: ReturnType<typeof page.getByText>) => {
    if (isLive) return void (await expect(words).toBeVisible(SOON));
    await expect(async () => {
      await page.reload();
      await expect(words).toBeVisible({ timeout: 1_000 });
    }).toPass();
  };
  await until(taken);
  expect(await mailsTo(UMA.email)).toHaveLength(1);
  // Another manager sees the same batch.
  const other = await anotherBrowser();
  await signIn(other, ADA.email);
  await open(other, new URL(page.url()).pathname);
  await expect(resetOf(other, UMA)).toBeVisible();
  await hydrated(page);
  await page.getByRole("link", { name: "Revoke all unused" }).click();
  await page.getByRole("button", { name: "Revoke 2 links" }).click();
  await expect(page.getByRole("heading", { level: 1, name: /^Reset links? for \d+ (person|people)$/ })).toBeVisible();
  await until(resetOf(page, ROB).getByText("Revoked", { exact: true }));
  await until(resetOf(page, UMA).getByText("Revoked", { exact: true }));
});

test("addresses that are nobody's are invited", async ({ page, open, signIn, hydrated, mailsTo }) => {
  await signIn(page, MAX.email);
  await open(page, "/company/resets/new");
  await page.getByLabel("Email addresses, one a line").fill("ana.lima@blueheron.example\nCy Diaz <cy@blueheron.example>");
  await page.getByRole("button", { name: "Check addresses" }).click();
  await expect(heading(page, "Nobody here gets a link")).toBeVisible();
  await expect(page.getByRole("button", { name: /^Send/ })).toHaveCount(0);
  await hydrated(page);
  await page.getByRole("button", { name: "Invite these 2" }).click();
  await expect(page.getByRole("row", { name: "Ana Lima" })).toBeVisible();
  await hydrated(page);
  await page.getByRole("button", { name: "Invite 2 people" }).click();
  await expect(heading(page, "Invitations for 2 people")).toBeVisible();
  const [mail] = await mailsTo("cy@blueheron.example");
  expect(mail?.subject).toContain("set up your account");
});

test("who is invited is invited again", async ({ page, open, signIn, mailsTo }) => {
  await signIn(page, MAX.email);
  await sendToMany(page, open, [IVY.email]);
  const [mail] = await mailsTo(IVY.email);
  expect(mail?.subject).toContain("set up your account");
});
