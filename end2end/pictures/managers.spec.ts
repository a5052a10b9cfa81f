// The pictures of the README and of docs/for-managers.md: what a manager sees, in the order of that guide.
import { linkIn } from "../support/mail.ts";
import { BADGES, DEL, MAX, NEW_PASSWORD, UMA, type Person } from "../support/people.ts";
import { expect, test } from "../support/test.ts";
import { badge, doneBox, heading, pageOf, people, pressReset, resetOf } from "../support/ways.ts";
import { picture, readable } from "./picture.ts";

/** Somebody of the demo's many, by the number in the address. */
const person = (number: number): Person => ({ name: "", email: `person${String(number).padStart(2, "0")}@blueheron.example` });

const withBadge = (words: string): Person => {
  const found = BADGES.find(([badge]) => badge === words);
  if (!found) throw new Error(`nobody's reset shows ${words}`);
  return found[1];
};

test.beforeEach(async ({ page, signIn }) => {
  await signIn(page, MAX.email);
});

test("people, found", async ({ page, open }) => {
  await open(page, "/company?sort=-last-reset");
  await picture(page, "people.png", { of: [page.getByRole("banner"), people(page).nth(5)], margin: 0 });
});

test("a reset, just pressed", async ({ page, open, hydrated }) => {
  await readable(page);
  await open(page, await pageOf(page, UMA));
  await pressReset(page, UMA);
  await expect(badge(page)).toHaveText("Mail accepted");
  await hydrated(page);
  await picture(page, "reset-pressed.png", { of: [doneBox(page), page.getByRole("region", { name: "Password resets" })] });
});

test("a delayed mail", async ({ page, open }) => {
  const delayed = withBadge("Mail delayed");
  await open(page, await pageOf(page, delayed));
  await expect(badge(page)).toHaveText("Mail delayed");
  await picture(page, "user-page.png");
});

test("a refused mail", async ({ page, open }) => {
  await open(page, await pageOf(page, withBadge("Mail refused")));
  await page.getByText("Server reply").click();
  await expect(page.getByText(/5\.1\.1/)).toBeVisible();
  await picture(page, "mail-refused.png", { of: [page.getByRole("region", { name: "Password resets" })] });
});

test("all resets", async ({ page, open }) => {
  await open(page, "/company?tab=resets");
  await picture(page, "resets-tab.png", { of: [page.getByRole("banner"), resetOf(page, withBadge("Password changed"))], margin: 0 });
});

test("many at once, before the press", async ({ page, open }) => {
  await readable(page);
  await open(page, "/company/resets/new");
  const asked = [17, 18, 19, 20].map((number) => person(number).email);
  await page.getByLabel("Email addresses, one a line").fill([...asked, MAX.email, DEL.email, "new.driver@blueheron.example"].join("\n"));
  await page.getByRole("button", { name: "Check addresses" }).click();
  await expect(heading(page, "Send reset links to 4 people?")).toBeVisible();
  await page.getByLabel("Reason, kept in Activity (optional)").fill("Laptops replaced in Hamburg");
  await picture(page, "many-checked.png", { of: [page.getByRole("main")], margin: 0 });
});

test("many at once, and what became of them", async ({ page, open, hydrated, server, mailServer, mailsTo }) => {
  const asked = Array.from({ length: 24 }, (_, index) => person(9 + index).email);
  await mailServer("refuse");
  await open(page, "/company/resets/new");
  await page.getByLabel("Email addresses, one a line").fill(asked.join("\n"));
  await page.getByRole("button", { name: "Check addresses" }).click();
  await page.getByLabel("Reason, kept in Activity (optional)").fill("Laptops replaced in Hamburg");
  const session = await server.signIn(MAX.email);
  const refused = async () => (await (await session.get("/company?tab=resets&state=refused")).text()).match(/>Mail refused</g)?.length;
  const before = await refused();
  // The first mail of many goes at once, and then ten in a second: the later ones meet a server that has changed its mind.
  const changesItsMind = async () => {
    await expect.poll(refused, { intervals: [20] }).not.toBe(before);
    await mailServer("accept");
  };
  await Promise.all([changesItsMind(), page.getByRole("button", { name: "Send 24 links" }).click()]);
  await expect(heading(page, "Reset links for 24 people")).toBeVisible();
  await hydrated(page);
  await expect(page.getByText(/\d waiting/)).toHaveCount(0);
  await expect(page.getByRole("region", { name: "Why mails were refused" })).toBeVisible();
  for (const index of [17, 18, 20, 22]) {
    const [mail] = await mailsTo(asked[index] ?? "");
    const answer = await fetch(server.url + linkIn(mail), { method: "POST", body: new URLSearchParams({ new_password: NEW_PASSWORD }), redirect: "manual" });
    expect(answer.status).toBe(303);
  }
  await expect(page.getByRole("link", { name: "Used (4)", exact: true })).toBeVisible();
  const table = page.getByRole("table", { name: "Resets" });
  await picture(page, "many-sent.png", { of: [heading(page, "Reset links for 24 people"), table.getByRole("row").nth(5)], isCut: true });
});

test("a list of people, checked", async ({ page, open }) => {
  await open(page, "/company/users/import?from=lines");
  await readable(page);
  await page.getByLabel("Lines: name, email, role").fill([
    "Ana Lima, ana.lima@blueheron.example, user",
    "Ben Okoro, ben.okoro@blueheron.example, read-only",
    `Uma User, ${UMA.email}, user`,
    "Cora Nilsson, cora.nilsson at blueheron, user",
    "David Roth, david.roth@blueheron.example",
  ].join("\n"));
  await page.getByRole("button", { name: "Check lines" }).click();
  await expect(heading(page, "Invite 3 people?")).toBeVisible();
  await picture(page, "list-checked.png", { of: [heading(page, "Invite 3 people?"), page.getByRole("table", { name: "Will be invited (3)" })] });
});

test("a new email that waits", async ({ page, open, hydrated }) => {
  await open(page, await pageOf(page, UMA));
  await page.getByLabel("Email").fill("uma.new@blueheron.example");
  await page.getByRole("button", { name: "Save details" }).click();
  await expect(page.getByText("New email uma.new@blueheron.example, not confirmed yet")).toBeVisible();
  await hydrated(page);
  await picture(page, "new-email.png", { of: [page.getByRole("region", { name: "Details" })] });
});

test("the dashboard", async ({ page, open, linkFor, anotherBrowser }) => {
  const owner = await anotherBrowser();
  await open(owner, `${await linkFor(UMA)}/not-me`);
  await owner.getByRole("radio", { name: "I did not ask for this" }).check();
  await owner.getByRole("button", { name: "Withdraw link" }).click();
  await expect(heading(owner, "Done.")).toBeVisible();
  await readable(page);
  await open(page, "/dashboard");
  await picture(page, "dashboard.png", { of: [heading(page, "Dashboard"), page.getByRole("region", { name: "Where people stand" })] });
});
