// Pages of trouble, sessions that ended, and where the focus goes between pages.
import { MAX, UMA } from "../support/people.ts";
import { expect, test } from "../support/test.ts";
import { badge, heading, pageOf, pressReset, submitSignIn } from "../support/ways.ts";

test("an unknown address is a real 404 that leads on", async ({ page, open, signIn, clean, hydrated }) => {
  clean.expectStatus(404);
  await open(page, "/nowhere/at/all?x=1");
  await expect(heading(page, "Page not found")).toBeVisible();
  await expect(page).toHaveTitle("Page not found – Rekey");
  await expect(page.getByText("Check the address. Or the person is not in your company.")).toBeVisible();
  await expect(page.getByRole("main").getByRole("link")).toHaveText(["Go to the dashboard"]);
  await page.getByRole("link", { name: "Go to the dashboard" }).click();
  await expect(page).toHaveURL(/\/login\?next=%2Fdashboard$/);
  await expect(heading(page, "Sign in")).toBeVisible();
  await hydrated(page);

  await signIn(page, MAX.email);
  await open(page, "/nowhere");
  await expect(heading(page, "Page not found")).toBeVisible();
  await page.getByRole("link", { name: "Go to the dashboard" }).click();
  await expect(heading(page, "Dashboard")).toBeVisible();
});

test("whoever is not signed in is led to the sign-in page and back", async ({ page, open, hydrated }) => {
  await open(page, "/company?q=uma");
  await expect(page).toHaveURL(/\/login\?next=/);
  await submitSignIn(page, MAX.email);
  await expect(page).toHaveURL("/company?q=uma");
  await expect(page.getByLabel("Search people")).toHaveValue("uma");
  await hydrated(page);
});

test("a session that ended leads to the sign-in page and back to the person", async ({ page, open, hydrated, signIn, clean, isLive, advanceClock }) => {
  await signIn(page, MAX.email);
  const path = await pageOf(page, UMA);
  await open(page, path);
  await advanceClock(31 * 60);
  if (isLive) clean.expectStatus(401);
  await page.getByRole("button", { name: "Reset password" }).click();
  await expect(heading(page, "Sign in")).toBeVisible();
  await hydrated(page);
  await submitSignIn(page, MAX.email);
  await expect(page).toHaveURL(path);
  await expect(page.getByText("No resets yet.")).toBeVisible();
  await hydrated(page);
  await pressReset(page, UMA);
  await expect(badge(page)).toBeVisible();
});

test("pages are documents: title, place in the navigation, and the way back", async ({ page, open, hydrated, signIn }) => {
  await signIn(page, MAX.email);
  await open(page, "/dashboard");
  await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Company" }).click();
  await expect(heading(page, "Blue Heron Logistics")).toBeVisible();
  await expect(page).toHaveTitle("Users – Blue Heron Logistics – Rekey");
  await expect(page.getByRole("link", { name: "Company", exact: true })).toHaveAttribute("aria-current", "page");
  await hydrated(page);
  await page.getByRole("link", { name: "Ada Admin" }).click();
  await expect(heading(page, "Ada Admin")).toBeVisible();
  await hydrated(page);
  await page.goBack();
  await expect(heading(page, "Blue Heron Logistics")).toBeVisible();
  await hydrated(page);
});

test("the skip link leads into the page", async ({ page, open, signIn }) => {
  await signIn(page, MAX.email);
  await open(page, "/company");
  const skip = page.getByRole("link", { name: "Skip to main content" });
  await page.keyboard.press("Tab");
  await expect(skip).toBeFocused();
  await expect(skip).toBeInViewport();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("main")).toBeFocused();
});

test("one page fades into the next, but not for whoever asks for reduced motion @live", async ({ page, open, signIn }) => {
  await signIn(page, MAX.email);
  await page.addInitScript(() => {
    addEventListener("pagereveal", (event) => {
      const revealed = event as Event & { viewTransition: unknown };
      document.documentElement.dataset.faded = String(revealed.viewTransition !== null);
    });
  });
  for (const [reducedMotion, fades] of [["no-preference", "true"], ["reduce", "false"]] as const) {
    await page.emulateMedia({ reducedMotion });
    await open(page, "/dashboard");
    await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Settings" }).click();
    await expect(heading(page, "Settings")).toBeVisible();
    await expect(page.locator("html")).toHaveAttribute("data-faded", fades);
  }
});
