// Every page in every state that it can show, and the way there. What is checked of them stands in the tests. A new page
// or state gets its line here, and with it all of those checks.
import { type Page, expect } from "@playwright/test";

import { ADA, BADGES, COMPANY, DEL, IVY, MAX, NEW_PASSWORD, NORD, PASSWORD, SHORT_PASSWORD, UMA, type Person } from "./people.ts";
import type { Fixtures } from "./test.ts";
import { badge, doneBox, expectChoiceRefused, expectRefused, heading, pageOf, postByHand, pressReset, problemBox, sendToMany, submitAsk, submitNewPassword, submitSignIn, waitForBadge } from "./ways.ts";

/** What the ways there are walked with. */
export type Tools = { page: Page } & Pick<
  Fixtures,
  "server" | "clean" | "isLive" | "hydrated" | "open" | "anotherBrowser" | "signIn" | "mailsTo" | "advanceClock" | "mailServer" | "askReset" | "linkFor" | "noticeFor"
>;

export type State = {
  name: string;
  /** Goes there and waits until it shows. */
  arrive: (tools: Tools) => Promise<void>;
  /** Set where the state exists only with JavaScript. */
  needsScript?: true;
  /** Set where the page shows a table of whole addresses, which may scroll when a reader spaces its letters out: WCAG
   * 1.4.10 leaves tables their two dimensions. */
  isWide?: true;
};

const DAY = 24 * 60 * 60;
const MINUTE = 60;
const NOBODY = "nobody@blueheron.example";

/** Goes to a page and waits for its heading. */
const at = (path: string, words: string, status?: number) => async ({ page, open, clean }: Tools) => {
  if (status) clean.expectStatus(status);
  await open(page, path);
  await expect(heading(page, words)).toBeVisible();
};

/** The same, signed in. */
const as = (email: string, arrive: State["arrive"]) => async (tools: Tools) => {
  await tools.signIn(tools.page, email);
  await arrive(tools);
};

/** A person's page, for a manager. */
const personsPage = (person: Person) => as(MAX.email, async ({ page, open }) => {
  await open(page, await pageOf(page, person));
  await expect(heading(page, person.name)).toBeVisible();
});

/** Makes a server function fail as the server would say it. */
async function failing(page: Page, path: string, trouble: { status: number; words: string; retry_after: null }): Promise<void> {
  await page.route(`**/api/${path}*`, (route) =>
    route.fulfill({
      status: trouble.status,
      headers: { serverfnerror: `/api/${path}`, "content-type": "application/json" },
      body: JSON.stringify(trouble),
    }),
  );
}

/** States that only read, so that a demo may be shared. */
export const READING: State[] = [
  { name: "sign in", arrive: at("/login", "Sign in") },
  {
    name: "sign in, nothing typed",
    arrive: async ({ page, open, clean }) => {
      clean.expectStatus(422);
      await open(page, "/login");
      await page.getByRole("button", { name: "Sign in" }).click();
      await expectRefused(page, ["Enter your email", "Enter your password"]);
    },
  },
  {
    name: "sign in, let in by nobody",
    arrive: async ({ page, open, clean }) => {
      clean.expectStatus(422);
      await open(page, "/login");
      await submitSignIn(page, UMA.email, "not her password");
      await expectRefused(page, ["Email or password is wrong."]);
    },
  },
  {
    name: "sign in, with the password shown",
    needsScript: true,
    arrive: async ({ page, open }) => {
      await open(page, "/login");
      await page.getByRole("button", { name: "Show password" }).click();
      await expect(page.getByRole("button", { name: "Hide password" })).toBeVisible();
    },
  },
  ...["signed-out", "idle", "password-changed"].map((done): State => ({
    name: `sign in, ${done}`,
    arrive: async ({ page, open }) => {
      await open(page, `/login?done=${done}`);
      await expect(page.getByRole("region", { name: done === "idle" ? "Note" : "Done" })).toBeVisible();
    },
  })),
  ...["link-withdrawn", "link-disavowed", "change-disavowed"].map((done): State => ({ name: `done, ${done}`, arrive: at(`/not-me/done?done=${done}`, "Done.") })),
  ...["email-counts", "email-confirmed", "email-stopped", "email-taken-back"].map((done): State => ({ name: `done, ${done}`, arrive: at(`/confirm-email/done?done=${done}`, "Done.") })),
  { name: "forgot your password", arrive: at("/reset-password", "Forgot your password?") },
  {
    name: "forgot your password, refused",
    arrive: async ({ page, open, clean }) => {
      clean.expectStatus(422);
      await open(page, "/reset-password");
      await submitAsk(page, "uma at blueheron");
      await expectRefused(page, ["Enter an email like name@example.com"]);
    },
  },
  { name: "check your email, by hand", arrive: at("/reset-password?sent=1", "Check your email") },
  { name: "the link opened again", arrive: at("/reset-password/open", "Open the link again") },
  {
    name: "the link opened again, refused",
    arrive: async ({ page, open, clean }) => {
      clean.expectStatus(422);
      await open(page, "/reset-password/open");
      await page.getByRole("button", { name: "Open link" }).click();
      await expectRefused(page, ["Paste the whole link from the mail"]);
    },
  },
  { name: "a link that does not work", arrive: at("/reset-password/nothing", "This link does not work", 410) },
  { name: "sign out, for a stranger", arrive: at("/logout", "Sign in") },
  { name: "page not found, for a stranger", arrive: at("/nowhere", "Page not found", 404) },
  {
    name: "too much at once",
    arrive: async ({ page, open, clean }) => {
      clean.expectStatus(413);
      await open(page, "/login");
      await postByHand(page, "/login", { email: "x".repeat(20_000) });
      await expect(heading(page, "That is too much at once")).toBeVisible();
    },
  },

  { name: "dashboard, for an administrator", arrive: as(ADA.email, at("/dashboard", "Dashboard")) },
  { name: "dashboard, for a manager", arrive: as(MAX.email, at("/dashboard", "Dashboard")) },
  { name: "dashboard, for a user", arrive: as(UMA.email, at("/dashboard", "Dashboard")) },
  { name: "sign out", arrive: as(MAX.email, at("/logout", "Sign out?")) },
  { name: "settings", arrive: as(MAX.email, at("/settings", "Settings")) },
  { name: "linked companies", arrive: as(MAX.email, at("/companies", "Linked companies")) },
  { name: "linked companies, no match", arrive: as(MAX.email, at("/companies?q=xyz", "Linked companies")) },
  {
    name: "a manager's page, for who gives access",
    arrive: as(ADA.email, async ({ page, open }) => {
      await open(page, await pageOf(page, MAX));
      await expect(page.getByRole("button", { name: `Remove access to ${NORD}` })).toBeVisible();
    }),
  },
  { name: "page not found", arrive: as(MAX.email, at("/nowhere", "Page not found", 404)) },
  {
    name: "forbidden",
    arrive: async ({ page, server, open, signIn, clean }) => {
      await signIn(page, MAX.email);
      await open(page, await pageOf(page, ADA));
      const company = await page.locator("input[name=company]").first().getAttribute("value");
      const path = new URL(page.url()).pathname;
      await page.context().addCookies((await server.signIn(UMA.email)).cookies);
      clean.expectStatus(403);
      await postByHand(page, `${path}/reset`, { company: company ?? "" });
      await expect(heading(page, "You cannot open this page")).toBeVisible();
    },
  },
  {
    name: "a form of another company",
    arrive: async ({ page, open, signIn, clean }) => {
      await signIn(page, MAX.email);
      await open(page, await pageOf(page, UMA));
      clean.expectStatus(409);
      await page.locator("input[name=company]").first().evaluate((field: HTMLInputElement) => {
        field.value = "0199b0a5-0000-7000-8000-000000000000";
      });
      const path = new URL(page.url()).pathname;
      await postByHand(page, `${path}/reset`, { company: "0199b0a5-0000-7000-8000-000000000000" });
      await expect(heading(page, "You act in another company now")).toBeVisible();
    },
  },
  {
    name: "a press that failed",
    needsScript: true,
    arrive: as(MAX.email, async ({ page, open, clean }) => {
      clean.expectStatus(503);
      await failing(page, "trigger-reset", { status: 503, words: "Nothing was changed. Try again in a minute.", retry_after: null });
      await open(page, await pageOf(page, UMA));
      await page.getByRole("button", { name: "Reset password" }).click();
      await expect(problemBox(page)).toHaveText("Nothing was changed. Try again in a minute.");
    }),
  },

  { name: "company", arrive: as(MAX.email, at("/company", COMPANY)) },
  { name: "company, for a user", arrive: as(UMA.email, at("/company", COMPANY)) },
  { name: "company, by newest reset", arrive: as(MAX.email, at("/company?sort=-last-reset&size=50", COMPANY)) },
  { name: "company, filtered", arrive: as(MAX.email, at("/company?sort=email&role=manager&status=active", COMPANY)) },
  { name: "company, deleted people", arrive: as(MAX.email, at("/company?status=deleted", COMPANY)) },
  {
    name: "company, nobody matches the search",
    arrive: as(MAX.email, async ({ page, open }) => {
      await open(page, "/company?q=nobody-at-all");
      await expect(page.getByText('Nobody matches "nobody-at-all".')).toBeVisible();
    }),
  },
  {
    name: "company, nobody matches the filters",
    arrive: as(MAX.email, async ({ page, open }) => {
      await open(page, "/company?role=manager&status=invited");
      await expect(page.getByText("Nobody matches these filters.")).toBeVisible();
    }),
  },
  {
    name: "company, the second page",
    arrive: as(MAX.email, async ({ page, open, hydrated }) => {
      await open(page, "/company");
      await page.getByRole("link", { name: "Next page" }).click();
      await expect(page.getByRole("link", { name: "Previous page" })).toBeVisible();
      await hydrated(page);
    }),
  },

  { name: "paste addresses", arrive: as(MAX.email, at("/company/resets/new", "Paste addresses")) },
  { name: "paste addresses, for a user", arrive: as(UMA.email, at("/company/resets/new", "You cannot open this page", 403)) },
  {
    name: "paste addresses, none",
    arrive: as(MAX.email, async ({ page, open, clean }) => {
      clean.expectStatus(422);
      await open(page, "/company/resets/new");
      await page.getByRole("button", { name: "Check addresses" }).click();
      await expectRefused(page, ["Enter at least one email address"]);
    }),
  },
  {
    name: "people, nobody ticked",
    isWide: true,
    arrive: as(MAX.email, async ({ page, open, clean }) => {
      clean.expectStatus(422);
      await open(page, "/company?tab=users&q=uma");
      await page.getByRole("button", { name: "Send reset links to selected" }).click();
      await expect(page.getByRole("heading", { name: "Please correct this form" })).toBeVisible();
    }),
  },
  {
    name: "many at once, before the press",
    isWide: true,
    arrive: as(MAX.email, async ({ page, open }) => {
      await open(page, "/company/resets/new");
      await page.getByLabel("Email addresses, one a line").fill([UMA.email, MAX.email, DEL.email, NOBODY].join("\n"));
      await page.getByRole("button", { name: "Check addresses" }).click();
      await expect(heading(page, "Send a reset link to 1 person?")).toBeVisible();
    }),
  },
  { name: "company details", arrive: as(ADA.email, at("/company/edit", "Edit company details")) },
  { name: "company details, for a manager", arrive: as(MAX.email, at("/company/edit", "Edit company details")) },
  { name: "company details, for a user", arrive: as(UMA.email, at("/company/edit", "You cannot open this page", 403)) },
  { name: "activity", arrive: as(ADA.email, at("/company?tab=activity", COMPANY)) },
  { name: "activity, for a manager", arrive: as(MAX.email, at("/company?tab=activity", "You cannot open this page", 403)) },
  { name: "resets", arrive: as(MAX.email, at("/company?tab=resets", COMPANY)) },
  { name: "resets, refused", arrive: as(MAX.email, at("/company?tab=resets&state=refused", COMPANY)) },
  {
    name: "resets, none matches",
    arrive: as(MAX.email, async ({ page, open }) => {
      await open(page, "/company?tab=resets&state=waiting");
      await expect(page.getByText("No reset matches.")).toBeVisible();
    }),
  },
  { name: "resets, for a user", arrive: as(UMA.email, at("/company?tab=resets", "You cannot open this page", 403)) },
  { name: "a person with earlier resets", arrive: personsPage({ name: "Cy Diaz", email: "person08@blueheron.example" }) },

  ...BADGES.map(([badge, person]): State => ({ name: `a person, ${badge}`, arrive: personsPage(person) })),
  { name: "a person, nothing asked for", arrive: personsPage(UMA) },
  { name: "a person, invited", arrive: personsPage(IVY) },
  { name: "a person, an administrator", arrive: personsPage(ADA) },
  { name: "a person, oneself", arrive: personsPage(MAX) },
  {
    name: "a person, deleted",
    arrive: as(MAX.email, async ({ page, open }) => {
      await open(page, await pageOf(page, DEL, "&status=deleted"));
      await expect(page.getByText("Deleted people get no links. Restore the account first.")).toBeVisible();
    }),
  },
  {
    name: "a person, for a user",
    arrive: as(UMA.email, async ({ page, open }) => {
      await open(page, await pageOf(page, MAX));
      await expect(heading(page, MAX.name)).toBeVisible();
    }),
  },
  {
    name: "a person, the server's reply unfolded",
    arrive: async (tools) => {
      const refused = BADGES.find(([badge]) => badge === "Mail refused");
      if (!refused) throw new Error("nobody's mail is refused");
      await personsPage(refused[1])(tools);
      await tools.page.getByText("Server reply").click();
      await expect(tools.page.getByText(/5\.1\.1/)).toBeVisible();
    },
  },

  { name: "create user", arrive: as(ADA.email, at("/company/users/new", "Invite people")) },
  { name: "create user, for a user", arrive: as(UMA.email, at("/company/users/new", "You cannot open this page", 403)) },
  {
    name: "create user, refused",
    arrive: as(MAX.email, async ({ page, open, clean }) => {
      clean.expectStatus(422);
      await open(page, "/company/users/new");
      await page.getByRole("button", { name: "Create user and send link" }).click();
      await expectRefused(page, ["Enter a name", "Enter an email"]);
    }),
  },
  {
    name: "create user, with an email that is used here",
    arrive: as(MAX.email, async ({ page, open, clean }) => {
      clean.expectStatus(422);
      await open(page, "/company/users/new");
      await page.getByLabel("Name").fill("Uma Other");
      await page.getByLabel("Email").fill(UMA.email);
      await page.getByRole("button", { name: "Create user and send link" }).click();
      await expectRefused(page, [`Someone at ${COMPANY} uses this email: ${UMA.name}`]);
    }),
  },
  { name: "import users", arrive: as(ADA.email, at("/company/users/import", "Invite people from a list")) },
  { name: "import users, pasted", arrive: as(MAX.email, at("/company/users/import?from=lines", "Invite people: paste lines")) },
  { name: "import users, a file", arrive: as(MAX.email, at("/company/users/import?from=file", "Invite people: CSV file")) },
  {
    name: "paste addresses, nobody gets a link",
    arrive: as(MAX.email, async ({ page, open }) => {
      await open(page, "/company/resets/new");
      await page.getByLabel("Email addresses, one a line").fill("ana@new.example\ncy@new.example");
      await page.getByRole("button", { name: "Check addresses" }).click();
      await expect(page.getByRole("button", { name: "Invite these 2" })).toBeVisible();
    }),
  },
  {
    name: "import users, refused",
    arrive: as(MAX.email, async ({ page, open, clean }) => {
      clean.expectStatus(422);
      await open(page, "/company/users/import");
      await page.getByRole("button", { name: "Check lines" }).click();
      await expectRefused(page, ["Choose a CSV file, or paste lines"]);
    }),
  },
  {
    name: "a list of people, checked",
    isWide: true,
    arrive: as(MAX.email, async ({ page, open }) => {
      await open(page, "/company/users/import");
      await page.getByLabel("Or paste lines").fill(`Ana Lima,ana@new.example\nUma,${UMA.email}\nBo,bo\nCy,cy@new.example,manager`);
      await page.getByRole("button", { name: "Check lines" }).click();
      await expect(page.getByRole("button", { name: "Invite 1 person" })).toBeVisible();
    }),
  },
  {
    name: "a person, details refused",
    arrive: as(MAX.email, async ({ page, open, clean }) => {
      clean.expectStatus(422);
      await open(page, await pageOf(page, UMA));
      await page.getByLabel("Name").fill("");
      await page.getByRole("button", { name: "Save details" }).click();
      await expectRefused(page, ["Enter a name"]);
    }),
  },
  {
    name: "delete user",
    arrive: as(MAX.email, async ({ page, open }) => {
      await open(page, `${await pageOf(page, UMA)}/delete`);
      await expect(heading(page, `Delete ${UMA.name}?`)).toBeVisible();
    }),
  },
  {
    name: "restore user",
    arrive: as(MAX.email, async ({ page, open }) => {
      await open(page, `${await pageOf(page, DEL, "&status=deleted")}/restore`);
      await expect(heading(page, `Restore ${DEL.name}?`)).toBeVisible();
    }),
  },

  { name: "own account", arrive: as(UMA.email, at("/account", "My account")) },
  ...["saved", "password-changed", "on-its-way", "device-signed-out", "others-signed-out"].map((done): State => ({
    name: `own account, ${done}`,
    arrive: as(UMA.email, async ({ page, open }) => {
      await open(page, `/account?done=${done}`);
      await expect(doneBox(page)).toBeVisible();
    }),
  })),
  {
    name: "own account, refused",
    arrive: as(UMA.email, async ({ page, open, clean }) => {
      clean.expectStatus(422);
      await open(page, "/account");
      await page.getByLabel("Name").fill("");
      await page.getByRole("button", { name: "Save details" }).click();
      await expectRefused(page, ["Enter a name"]);
    }),
  },
  { name: "change password", arrive: as(UMA.email, at("/account/password", "Change password")) },
  {
    name: "change password, refused",
    arrive: as(UMA.email, async ({ page, open, clean }) => {
      clean.expectStatus(422);
      await open(page, "/account/password");
      await page.getByRole("button", { name: "Change password" }).click();
      await expectRefused(page, ["Enter your password", "Enter a new password"]);
    }),
  },
];

/** States that something has to be done for, each on a demo of its own. */
export const DOING: State[] = [
  {
    name: "many at once, sent",
    isWide: true,
    arrive: as(MAX.email, async ({ page, open, mailServer }) => {
      await mailServer("refuse");
      await sendToMany(page, open, [UMA.email, IVY.email]);
      await expect(page.getByText("0 of 2 accepted, 2 refused.")).toBeVisible();
    }),
  },
  {
    name: "many at once, about to be withdrawn",
    arrive: as(MAX.email, async ({ page, open }) => {
      await sendToMany(page, open, [UMA.email, IVY.email]);
      await page.getByRole("link", { name: "Revoke all unused" }).click();
      await expect(heading(page, "Revoke 2 links?")).toBeVisible();
    }),
  },
  {
    name: "inside a linked company",
    arrive: as(MAX.email, async ({ page, open, hydrated }) => {
      await open(page, "/companies");
      await page.getByRole("button", { name: `Switch to ${NORD}` }).click();
      await expect(page.getByRole("region", { name: `You are acting in ${NORD}` })).toBeVisible();
      await hydrated(page);
    }),
  },
  {
    name: "check your email",
    arrive: async ({ page, open, hydrated }) => {
      await open(page, "/reset-password");
      await submitAsk(page, NOBODY);
      await expect(page.getByText(`If an account uses ${NOBODY}`)).toBeVisible();
      await hydrated(page);
    },
  },
  {
    name: "a living link",
    arrive: async ({ page, open, linkFor }) => {
      await open(page, await linkFor(UMA));
      await expect(heading(page, "Set a new password")).toBeVisible();
    },
  },
  {
    name: "a living link, refused",
    arrive: async ({ page, open, linkFor, clean }) => {
      clean.expectStatus(422);
      await open(page, await linkFor(UMA));
      await submitNewPassword(page, SHORT_PASSWORD);
      await expectRefused(page, ["Use at least 15 characters"]);
    },
  },
  {
    name: "a living link, while typing",
    needsScript: true,
    arrive: async ({ page, open, linkFor }) => {
      await open(page, await linkFor(UMA));
      await page.getByLabel("New password").pressSequentially("nine sign");
      await page.getByRole("button", { name: "Show password" }).click();
      await expect(page.getByText("6 more characters")).toBeVisible();
    },
  },
  {
    name: "a link for somebody else",
    arrive: async ({ page, open, linkFor, signIn }) => {
      const link = await linkFor(UMA);
      await signIn(page, MAX.email);
      await open(page, link);
      await expect(heading(page, `This link is for ${UMA.email}`)).toBeVisible();
    },
  },
  {
    name: "a used link",
    arrive: async ({ page, open, linkFor, server, clean }) => {
      const link = await linkFor(UMA);
      const answer = await fetch(server.url + link, { method: "POST", body: new URLSearchParams({ new_password: NEW_PASSWORD }), redirect: "manual" });
      expect(answer.status).toBe(303);
      clean.expectStatus(410);
      await open(page, link);
      await expect(heading(page, "This link was used")).toBeVisible();
    },
  },
  {
    name: "a replaced link",
    arrive: async ({ page, linkFor, clean, hydrated }) => {
      const older = await linkFor(UMA);
      await linkFor(UMA, 2);
      clean.expectStatus(410);
      // It is replaced once the newer mail is accepted, a moment after it is there.
      await expect(async () => {
        await page.goto(older);
        await expect(heading(page, "A newer link was sent")).toBeVisible({ timeout: 1_000 });
      }).toPass();
      await hydrated(page);
    },
  },
  {
    name: "a withdrawn link",
    arrive: async ({ page, open, linkFor, server, clean }) => {
      const link = await linkFor(UMA);
      // A password changed elsewhere ends the links that there are.
      const uma = await server.signIn(UMA.email);
      const answer = await uma.post("/account/password", { current_password: PASSWORD, new_password: NEW_PASSWORD });
      expect(answer.status).toBe(303);
      clean.expectStatus(410);
      await open(page, link);
      await expect(heading(page, "This link was withdrawn")).toBeVisible();
    },
  },
  {
    name: "a link to withdraw",
    arrive: async ({ page, open, linkFor }) => {
      await open(page, `${await linkFor(UMA)}/not-me`);
      await expect(heading(page, "Was this not you?")).toBeVisible();
    },
  },
  {
    name: "a link to withdraw, nothing chosen",
    arrive: async ({ page, open, linkFor, clean }) => {
      clean.expectStatus(422);
      await open(page, `${await linkFor(UMA)}/not-me`);
      await page.getByRole("button", { name: "Withdraw link" }).click();
      await expectChoiceRefused(page, "What happened?", "Choose what happened");
    },
  },
  {
    name: "a change to disavow",
    arrive: async ({ page, open, noticeFor }) => {
      await open(page, await noticeFor(UMA));
      await expect(heading(page, "Was this not you?")).toBeVisible();
    },
  },
  {
    name: "a change to disavow, not ticked",
    arrive: async ({ page, open, noticeFor, clean }) => {
      clean.expectStatus(422);
      await open(page, await noticeFor(UMA));
      await page.getByRole("button", { name: "Sign out all my devices" }).click();
      await expectRefused(page, ["Tick the box if this was not you"]);
    },
  },
  {
    name: "a disavowed change",
    arrive: async ({ page, open, noticeFor, clean, hydrated }) => {
      const link = await noticeFor(UMA);
      await open(page, link);
      await page.getByRole("checkbox", { name: "Yes, this was not me" }).check();
      await page.getByRole("button", { name: "Sign out all my devices" }).click();
      await expect(heading(page, "Done.")).toBeVisible();
      await hydrated(page);
      clean.expectStatus(410);
      await open(page, link);
      await expect(heading(page, "This link was used")).toBeVisible();
    },
  },
  {
    name: "an expired link",
    arrive: async ({ page, open, linkFor, advanceClock, clean }) => {
      const link = await linkFor(UMA);
      await advanceClock(DAY + 1);
      clean.expectStatus(410);
      await open(page, link);
      await expect(heading(page, "This link does not work")).toBeVisible();
    },
  },
  {
    name: "a person, just asked for",
    arrive: as(MAX.email, async ({ page, open, mailServer }) => {
      await mailServer("down");
      await open(page, await pageOf(page, UMA));
      await pressReset(page, UMA);
    }),
  },
  {
    name: "a person, revoked just now",
    arrive: async ({ page, open, hydrated, linkFor, signIn }) => {
      await linkFor(UMA);
      await signIn(page, MAX.email);
      await open(page, await pageOf(page, UMA));
      await waitForBadge(page, "Mail accepted");
      await hydrated(page);
      await page.getByRole("button", { name: "Revoke", exact: true }).click();
      await expect(doneBox(page)).toHaveText("No link for Uma User works any more.");
      await expect(badge(page)).toHaveText("Revoked");
      await hydrated(page);
    },
  },
  {
    name: "a person, invitation sent again",
    arrive: as(MAX.email, async ({ page, open }) => {
      await open(page, await pageOf(page, IVY));
      await page.getByRole("button", { name: "Resend invitation" }).click();
      await expect(doneBox(page)).toHaveText("The invitation for Ivy Invited is on its way.");
    }),
  },
  {
    name: "a person, no mail server",
    arrive: as(MAX.email, async ({ page, open, mailServer, askReset, hydrated }) => {
      await mailServer("down");
      await askReset(UMA);
      await open(page, await pageOf(page, UMA));
      await waitForBadge(page, "Mail delayed");
      await hydrated(page);
    }),
  },
  {
    name: "a person, not sent in time",
    arrive: async ({ page, open, signIn, mailServer, askReset, advanceClock, hydrated }) => {
      await mailServer("down");
      await askReset(UMA);
      await advanceClock(DAY + 1);
      await signIn(page, MAX.email);
      await open(page, await pageOf(page, UMA));
      await waitForBadge(page, "Expired");
      await expect(page.getByText("The mail could not go out in time.").first()).toBeVisible();
      await hydrated(page);
    },
  },
  {
    name: "own account, with another device and a reset",
    arrive: async ({ page, open, server, signIn, askReset }) => {
      await server.signIn(UMA.email);
      await askReset(UMA);
      await signIn(page, UMA.email);
      await open(page, "/account");
      await expect(page.getByRole("button", { name: "Sign out everywhere else" })).toBeVisible();
      await expect(page.getByRole("heading", { name: "Latest" })).toBeVisible();
    },
  },
  {
    name: "are you still there?",
    needsScript: true,
    arrive: async ({ page, open, signIn, advanceClock }) => {
      await page.clock.install();
      await signIn(page, UMA.email);
      await open(page, "/dashboard");
      await advanceClock(28 * MINUTE + 1);
      // Looking once more changes nothing: the server's clock stands.
      await expect(async () => {
        await page.clock.fastForward(10 * MINUTE * 1000);
        await expect(page.getByRole("dialog", { name: "Are you still there?" })).toBeVisible({ timeout: 2_000 });
      }).toPass({ timeout: 20_000 });
    },
  },
  {
    name: "mailbox, empty",
    arrive: async ({ page }) => {
      await page.goto("/dev/mail");
      await expect(page.getByText("No mails yet.")).toBeVisible();
    },
  },
  {
    name: "mailbox",
    isWide: true,
    arrive: async ({ page, askReset, mailsTo }) => {
      await askReset(UMA);
      await mailsTo(UMA.email);
      await page.goto("/dev/mail");
      await expect(page.getByRole("table", { name: "Mails" })).toBeVisible();
    },
  },
  {
    name: "a mail in the mailbox",
    arrive: async ({ page, askReset, mailsTo }) => {
      await askReset(UMA);
      const [mail] = await mailsTo(UMA.email);
      await page.goto(`/dev/mail/${mail?.id}`);
      await expect(page.frameLocator("iframe").getByText("Hello Uma User")).toBeVisible();
    },
  },
];
