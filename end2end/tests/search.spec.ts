// Lists narrow as one types: without a reload, with the focus where it was, and with the same address as by the button.
import { MAX, UMA } from "../support/people.ts";
import { expect, test } from "../support/test.ts";
import { people, resetOf } from "../support/ways.ts";

test.use({ demo: "shared" });

test("people are found as one types, and stay chosen @live", async ({ page, open, signIn, hydrated }) => {
  await signIn(page, MAX.email);
  await open(page, "/company?tab=users&sort=-email");
  await page.evaluate(() => Object.assign(window, { sameDocument: true }));
  const field = page.getByLabel("Search people");
  await field.pressSequentially("uma@");
  await expect(people(page)).toHaveCount(1);
  await expect(people(page).getByRole("rowheader")).toHaveText(UMA.name);
  await expect(page.getByRole("status")).toHaveText("1 person");
  await expect(page).toHaveURL("/company?tab=users&q=uma%40&size=25&sort=-email");
  await expect(field).toBeFocused();
  await page.getByLabel(`Select ${UMA.name}`).check();
  await expect(page.getByRole("status")).toHaveText("1 person selected");

  // Others are listed, she stays chosen; the filters narrow at once, too.
  await field.fill("");
  await expect(people(page)).toHaveCount(25);
  await page.getByLabel("Role", { exact: true }).selectOption("manager");
  await expect(page.getByRole("link", { name: "Clear filters" })).toBeVisible();
  await expect(people(page).getByRole("cell").filter({ hasText: /^User$/ })).toHaveCount(0);
  await expect(page.locator(".selection")).toContainText("1 person selected");
  expect(await page.evaluate(() => "sameDocument" in window)).toBe(true);

  // The same by its address, and everybody who is chosen gets a link.
  await page.reload();
  await hydrated(page);
  await expect(page.getByLabel("Role", { exact: true })).toHaveValue("manager");
  await page.getByRole("button", { name: "Send reset links to selected" }).click();
  await expect(page.getByRole("rowheader", { name: UMA.name, exact: true })).toBeVisible();
});

test("nobody found is said, and the next letters find again @live", async ({ page, open, signIn }) => {
  await signIn(page, MAX.email);
  await open(page, "/company");
  const field = page.getByLabel("Search people");
  await field.fill("xyz");
  await expect(page.getByText('Nobody matches "xyz".')).toBeVisible();
  await expect(page.getByRole("status")).toHaveText("Nobody matches these filters.");
  await expect(page.getByRole("button", { name: "Send reset links to selected" })).toHaveCount(0);
  await field.fill("rob");
  await expect(people(page).first()).toBeVisible();
  await expect(page.getByRole("button", { name: "Send reset links to selected" })).toBeVisible();
});

test("resets are found as one types, and go on following @live", async ({ page, open, signIn }) => {
  await signIn(page, MAX.email);
  await open(page, "/company?tab=resets");
  const field = page.getByLabel("Search resets");
  await field.pressSequentially("amara");
  const amara = resetOf(page, { name: "Amara Okafor", email: "person03@blueheron.example" });
  await expect(amara).toBeVisible();
  await expect(page.getByRole("status")).toHaveText("1 reset");
  await expect(page).toHaveURL("/company?tab=resets&q=amara");
  await expect(field).toBeFocused();
  await page.getByLabel("State").selectOption("Mail accepted");
  await expect(page.getByText("No reset matches.")).toBeVisible();
});
