// axe finds nothing on any page, in light and in dark, hydrated (the plain page is the same one before).
import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "@playwright/test";

import { ADA, IVY, MAX, UMA } from "../support/people.ts";
import { expect, test } from "../support/test.ts";
import { doneBox, errorSummary, heading, pageOf } from "../support/ways.ts";

// Tags and single rules cancel each other in axe's builder methods, so both stand in its options; target-size is off by
// default although it is in WCAG 2.2 AA.
const OPTIONS = {
  runOnly: { type: "tag" as const, values: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa"] },
  rules: { "target-size": { enabled: true } },
};

async function expectNoViolations(page: Page, where: string) {
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    const { violations, passes } = await new AxeBuilder({ page }).options(OPTIONS).analyze();
    const found = violations.map(({ id, nodes }) => ({ id, nodes: nodes.map((node) => `${node.html}: ${node.failureSummary}`) }));
    expect(found, `${where}, ${colorScheme}`).toEqual([]);
    expect(passes.length, "axe looked at something").toBeGreaterThan(5);
  }
}

test.describe("of strangers @live", () => {
  test("sign in", async ({ page, open, clean }) => {
    await open(page, "/login");
    await expectNoViolations(page, "/login");
    clean.expectStatus(422);
    await page.getByRole("button", { name: "Sign in" }).click();
    await expect(errorSummary(page)).toBeVisible();
    await expectNoViolations(page, "/login refused");
    await open(page, "/login?done=signed-out");
    await expect(doneBox(page)).toBeVisible();
    await expectNoViolations(page, "/login?done=signed-out");
  });

  test("forgot your password", async ({ page, open }) => {
    await open(page, "/reset-password");
    await expectNoViolations(page, "/reset-password");
    await page.getByLabel("Email").fill(UMA.email);
    await page.getByRole("button", { name: "Send link" }).click();
    await expect(heading(page, "Check your email")).toBeVisible();
    await expectNoViolations(page, "/reset-password?sent=1");
  });

  test("a link's page", async ({ page, open, linkFor, clean }) => {
    await open(page, await linkFor(UMA));
    await expectNoViolations(page, "a living link");
    clean.expectStatus(410, 422);
    await page.getByRole("button", { name: "Set new password" }).click();
    await expect(errorSummary(page)).toBeVisible();
    await expectNoViolations(page, "a living link, refused");
    await open(page, "/reset-password/open");
    await expectNoViolations(page, "open");
    await open(page, "/reset-password/nothing");
    await expectNoViolations(page, "a dead link");
  });

  test("page not found", async ({ page, open, clean }) => {
    clean.expectStatus(404);
    await open(page, "/nowhere");
    await expectNoViolations(page, "404");
  });
});

test.describe("of a manager @live", () => {
  test.use({ demo: "shared" });
  test.beforeEach(async ({ page, signIn }) => signIn(page, MAX.email));

  test("dashboard and sign out", async ({ page, open }) => {
    for (const path of ["/dashboard", "/logout"]) {
      await open(page, path);
      await expectNoViolations(page, path);
    }
  });

  test("company", async ({ page, open }) => {
    for (const path of ["/company", "/company?sort=-last-reset", "/company?sort=email&role=manager&status=active", "/company?q=nobody-at-all"]) {
      await open(page, path);
      await expectNoViolations(page, path);
    }
    await open(page, "/company");
    await page.getByRole("link", { name: "Next page" }).click();
    await expect(page.getByRole("link", { name: "Previous page" })).toBeVisible();
    await expectNoViolations(page, "the second page");
    await page.setViewportSize({ width: 320, height: 640 });
    await open(page, "/company?sort=-role");
    await expectNoViolations(page, "/company as cards");
  });

  test("settings and own account", async ({ page, open }) => {
    for (const path of ["/settings", "/account", "/account?done=saved", "/account/password"]) {
      await open(page, path);
      await expectNoViolations(page, path);
    }
    await page.setViewportSize({ width: 320, height: 640 });
    await open(page, "/account");
    await expectNoViolations(page, "/account as cards");
  });

  test("people", async ({ page, open }) => {
    for (const person of [UMA, IVY, MAX, ADA, { name: "Agnes Lindqvist", email: "person01@blueheron.example" }, { name: "Amara Okafor", email: "person03@blueheron.example" }]) {
      await open(page, await pageOf(page, person));
      await expect(heading(page, person.name)).toBeVisible();
      await expectNoViolations(page, person.name);
    }
  });
});

test("own account with another device, a reset and a refusal @live", async ({ page, open, signIn, anotherBrowser, clean, askReset }) => {
  await signIn(await anotherBrowser(), UMA.email);
  await askReset(UMA);
  await signIn(page, UMA.email);
  await open(page, "/account");
  await expect(page.getByRole("button", { name: "Sign out everywhere else" })).toBeVisible();
  await expectNoViolations(page, "/account");
  clean.expectStatus(422);
  await page.getByLabel("Name").fill("");
  await page.getByRole("button", { name: "Save details" }).click();
  await expect(errorSummary(page)).toBeVisible();
  await expectNoViolations(page, "/account refused");
  await open(page, "/account/password");
  await page.getByRole("button", { name: "Change password" }).click();
  await expect(errorSummary(page)).toBeVisible();
  await expectNoViolations(page, "/account/password refused");
});

test("a link for somebody else, and the end of a session @live", async ({ page, open, linkFor, signIn }) => {
  const link = await linkFor(UMA);
  await open(page, "/login?done=idle");
  await expect(doneBox(page)).toBeVisible();
  await expectNoViolations(page, "/login?done=idle");
  await signIn(page, MAX.email);
  await open(page, link);
  await expect(heading(page, `This link is for ${UMA.email}`)).toBeVisible();
  await expectNoViolations(page, "a link for somebody else");
});

test("of a user: dashboard and a person @live", async ({ page, open, signIn }) => {
  await signIn(page, UMA.email);
  await open(page, "/dashboard");
  await expectNoViolations(page, "/dashboard");
  await open(page, await pageOf(page, MAX));
  await expectNoViolations(page, "a person");
});

test("after a press: result box and badge @live", async ({ page, open, signIn }) => {
  await signIn(page, MAX.email);
  await open(page, await pageOf(page, UMA));
  await page.getByRole("button", { name: "Reset password" }).click();
  await expect(doneBox(page)).toBeVisible();
  await expectNoViolations(page, "after Reset password");
});

test("the HTML part of the mails @live", async ({ page, askReset, mailsTo }) => {
  await askReset(UMA);
  const [mail] = await mailsTo(UMA.email);
  await page.setContent(mail?.html ?? "");
  await expectNoViolations(page, "mail");
});
