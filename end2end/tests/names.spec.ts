// The names that people, screen readers and outside suites find things by: each is there, once on its page or row, by its
// role or label. A name that changes here changes for everybody who relies on it.
import type { Locator, Page } from "@playwright/test";

import { ADA, BADGES, COMPANY, DEL, IVY, MAX, NORD, PEOPLE, ROB, UMA } from "../support/people.ts";
import { expect, test } from "../support/test.ts";
import { badge, doneBox, errorSummary, expectRefused, heading, pageOf, people, postByHand, submitAsk, submitSignIn, usersTable } from "../support/ways.ts";

type Role = Parameters<Page["getByRole"]>[0];
type Name = readonly [role: Role, name: string];

const FIELDS: readonly Role[] = ["textbox", "searchbox", "checkbox", "combobox"];

/** Each role and name once within `scope`. A field is found by its label as well, without `exact`. */
async function expectOnce(scope: Page | Locator, names: readonly Name[]) {
  for (const [role, name] of names) {
    await expect(scope.getByRole(role, { name, exact: true }), `${role} ${name}`).toHaveCount(1);
    if (FIELDS.includes(role)) await expect(scope.getByLabel(name), `label ${name}`).toHaveCount(1);
  }
}

/** A list of facts: each label with its value. */
async function expectFacts(scope: Page | Locator, facts: readonly (readonly [label: string, value: string | RegExp])[]) {
  // Looked for within the fact, so it must not begin at the scope.
  const labels = ("page" in scope ? scope.page() : scope).locator("dt");
  for (const [label, value] of facts) {
    const fact = scope.locator("dl > div").filter({ has: labels.getByText(label, { exact: true }) });
    await expect(fact.locator("dd"), label).toHaveText(value);
  }
}

/** What every page has, whoever reads it. `title`: its heading, in the browser's title too. */
async function expectFrame(page: Page, title: string, reader?: { name: string }, inTitle = title) {
  await expect(heading(page, title)).toBeVisible();
  await expect(page.getByRole("heading", { level: 1 })).toHaveCount(1);
  await expect(page).toHaveTitle(`${inTitle}${reader ? ` – ${COMPANY}` : ""} – Rekey`);
  await expectOnce(page, [["link", "Skip to main content"], ["link", "Rekey"], ["main", ""], ["banner", ""], ["contentinfo", ""]]);
  await expect(page.getByRole("link", { name: "Rekey", exact: true })).toHaveAttribute("href", "/dashboard");
  await expect(page.getByRole("contentinfo")).toHaveText("Help help@rekey.example");
  await expect(page.getByRole("status")).toHaveCount(1);
  await expect(page.getByRole("status")).toBeEmpty();
  await expect(page.locator("html")).toHaveAttribute("lang", "en");
  await expect(page.locator("html")).toHaveAttribute("dir", "ltr");
  if (!reader) {
    await expect(page.getByRole("navigation")).toHaveCount(0);
    return;
  }
  // Everything in this order.
  await expect(page.locator("body")).toMatchAriaSnapshot(`
    - link "Skip to main content"
    - banner:
      - link "Rekey"
      - text: ${COMPANY}
      - navigation "Main":
        - link "Dashboard"
        - link "Company"
        - link "Settings"
      - link "${reader.name}"
      - button "Sign out"
    - main:
      - heading "${title}" [level=1]
    - contentinfo:
      - paragraph:
        - strong: Help
        - text: help@rekey.example
  `);
  const banner = page.getByRole("banner");
  await expectOnce(banner, [["navigation", "Main"], ["link", "Dashboard"], ["link", "Company"], ["link", "Settings"], ["link", reader.name], ["button", "Sign out"]]);
  await expect(banner.getByRole("link", { name: reader.name, exact: true })).toHaveAttribute("href", "/account");
}

/** The link of the frame that says where one is; none, if `name` is not given. */
async function expectCurrent(page: Page, name?: string) {
  await expect(page.getByRole("banner").locator("[aria-current=page]")).toHaveText(name ? [name] : []);
}

/** A button that is there with JavaScript only, and says the opposite once pressed. */
async function expectShows(page: Page, show: string, hide: string, isLive: boolean) {
  await expect(page.getByRole("button", { name: show, exact: true }), show).toHaveCount(isLive ? 1 : 0);
  if (!isLive) return;
  await page.getByRole("button", { name: show, exact: true }).click();
  await expectOnce(page, [["button", hide]]);
  await page.getByRole("button", { name: hide, exact: true }).click();
  await expectOnce(page, [["button", show]]);
}

test("sign in", async ({ page, open, isLive }) => {
  await open(page, "/login");
  await expectFrame(page, "Sign in");
  await expectOnce(page, [
    ["textbox", "Email"],
    ["textbox", "Password"],
    ["checkbox", "Keep me signed in on this device"],
    ["button", "Sign in"],
    ["link", "Forgot password?"],
  ]);
  await expect(page.getByLabel("Email")).toHaveAttribute("autocomplete", "username");
  await expect(page.getByLabel("Password")).toHaveAttribute("autocomplete", "current-password");
  await expectShows(page, "Show password", "Hide password", isLive);
});

test("sign in refused", async ({ page, open, hydrated, clean }) => {
  clean.expectStatus(422);
  await open(page, "/login");
  await page.getByRole("button", { name: "Sign in" }).click();
  await expectRefused(page, ["Enter your email", "Enter your password"]);
  await expect(page).toHaveTitle("Error: Sign in – Rekey");
  await expectOnce(page, [["region", "Please correct this form"]]);
  await expectOnce(errorSummary(page), [["link", "Enter your email"], ["link", "Enter your password"]]);
  await expect(errorSummary(page).getByRole("heading", { level: 2, name: "Please correct this form", exact: true })).toBeVisible();
  await expect(page.getByLabel("Email")).toHaveAccessibleDescription("Enter your email");
  await expect(page.getByLabel("Password")).toHaveAccessibleDescription("Enter your password");
  await hydrated(page);
  await submitSignIn(page, "nobody@blueheron.example");
  await expectRefused(page, ["Email or password is wrong."]);
  await expect(page.getByLabel("Email")).toHaveValue("nobody@blueheron.example");
  await expect(page.getByRole("textbox", { name: "Password", exact: true })).toHaveValue("");
  await hydrated(page);
});

test("what the sign-in page says of the page before", async ({ page, open }) => {
  for (const [done, box, words] of [
    ["signed-out", "Done", "You are signed out."],
    ["idle", "Note", "You were signed out after 30 minutes without activity."],
    ["password-changed", "Done", "Your password is changed. Sign in with the new one."],
  ] as const) {
    await open(page, `/login?done=${done}`);
    await expectOnce(page, [["region", box]]);
    await expect(page.getByRole("region", { name: box })).toHaveText(words);
  }
  await open(page, "/login?done=saved");
  await expect(doneBox(page), "a word that is not its own").toHaveCount(0);
  await open(page, "/login?done=%3Cb%3Ehello");
  await expect(doneBox(page), "no word at all").toHaveCount(0);
});

test("sign in, in the order of the Tab key @live", async ({ page, open }) => {
  await open(page, "/login");
  await page.getByLabel("Email").focus();
  const order = [page.getByLabel("Password"), page.getByRole("button", { name: "Show password" }), page.getByRole("checkbox"), page.getByRole("button", { name: "Sign in" }), page.getByRole("link", { name: "Forgot password?" })];
  for (const stop of order) {
    await page.keyboard.press("Tab");
    await expect(stop).toBeFocused();
  }
});

test("forgot your password", async ({ page, open, hydrated }) => {
  await open(page, "/reset-password");
  await expectFrame(page, "Forgot your password?");
  await expect(page.getByText("Enter your email. We will send a link that works for 24 hours.")).toBeVisible();
  await expectOnce(page, [["textbox", "Email"], ["button", "Send link"], ["link", "Back to sign in"]]);

  await submitAsk(page, "somebody@example.com");
  await expect(heading(page, "Check your email")).toBeVisible();
  await hydrated(page);
  await expectFrame(page, "Check your email");
  await expect(page.getByText("If an account uses somebody@example.com, a link is on its way. It works once, for 24 hours.")).toBeVisible();
  await expect(page.getByRole("heading", { level: 2 })).toHaveText(["Nothing after 10 minutes?"]);
  await expect(page.getByRole("main").getByRole("listitem")).toHaveText([/spam/, /spelling/, /administrator or manager of your company/]);
  await expectOnce(page, [["button", "Send again"], ["link", "Use another email"]]);
});

test("a living link", async ({ page, open, linkFor, isLive }) => {
  await open(page, await linkFor(UMA));
  await expectFrame(page, "Set a new password");
  await expect(page.getByText(/^For Uma User at Blue Heron Logistics\. Asked for by Max Manager, manager, on \d\d? \w{3} \d{4}\.$/)).toBeVisible();
  await expect(page.getByText(/^Valid for 24 hours, until \w+day \d\d? \w+ \d{4}, \d\d:\d\d \(Europe\/Berlin, UTC\+\d\)\.$/)).toBeVisible();
  await expectOnce(page, [["textbox", "Email"], ["textbox", "New password"], ["button", "Set new password"], ["link", "I did not expect this"]]);
  await expect(page.getByLabel("New password")).toHaveAccessibleDescription(
    "At least 15 characters. Spaces and symbols are fine. Four unrelated words work well.",
  );
  await expect(page.getByText(/^Reference [A-Z0-9]{6}$/)).toBeVisible();
  await expectShows(page, "Show password", "Hide password", isLive);
});

test("was this not you, about a link", async ({ page, open, linkFor }) => {
  await open(page, `${await linkFor(UMA)}/not-me`);
  await expectFrame(page, "Was this not you?");
  await expectOnce(page, [["radiogroup", "What happened?"], ["radio", "I did not ask for this"], ["radio", "I do not need it any more"], ["button", "Withdraw link"]]);
  await expect(page.getByRole("radio", { checked: true })).toHaveCount(0);
});

test("was this not you, about a changed password", async ({ page, open, noticeFor }) => {
  await open(page, await noticeFor(UMA));
  await expectFrame(page, "Was this not you?");
  await expectOnce(page, [["checkbox", "Yes, this was not me"], ["button", "Sign out all my devices"]]);
  await expect(page.getByRole("checkbox")).not.toBeChecked();
});

test("a link for somebody else than who is signed in", async ({ page, open, linkFor, signIn }) => {
  await signIn(page, MAX.email);
  await open(page, await linkFor(UMA));
  await expectFrame(page, `This link is for ${UMA.email}`, MAX);
  await expectCurrent(page);
  await expectOnce(page, [["button", "Sign out and continue"], ["link", `Stay signed in as ${MAX.name}`]]);
  await expect(page.getByRole("textbox")).toHaveCount(0);
});

test("the same reference in mail, page and history", async ({ page, open, linkFor, mailsTo, anotherBrowser, signIn }) => {
  await open(page, await linkFor(UMA));
  const words = await page.getByText(/^Reference [A-Z0-9]{6}$/).textContent();
  const reference = words?.slice("Reference ".length) ?? "";
  const [mail] = await mailsTo(UMA.email);
  expect(mail?.text).toContain(reference);
  expect(mail?.html).toContain(reference);
  const manager = await anotherBrowser();
  await signIn(manager, MAX.email);
  await open(manager, await pageOf(manager, UMA));
  await expectFacts(manager, [["Reference", reference]]);
});

test("a dead link, and the link opened again", async ({ page, open, clean }) => {
  clean.expectStatus(410);
  await open(page, "/reset-password/nothing");
  await expectFrame(page, "This link does not work");
  await expect(page.getByText("It is too old, or not whole.")).toBeVisible();
  await expectOnce(page, [["textbox", "Email"], ["button", "Send link"], ["link", "Back to sign in"]]);

  await open(page, "/reset-password/open");
  await expectFrame(page, "Open the link again");
  await expect(page.getByText("Press the button in the mail once more, or paste the link.")).toBeVisible();
  await expectOnce(page, [["textbox", "Link from the mail"], ["button", "Open link"], ["link", "Forgot password?"]]);
});

test("trouble", async ({ page, open, clean, signIn }) => {
  clean.expectStatus(404, 409, 413);
  await open(page, "/nowhere");
  await expectFrame(page, "Page not found");
  await expect(page.getByText("Check the address. Or the person is not in your company.")).toBeVisible();
  await expectOnce(page, [["link", "Go to the dashboard"]]);

  // Refused before any page is rendered: the same parts, written by the server alone.
  await open(page, "/login");
  await postByHand(page, "/login", { email: "x".repeat(20_000) });
  await expect(heading(page, "That is too much at once")).toBeVisible();
  await expect(page).toHaveTitle("That is too much at once – Rekey");
  await expect(page.getByText("A form may hold 16 KiB at most, a list 1 MiB. Nothing was changed. Go back and send less.")).toBeVisible();
  await expectOnce(page, [["link", "Skip to main content"], ["link", "Rekey"], ["main", ""], ["banner", ""], ["contentinfo", ""], ["link", "Go to the dashboard"]]);
  await expect(page.getByRole("contentinfo")).toContainText("Help");

  await signIn(page, MAX.email);
  await open(page, await pageOf(page, UMA));
  await postByHand(page, `${new URL(page.url()).pathname}/reset`, { company: "0199b0a5-0000-7000-8000-000000000000" });
  await expect(heading(page, "You act in another company now")).toBeVisible();
  await expect(page.getByText(`You now act in ${COMPANY}. Nothing was done. Load the page again.`)).toBeVisible();
  await expectOnce(page, [["link", "Go to the dashboard"]]);

  await open(page, "/nowhere");
  await expectFrame(page, "Page not found", MAX);
  await expectCurrent(page);
});

test("the development mailbox", async ({ page, askReset, mailsTo }) => {
  await page.goto("/dev/mail");
  await expect(heading(page, "Mailbox (development)")).toBeVisible();
  await expect(page).toHaveTitle("Mailbox (development) – Rekey");
  await expect(page.getByText("No mails yet.")).toBeVisible();
  await expectOnce(page, [["button", "Clear mailbox"], ["combobox", "What the mail server does"], ["button", "Set mail server"], ["spinbutton", "Seconds to move the clock forward"], ["button", "Move clock"]]);

  await askReset(UMA);
  const [mail] = await mailsTo(UMA.email);
  if (!mail) throw new Error("no mail");
  await page.reload();
  const table = page.getByRole("table", { name: "Mails", exact: true });
  await expect(table.getByRole("columnheader")).toHaveText(["To", "Subject", "Time"]);
  await expect(table.getByRole("row").nth(1)).toContainText(UMA.email);
  await expectOnce(table, [["link", mail.subject]]);

  await table.getByRole("link", { name: mail.subject, exact: true }).click();
  await expect(heading(page, mail.subject)).toBeVisible();
  await expectOnce(page, [["link", "HTML"], ["link", "Text"], ["link", "Headers"], ["link", "Open link"], ["heading", "HTML"], ["heading", "Text"], ["heading", "Headers"]]);
  await expect(page.getByTitle("HTML part")).toHaveCount(1);
  await expect(page.frameLocator("iframe[title='HTML part']").getByRole("link", { name: "Set a new password" })).toBeVisible();

  await page.goto("/dev/mail");
  await page.getByRole("button", { name: "Clear mailbox" }).click();
  await expect(page.getByText("No mails yet.")).toBeVisible();
});

test("whoever is signed in needs no sign-in page", async ({ page, open, signIn }) => {
  await signIn(page, ADA.email);
  await open(page, "/login");
  await expect(page).toHaveURL("/dashboard");
});

test.describe("signed in", () => {
  test.use({ demo: "shared" });
  test.beforeEach(async ({ page, signIn }) => signIn(page, ADA.email));

  test("dashboard and sign out", async ({ page, open, signIn }) => {
    await open(page, "/dashboard");
    await expectFrame(page, "Dashboard", ADA);
    await expectCurrent(page, "Dashboard");
    await expectOnce(page, [["search", ""], ["searchbox", "Find a person"], ["button", "Search"], ["region", "Needs attention"]]);
    await expectOnce(page, [["link", "1 mail refused"], ["link", "1 mail delayed"], ["link", "1 link expired unused"], ["region", "Note"]]);
    await expectOnce(page, [["region", "Where people stand"], ["link", "3 Needs attention"], ["link", "3 Not used yet"], ["link", "1 Password changed"]]);
    await expectOnce(page, [["button", "Send again to Amara Okafor"], ["link", "Links asked for and used, last 14 days"]]);
    await expect(page.getByText(/^Mail is delayed: 1 waiting since .+\. We keep trying\.$/)).toHaveCount(1);
    await expectOnce(page, [["link", "1 of the 9 links of the last 30 days was used"], ["region", "Newest activity"], ["link", "All activity"]]);
    await expect(page.getByText(/, within \d+ \w+ of the asking\.$/)).toHaveCount(1);
    // Managers don't read the activity, but see how resets went.
    await signIn(page, MAX.email);
    await open(page, "/dashboard");
    await expectOnce(page, [["region", "Newest resets"], ["link", "All resets"]]);
    await expect(page.getByRole("region", { name: "Newest resets" }).getByRole("listitem")).toHaveCount(5);
    await signIn(page, ADA.email);

    await open(page, "/logout");
    await expectFrame(page, "Sign out?", ADA);
    await expectCurrent(page);
    await expectOnce(page.getByRole("main"), [["button", "Sign out"]]);
  });

  test("dashboard, for whoever can't help others", async ({ page, open, signIn }) => {
    await signIn(page, ROB.email);
    await open(page, "/dashboard");
    await expectFrame(page, "Dashboard", ROB);
    await expect(page.getByRole("heading", { level: 2 })).toHaveText(["You", "Who can help"]);
    await expect(page.getByText("Needs attention")).toHaveCount(0);
    await expectFacts(page, [["Name", ROB.name], ["Email", ROB.email], ["Role", "Read-only"]]);
    const helpers = page.getByRole("main").getByRole("listitem");
    await expect(helpers.first()).toHaveText(`${ADA.name}, administrator, ${ADA.email}`);
    await expect(helpers.filter({ hasText: MAX.name })).toHaveText([`${MAX.name}, manager, ${MAX.email}`]);
    await expectOnce(page, [["link", ADA.email], ["link", MAX.email]]);
    await expect(page.getByRole("search")).toHaveCount(0);
  });

  test("company", async ({ page, open }) => {
    await open(page, "/company");
    await expectFrame(page, COMPANY, ADA, "Users");
    await expectCurrent(page, "Company");
    await expect(page.getByRole("heading", { level: 2 })).toHaveText(["General", "Extra"]);
    await expectFacts(page.getByRole("region", { name: "General", exact: true }), [
      ["Name", COMPANY],
      ["Phone", "+49 30 5550 100"],
      ["Email", "it@blueheronlogistics.example"],
    ]);
    await expectOnce(page, [
      ["region", "General"],
      ["link", "Edit company details"],
      ["region", "Extra"],
      ["tablist", "Extra"],
      ["tab", `${COMPANY} users`],
      ["tab", "Resets"],
      ["tab", "Activity"],
      ["tabpanel", `${COMPANY} users`],
      ["search", ""],
      ["searchbox", "Search people"],
      ["combobox", "Role"],
      ["combobox", "Status"],
      ["combobox", "Rows a page"],
      ["button", "Apply filters"],
      ["link", "Invite people"],
      ["link", "Reset several"],
      ["link", "Download CSV"],
      ["table", `${COMPANY} users`],
      ["checkbox", `Select ${ADA.name}`],
      ["checkbox", "Select all on this page"],
      ["button", `Select all ${PEOPLE}`],
      ["button", "Send reset links to selected"],
      ["navigation", "Pages"],
      ["link", "Next page"],
    ]);
    await expect(page.getByRole("heading", { level: 3, name: `${COMPANY} users`, exact: true })).toHaveCount(1);
    const tab = page.getByRole("tab", { name: `${COMPANY} users` });
    await expect(tab).toHaveAttribute("aria-selected", "true");
    await expect(tab).toHaveAttribute("href", "/company?tab=users");
    await expect(page.getByRole("tabpanel")).toHaveId((await tab.getAttribute("aria-controls")) ?? "");
    await expect(page.getByLabel("Role").getByRole("option")).toHaveText(["Any role", "Administrator", "Manager", "User", "Read-only"]);
    await expect(page.getByLabel("Status").getByRole("option")).toHaveText(["Everyone", "Active", "Invited", "Deleted"]);
    await expect(page.getByLabel("Rows a page").getByRole("option")).toHaveText(["25", "50", "100"]);
    for (const words of [`${PEOPLE} people`, `1–25 of ${PEOPLE}`, "Times are in Europe/Berlin"]) {
      await expect(page.getByText(words, { exact: true }), words).toHaveCount(1);
    }
    for (const absent of ["Clear filters", "Previous page"]) await expect(page.getByRole("link", { name: absent }), absent).toHaveCount(0);

    const heads = ["Name", "Email", "Role", "Status", "Last sign-in", "Last reset"];
    await expect(usersTable(page).getByRole("columnheader")).toHaveText(["Select", ...heads]);
    for (const head of heads) await expectOnce(usersTable(page), [["columnheader", head], ["button", head]]);
    await expectOnce(usersTable(page), [["link", ADA.name], ["rowheader", ADA.name]]);
    await expect(usersTable(page).locator("[aria-sort]")).toHaveText(["Name"]);
  });

  test("company, filtered, and on its second page", async ({ page, open }) => {
    await open(page, "/company?status=deleted");
    await expectOnce(page, [["link", "Clear filters"], ["rowheader", DEL.name], ["navigation", "Pages"]]);
    await expect(page.getByText("1 person", { exact: true })).toHaveCount(1);
    await expect(page.getByText("1–1 of 1", { exact: true })).toHaveCount(1);
    await open(page, "/company?q=nobody-at-all");
    await expect(page.getByText('Nobody matches "nobody-at-all".', { exact: true })).toHaveCount(1);
    await expect(page.getByText("0 people", { exact: true })).toHaveCount(1);
    await expectOnce(page, [["link", "Clear filters"], ["tabpanel", `${COMPANY} users`], ["button", "Apply filters"]]);
    await expect(page.getByRole("table")).toHaveCount(0);
    await open(page, "/company?role=manager&status=invited");
    await expect(page.getByText("Nobody matches these filters.", { exact: true })).toHaveCount(1);
    await open(page, "/company?size=25");
    await page.getByRole("link", { name: "Next page" }).click();
    await expect(page.getByText(`26–${PEOPLE} of ${PEOPLE}`, { exact: true })).toHaveCount(1);
    await expectOnce(page.getByRole("navigation", { name: "Pages", exact: true }), [["link", "Previous page"]]);
    await expect(page.getByRole("link", { name: "Next page" })).toHaveCount(0);
  });

  test("resets", async ({ page, open }) => {
    await open(page, "/company?tab=resets");
    await expectFrame(page, COMPANY, ADA, "Resets");
    await expectOnce(page, [
      ["navigation", "Where people stand"], ["link", "All"], ["link", "Not used yet 3"],
      ["tab", "Resets"], ["tabpanel", "Resets"], ["heading", "Resets"], ["region", "Note"], ["search", ""], ["searchbox", "Search resets"],
      ["combobox", "State"], ["button", "Apply filters"], ["table", "Resets"], ["navigation", "Pages"],
      ["button", "Send again to Agnes Lindqvist"], ["button", "Revoke link of Agnes Lindqvist"],
    ]);
    await expect(page.getByRole("columnheader")).toHaveText(["Person", "State", "What happened", "Asked by", "Asked", "Valid until", "Actions"]);
    await expect(page.getByRole("tab", { name: "Resets" })).toHaveAttribute("aria-selected", "true");
    await expect(page.getByRole("link", { name: "Clear filters" })).toHaveCount(0);
    await open(page, "/company?tab=resets&state=waiting");
    await expect(page.getByText("No reset matches.", { exact: true })).toHaveCount(1);
    await expectOnce(page, [["link", "Clear filters"]]);
    await open(page, "/company?tab=resets&q=nobody-at-all");
    await expect(page.getByText('Nobody matches "nobody-at-all".', { exact: true })).toHaveCount(1);
  });

  test("each row's badge", async ({ page, open }) => {
    await open(page, "/company?size=100");
    for (const [words, person] of BADGES) {
      const row = people(page).filter({ has: page.getByRole("rowheader", { name: person.name, exact: true }) });
      await expect(row.getByText(words, { exact: true }), person.name).toHaveCount(1);
      await expect(row.getByRole("cell").nth(1)).toHaveText(person.email);
    }
  });

  test("settings", async ({ page, open }) => {
    await open(page, "/settings");
    await expectFrame(page, "Settings", ADA);
    await expectCurrent(page, "Settings");
    await expectOnce(page, [["link", "My company profile"], ["link", "My account settings"], ["link", "Linked companies"], ["link", "Activity"]]);
    await expect(page.getByRole("link", { name: "My company profile" })).toHaveAttribute("href", "/company");
    await expect(page.getByRole("main").getByRole("listitem").getByRole("paragraph")).toHaveCount(4);
    await page.getByRole("link", { name: "My account settings" }).click();
    await expect(heading(page, "My account")).toBeVisible();
  });

  test("linked companies", async ({ page, open }) => {
    await open(page, "/companies");
    await expectFrame(page, "Linked companies", ADA);
    await expectOnce(page, [["searchbox", "Search companies"], ["button", "Search"], ["table", "Linked companies"], ["rowheader", NORD]]);
    await expect(page.getByRole("columnheader")).toHaveText(["Company", "Your access", "Action"]);
    await open(page, await pageOf(page, MAX));
    await expectOnce(page, [["region", "Linked companies"], ["button", `Remove access to ${NORD}`]]);
    await open(page, await pageOf(page, { name: "Agnes Lindqvist", email: "person01@blueheron.example" }));
    await expectOnce(page, [["region", "Linked companies"], ["combobox", "Company"], ["button", "Give access"]]);
  });

  test("own account", async ({ page, open }) => {
    await open(page, "/account");
    await expectFrame(page, "My account", ADA);
    await expectCurrent(page, ADA.name);
    await expect(page.getByRole("heading", { level: 2 }).filter({ visible: true })).toHaveText(["Details", "Password", "Where you are signed in", "Password resets"]);
    await expectOnce(page, [
      ["region", "Details"],
      ["textbox", "Name"],
      ["textbox", "Email"],
      ["combobox", "Time zone"],
      ["button", "Save details"],
      ["region", "Password"],
      ["link", "Change password"],
      ["button", "Email me a reset link"],
      ["region", "Where you are signed in"],
      ["table", "Where you are signed in"],
      ["region", "Password resets"],
    ]);
    await expectOnce(page, [["textbox", "Email"], ["textbox", "Current password"]]);
    await expect(page.getByLabel("Time zone").getByRole("option").first()).toHaveText("The company's (Europe/Berlin)");
    const table = page.getByRole("table", { name: "Where you are signed in" });
    await expect(table.getByRole("columnheader")).toHaveText(["Device", "Address", "Last active", "Action"]);
    await expect(page.getByText("This device", { exact: true })).toHaveCount(1);
    await expect(page.getByText("No resets yet.", { exact: true })).toHaveCount(1);
    await expect(page.getByText("Times are in Europe/Berlin", { exact: true })).toHaveCount(1);
  });

  test("own account, with another device", async ({ page, open, server }) => {
    const other = await server.signIn(ADA.email, undefined, { userAgent: "Mozilla/5.0 (X11; Linux x86_64; rv:132.0) Gecko/20100101 Firefox/132.0" });
    await open(page, "/account");
    await expectOnce(page, [["button", "Sign out Firefox on Linux"], ["button", "Sign out everywhere else"], ["rowheader", "Firefox on Linux"]]);
    await other.post("/logout");
  });

  test("what the own account says of the press before", async ({ page, open }) => {
    for (const [done, words] of [
      ["saved", "Your details are saved."],
      ["password-changed", "Password changed."],
      ["on-its-way", "A reset link is on its way to you."],
      ["device-signed-out", "That device is signed out."],
      ["others-signed-out", "All your other devices are signed out."],
    ] as const) {
      await open(page, `/account?done=${done}`);
      await expectOnce(page, [["region", "Done"]]);
      await expect(doneBox(page)).toHaveText(words);
    }
  });

  test("change password", async ({ page, open, isLive }) => {
    await open(page, "/account/password");
    await expectFrame(page, "Change password", ADA);
    await expectCurrent(page, ADA.name);
    await expectOnce(page, [["textbox", "Email"], ["textbox", "Current password"], ["textbox", "New password"], ["button", "Change password"]]);
    await expectShows(page, "Show current password", "Hide current password", isLive);
    await expectShows(page, "Show new password", "Hide new password", isLive);
    await expect(page.getByLabel("Email")).toHaveValue(ADA.email);
    await expect(page.getByLabel("Email")).not.toBeEditable();
    await expect(page.getByLabel("Email")).toHaveAttribute("autocomplete", "username");
    await expect(page.getByLabel("Current password")).toHaveAttribute("autocomplete", "current-password");
    await expect(page.getByLabel("New password")).toHaveAttribute("autocomplete", "new-password");
    await expect(page.getByLabel("New password")).toHaveAttribute("passwordrules", "minlength: 15");
    await expect(page.getByLabel("New password")).toHaveAccessibleDescription(/^At least 15 characters\./);
  });

  test("a person", async ({ page, open }) => {
    await open(page, await pageOf(page, UMA));
    await expectFrame(page, UMA.name, ADA);
    await expectCurrent(page, "Company");
    await expectFacts(page, [["Email", UMA.email], ["Role", "User"], ["Status", "Active"], ["Last sign-in", "Never"]]);
    await expectOnce(page, [["button", "Reset password"], ["region", "Password resets"], ["link", "Refresh"]]);
    await expectOnce(page, [
      ["region", "Details"], ["textbox", "Name"], ["textbox", "Email"], ["button", "Save details"], ["region", "Role"], ["radiogroup", "Role"],
      ["radio", "Manager"], ["radio", "User"], ["radio", "Read-only"], ["button", "Save role"], ["region", "Account"],
      ["button", "Sign out everywhere"], ["link", "Delete user"],
    ]);
    await expect(page.getByRole("radio", { checked: true })).toHaveAccessibleName("User");
    await expect(page.getByRole("heading", { level: 2 })).toHaveText(["Password resets", "Details", "Role", "Account"]);
    await expect(page.getByRole("button", { name: "Reset password" })).toHaveAccessibleDescription("");
    await expect(page.getByText("No resets yet.", { exact: true })).toHaveCount(1);
    await expect(page.getByText("Times are in Europe/Berlin", { exact: true })).toHaveCount(1);
    // No other name on the page contains these words, so that `getByText` and voice control find the button.
    await expect(page.getByText("Reset password")).toHaveCount(1);
    await expect(page.getByRole("main")).toMatchAriaSnapshot(`
      - main:
        - heading "${UMA.name}" [level=1]
        - button "Reset password"
        - region "Password resets":
          - heading "Password resets" [level=2]
        - region "Details"
        - region "Role"
    `);
  });

  test("create user", async ({ page, open }) => {
    await open(page, "/company/users/new");
    await expectFrame(page, "Invite people", ADA);
    await expectCurrent(page, "Company");
    await expectOnce(page, [
      ["textbox", "Name"], ["textbox", "Email"], ["radiogroup", "Role"], ["radio", "Manager"], ["radio", "User"], ["radio", "Read-only"],
      ["checkbox", "Create another after this one"], ["button", "Create user and send link"],
      ["navigation", "Ways to invite"], ["link", "One person"], ["link", "Paste lines"], ["link", "CSV file"],
    ]);
    await expect(page.getByRole("radio", { checked: true })).toHaveAccessibleName("User");
    await expect(page.getByRole("radio", { name: "User", exact: true })).toHaveAccessibleDescription("Has an account.");
  });

  test("many at once", async ({ page, open, hydrated, isLive }) => {
    await open(page, "/company/resets/new");
    await expectFrame(page, "Paste addresses", ADA);
    await expectCurrent(page, "Company");
    await expectOnce(page, [["textbox", "Email addresses, one a line"], ["button", "Check addresses"], ["link", "Back to the list"]]);
    await page.getByLabel("Email addresses, one a line").fill(`${ROB.email}\n${DEL.email}`);
    await page.getByRole("button", { name: "Check addresses" }).click();
    await expectFrame(page, "Send a reset link to 1 person?", ADA);
    await hydrated(page);
    await expectOnce(page, [
      ["table", "Will get a link (1)"], ["table", "Will not get a link (1)"], ["textbox", "Reason, kept in Activity (optional)"],
      ["button", "Send 1 link"], ["link", "Back to the list"], ["rowheader", ROB.name], ["rowheader", DEL.name],
    ]);
    await expect(page.getByText("Old passwords work until each person sets a new one.")).toBeVisible();
    await page.getByRole("button", { name: "Send 1 link" }).click();
    await expect(page.getByRole("heading", { level: 1, name: "Reset link for 1 person" })).toBeVisible();
    await expect(page.getByText(/^Asked for by Ada Admin on \d+ \w{3} 20\d\d, \d\d:\d\d$/)).toBeVisible();
    if (!isLive) await expect(async () => void (await page.reload(), await expect(page.getByText("1 of 1 accepted.")).toBeVisible({ timeout: 1_000 }))).toPass();
    await expect(page.getByText("1 of 1 accepted.")).toBeVisible();
    await expectOnce(page, [
      ["progressbar", "Mails handed over"], ["navigation", "Show"], ["table", "Resets"],
      ["link", "All (1)"], ["link", "Not used yet (1)"], ["link", "No link (1)"],
      ["link", "Revoke all unused"], ["link", "Download CSV"],
    ]);
    await page.getByRole("link", { name: "Revoke all unused" }).click();
    await expectFrame(page, "Revoke 1 link?", ADA);
    await expectOnce(page, [["button", "Revoke 1 link"], ["link", "Keep links"]]);
  });

  test("import users", async ({ page, open }) => {
    await open(page, "/company/users/import");
    await expectFrame(page, "Invite people from a list", ADA);
    await expectCurrent(page, "Company");
    await expectOnce(page, [
      ["textbox", "Or paste lines: name, email, role"], ["button", "Check lines"], ["navigation", "Ways to invite"], ["link", "Download a sample file"],
    ]);
    await expect(page.getByLabel("CSV file", { exact: true })).toHaveAttribute("type", "file");
  });

  test("company details", async ({ page, open }) => {
    await open(page, "/company/edit");
    await expectFrame(page, "Edit company details", ADA);
    await expectCurrent(page, "Company");
    await expectOnce(page, [
      ["textbox", "Company name"], ["textbox", "Website"], ["textbox", "Phone"], ["textbox", "Contact email"], ["textbox", "Banner"],
      ["combobox", "Time zone"], ["radiogroup", "Accent colour"], ["textbox", "Sender name of mails"],
      ["checkbox", "Only managers may start resets"], ["button", "Save company details"],
    ]);
    await expect(page.getByRole("radio")).toHaveCount(8);
    await expect(page.getByRole("radio", { checked: true })).toHaveAccessibleName("Blue");
  });

  test("delete and restore", async ({ page, open }) => {
    await open(page, `${await pageOf(page, UMA)}/delete`);
    await expectFrame(page, `Delete ${UMA.name}?`, ADA);
    await expectOnce(page.getByRole("main"), [["button", "Delete user"], ["link", "Keep user"]]);
    await open(page, `${await pageOf(page, DEL, "&status=deleted")}/restore`);
    await expectFrame(page, `Restore ${DEL.name}?`, ADA);
    await expectOnce(page.getByRole("main"), [["button", "Restore user"], ["link", "Keep deleted"]]);
    await expect(page.getByRole("textbox")).toHaveCount(0);
  });

  test("a person who was asked for", async ({ page, open }) => {
    for (const [words, sentence] of [
      ["Mail accepted", /That does not prove it reached the inbox\.$/],
      ["Mail delayed", /: mailbox full\. Next try .+\.$/],
      ["Mail refused", / refused the mail: no such mailbox\.$/],
      ["Password changed", /^Anton Weiss set a new password .+\.$/],
      ["Expired", /^Not used by .+\.$/],
      ["Revoked", /^Withdrawn .+\.$/],
      ["Cancelled", /^Ended: the password was changed\./],
    ] as const) {
      const person = BADGES.find(([badge]) => badge === words)?.[1];
      if (!person) throw new Error(`nobody shows ${words}`);
      await open(page, await pageOf(page, person));
      await expect(heading(page, person.name)).toBeVisible();
      await expectOnce(page, [["button", "Reset password"], ["link", "Refresh"]]);
      await expect(page.getByRole("heading", { level: 3 })).toHaveText(["Latest"]);
      await expect(badge(page)).toHaveText([words]);
      const line = page.getByRole("paragraph").filter({ has: page.locator(".badge") });
      expect((await line.textContent())?.replace(words, "").trim(), words).toMatch(sentence);
      const until = /^(Mail accepted|Mail delayed|Expired)$/.test(words) ? /\d{4}, \d\d:\d\d/ : "–";
      await expectFacts(page, [["Valid until", until], ["Reference", /^[A-Z0-9]{6}$/]]);
      const hint = /^(Mail accepted|Mail delayed|Mail refused)$/.test(words) ? /^A link from \d\d? \w{3}.* still works, until a new mail is accepted\.$/ : "";
      if (words === "Mail accepted") await expect(page.getByRole("button", { name: "Reset password" })).toHaveAccessibleDescription(hint);
      if (words === "Mail refused" || words === "Mail delayed") await expect(page.getByText("Server reply", { exact: true })).toHaveCount(1);
    }
  });

  test("a person who can't be asked for, or not like that", async ({ page, open, signIn }) => {
    const reset = page.getByText("Reset password");
    await open(page, await pageOf(page, IVY));
    await expectOnce(page, [["button", "Resend invitation"], ["heading", "Latest"]]);
    await expectFacts(page, [["Status", "Invited"]]);
    await expect(page.getByRole("button", { name: "Resend invitation" })).toHaveAccessibleDescription(/^A link from .+ still works, until a new mail is accepted\.$/);
    await expect(reset).toHaveCount(0);

    await expectOnce(page, [["textbox", "Email"], ["button", "Save details"]]);
    await expect(page.getByRole("textbox", { name: "Email", exact: true })).toHaveAccessibleDescription(/^A corrected email counts at once\./);

    await open(page, await pageOf(page, ADA));
    await expect(page.getByText("This is you.")).toHaveCount(1);
    await expect(page.getByText("You can edit people below your own role.", { exact: true })).toHaveCount(1);
    await expectOnce(page, [["link", "Change password"]]);
    await expect(reset).toHaveCount(0);

    await open(page, await pageOf(page, DEL, "&status=deleted"));
    await expect(page.getByText("Deleted people get no links. Restore the account first.", { exact: true })).toHaveCount(1);
    await expectFacts(page, [["Status", "Deleted"]]);
    await expectOnce(page, [["link", "Restore user"]]);
    await expect(reset).toHaveCount(0);

    await signIn(page, UMA.email);
    await open(page, await pageOf(page, ADA));
    await expect(page.getByText(`Administrators and managers of ${COMPANY} can reset this password.`, { exact: true })).toHaveCount(1);
    await expectFacts(page, [["Email", ADA.email], ["Role", "Administrator"], ["Status", "Active"]]);
    await expect(reset).toHaveCount(0);
  });

  test("the button is the first control after the heading @live", async ({ page, open }) => {
    await open(page, await pageOf(page, UMA));
    await heading(page, UMA.name).focus();
    await page.keyboard.press("Tab");
    await expect(page.getByRole("button", { name: "Reset password" })).toBeFocused();
  });
});
