// The main ways through Rekey in Firefox: few and whole. What each page says in each state is the matter of `../tests`.
import assert from "node:assert/strict";

import type { Page } from "puppeteer-core";

import { ADA, COMPANY, MAX, NEW_PASSWORD, PASSWORD, UMA, linkIn } from "../support/plain.ts";
import { address, eventually, fill, find, findField, press, texts } from "./browser.ts";
import { Clean } from "./clean.ts";
import { bothWays } from "./test.ts";

const DONE = "[aria-label=Done]";
const BADGE = "main p > .badge";
const STEPS = "[aria-label=Steps] > li";
/** Where a page says to screen readers what has happened. */
const STATUS = "[role=status]";

/** Pages that are there without any preparation, for an administrator. */
const PAGES: readonly (readonly [path: string, heading: string])[] = [
  ["/dashboard", "Dashboard"],
  ["/company", COMPANY],
  ["/company?tab=resets", COMPANY],
  ["/company?tab=activity", COMPANY],
  ["/company/edit", "Edit company details"],
  ["/company/users/new", "Invite people"],
  ["/company/users/import", "Invite people from a list"],
  ["/company/resets/new", "Paste addresses"],
  ["/settings", "Settings"],
  ["/account", "My account"],
  ["/account/password", "Change password"],
];

/** Fills the sign-in form and presses its button. */
async function submitSignIn(page: Page, email: string, password = PASSWORD): Promise<void> {
  await fill(page, "Email", email);
  await fill(page, "Password", password);
  await press(page, "button", "Sign in");
}

/** Fills the form behind a mailed link and presses its button. */
async function submitNewPassword(page: Page): Promise<void> {
  await fill(page, "New password", NEW_PASSWORD);
  await press(page, "button", "Set new password");
}

/** Leaves a mark in the document, which a page that is loaded anew does not have. */
const mark = (page: Page): Promise<void> => page.evaluate(() => void Object.assign(window, { isMarked: true }));

const isMarked = (page: Page): Promise<boolean> => page.evaluate(() => "isMarked" in window);

bothWays((smoke) => {
  smoke("a wrong password is refused at the form, which keeps the address; the right one leads in", async ({
    page, clean, isLive, open, arrive, hydrated,
  }) => {
    await open(page, "/login");
    await mark(page);
    clean.expectStatus(422);
    await submitSignIn(page, MAX.email, "not the password");

    await eventually(async () => assert.deepEqual(await texts(page, "[aria-labelledby=error-summary] a"), ["Email or password is wrong."]));
    assert.equal(await isMarked(page), isLive, "the page is loaded anew without script only");
    await hydrated(page);
    const email = await findField(page, "Email");
    const said = await email.evaluate((field) =>
      Array.from(field.ariaDescribedByElements ?? [], (element) => element.textContent).join(" "));
    assert.equal(said, "Email or password is wrong.");
    assert.equal(await email.evaluate((field) => field.value), MAX.email);
    assert.equal(await (await findField(page, "Password")).evaluate((field) => field.value), "");

    await submitSignIn(page, MAX.email);
    await arrive(page, "Dashboard");
    assert.equal(await address(page), "/dashboard");
  });

  smoke("a manager resets a password and sees what becomes of it, until its owner has a new one", async ({
    page, demo, isLive, open, arrive, hydrated, anotherBrowser,
  }) => {
    /** The newest reset comes to this state: by itself where the page is live, else it is loaded again. */
    const showsBadge = (words: string) => eventually(async () => {
      if (!isLive) await page.reload();
      assert.equal((await texts(page, BADGE))[0], words);
      if (isLive) assert.ok(await isMarked(page), "nobody has loaded the page again");
    });
    /** A live page says it to screen readers, too. */
    const says = async (words: string) => {
      if (isLive) await eventually(async () => assert.deepEqual(await texts(page, STATUS), [words]));
    };

    await open(page, "/login");
    await submitSignIn(page, MAX.email);
    await arrive(page, "Dashboard");
    await press(page, "link", "Company");
    await arrive(page, COMPANY);
    assert.deepEqual(await texts(page, "h2"), ["General", "Extra"]);
    for (const tab of ["Resets", `${COMPANY} users`]) {
      await press(page, "tab", tab);
      await eventually(async () => assert.deepEqual(await texts(page, "[role=tab][aria-selected=true]"), [tab]));
      await hydrated(page);
    }
    await fill(page, "Search people", UMA.name);
    await press(page, "button", "Apply filters");
    await eventually(async () => assert.equal((await texts(page, "tbody th[scope=row]")).length, 1));
    await hydrated(page);
    await press(page, "link", UMA.name);
    await arrive(page, UMA.name);
    assert.deepEqual(await texts(page, BADGE), [], "no resets yet");

    // Nothing goes out until it is let.
    await demo.mailServer("down");
    await mark(page);
    await press(page, "button", "Reset password");
    await eventually(async () => assert.deepEqual(await texts(page, DONE), [`Reset link for ${UMA.name} is on its way.`]));
    assert.equal(await isMarked(page), isLive, "the page is loaded anew without script only");
    await eventually(async () => assert.match((await texts(page, STEPS))[0] ?? "", /Asked for by Max Manager\./));
    await showsBadge("Mail delayed");
    await demo.mailServer("accept");
    await demo.advanceClock(60);
    await showsBadge("Mail accepted");
    await says(`${UMA.name}: mail accepted.`);

    const [mail] = await demo.mailsTo(UMA.email);
    const owner = await anotherBrowser();
    await open(owner, linkIn(mail));
    await arrive(owner, "Set a new password");
    // A link that was opened is no news: programs that look into mails open it, too.
    assert.equal((await texts(page, BADGE))[0], "Mail accepted");
    await submitNewPassword(owner);
    await arrive(owner, "Sign in");
    await showsBadge("Password changed");
    await says(`${UMA.name}: password changed.`);
  });

  smoke("whoever forgot their password sets a new one by a mailed link and signs in with it", async ({
    page, demo, isLive, open, arrive,
  }) => {
    await open(page, "/login");
    await press(page, "link", "Forgot password?");
    await arrive(page, "Forgot your password?");
    await fill(page, "Email", UMA.email);
    await press(page, "button", "Send link");
    await arrive(page, "Check your email");

    const [mail] = await demo.mailsTo(UMA.email);
    const link = linkIn(mail);
    await open(page, link);
    await arrive(page, "Set a new password");
    assert.equal(await address(page), isLive ? "/reset-password/open" : link, "a live page takes the link out of the address");
    await submitNewPassword(page);
    await arrive(page, "Sign in");
    assert.deepEqual(await texts(page, DONE), ["Your password is changed. Sign in with the new one."]);

    await submitSignIn(page, UMA.email, NEW_PASSWORD);
    await arrive(page, "Dashboard");
    await find(page, "link", UMA.name);
  });

  smoke("Back after signing out shows no name", async ({ page, open, arrive }) => {
    await open(page, "/login");
    await submitSignIn(page, MAX.email);
    await arrive(page, "Dashboard");
    await press(page, "link", "Company");
    await arrive(page, COMPANY);
    await press(page, "button", "Sign out");
    await arrive(page, "Sign in");
    assert.equal(await address(page), "/login?done=signed-out");

    // Puppeteer's own way back waits for a load, which a page out of the history's cache does not need.
    await page.evaluate(() => history.back());
    await eventually(async () => assert.notEqual(await address(page), "/login?done=signed-out"));
    const shown = await eventually(async () => {
      const html = await page.content();
      assert.match(html, /<h1/);
      return html;
    });
    for (const { name, email } of [MAX, ADA, UMA]) {
      assert.ok(!shown.includes(name) && !shown.includes(email), `${name} is not named`);
    }
    assert.equal(await address(page), "/login?next=%2Fcompany");
    await arrive(page, "Sign in");
  });

  smoke("pages make no console error, breach no policy and ask no other host", async ({ page, open, arrive }) => {
    await open(page, "/login");
    await submitSignIn(page, ADA.email);
    await arrive(page, "Dashboard");
    for (const [path, heading] of PAGES) {
      await open(page, path);
      await arrive(page, heading);
    }
  });

  smoke("what a healthy page never does is seen", async ({ page, demo, clean, open }) => {
    await open(page, "/login");
    clean.end();
    const watch = new Clean(demo.url);
    watch.watch(page);
    await page.evaluate(() => {
      const picture = document.createElement("img");
      picture.src = "https://pictures.example/one.png";
      document.body.append(picture);
    });
    await eventually(async () => assert.match(watch.takeProblems().join(), /Content-Security-Policy.+pictures\.example/));
    await page.evaluate(() => console.error("something is wrong"));
    await eventually(async () => assert.match(watch.takeProblems().join(), /console error: something is wrong/));
    await page.goto(demo.url.replace("127.0.0.1", "localhost") + "/login");
    await eventually(async () => assert.match(watch.takeProblems().join(), /another host: GET http:\/\/localhost:/));
  });
});
