// The company's page with its list of people: search, rows, pages, and that it fits.
import { COMPANY, MAX, PEOPLE, UMA } from "../support/people.ts";
import { expect, test } from "../support/test.ts";
import { heading, pageOf, people, sideScroll, usersTable } from "../support/ways.ts";

test.use({ demo: "shared" });

test.describe("signed in as a manager", () => {
  test.beforeEach(async ({ page, signIn }) => signIn(page, MAX.email));

  test("the list is a table that says what it is", async ({ page, open }) => {
    await open(page, "/company");
    await expect(heading(page, COMPANY)).toBeVisible();
    await expect(page.getByRole("tablist", { name: "Extra" }).getByRole("tab")).toHaveText([`${COMPANY} users`]);
    await expect(page.getByRole("tab")).toHaveAttribute("aria-selected", "true");
    await expect(page.getByRole("tabpanel", { name: `${COMPANY} users` })).toBeVisible();
    await expect(usersTable(page).getByRole("columnheader")).toHaveText([
      "Name", "Email", "Role", "Status", "Last sign-in", "Last reset",
    ]);
    await expect(people(page)).toHaveCount(25);
    await expect(page.getByText(`${PEOPLE} people`)).toBeVisible();
    await expect(page.getByText("Times are in Europe/Berlin")).toBeVisible();
    await expect(page.getByText(`1–25 of ${PEOPLE}`)).toBeVisible();
  });

  test("each row tells name, address, role, status and the last reset", async ({ page, open }) => {
    await open(page, "/company?q=person0");
    const agnes = people(page).filter({ hasText: "Agnes Lindqvist" });
    await expect(agnes.getByRole("rowheader")).toHaveText("Agnes Lindqvist");
    await expect(agnes.getByRole("cell")).toHaveText([
      "person01@blueheron.example", "Manager", "Active", "Never", /^Mail accepted \d+ \w{3}/,
    ]);
    await open(page, "/company?q=ivy");
    await expect(people(page).getByRole("cell").nth(2)).toHaveText("Invited");
  });

  test("deleted people are left out", async ({ page, open }) => {
    await open(page, "/company?q=Del+Deleted");
    await expect(page.getByText('Nobody matches "Del Deleted".')).toBeVisible();
    await expect(page.getByRole("link", { name: "Clear filters" }), "one way back, said once").toHaveCount(1);
    await page.getByRole("link", { name: "Clear filters" }).click();
    await expect(people(page)).toHaveCount(25);
  });

  for (const [typed, found] of [
    ["100%", ["Milo 100% Kern"]],
    ["%", ["Milo 100% Kern"]],
    ["_", ["Oskar Under_Score"]],
    ["\\", []],
    ["'", ["Liam O'Brien"]],
    ["zając", ["Łukasz Zając"]],
    ["LEFEVRE", ["Hugo Lefèvre"]],
    ["uma@blueheron", ["Uma User"]],
  ] as const) {
    test(`searching for ${typed} finds ${found.join() || "nobody"}`, async ({ page, open, hydrated }) => {
      await open(page, "/company");
      await page.getByLabel("Search people").fill(typed);
      await page.getByRole("button", { name: "Apply filters" }).click();
      await expect(page.getByText(found.length === 1 ? "1 person" : "0 people")).toBeVisible();
      await expect(people(page).getByRole("rowheader")).toHaveText([...found]);
      await expect(page.getByLabel("Search people")).toHaveValue(typed);
      await hydrated(page);
    });
  }

  test("searching from the dashboard leads to the list", async ({ page, open, hydrated }) => {
    await open(page, "/dashboard");
    await page.getByLabel("Find a person").fill("uma");
    await page.getByRole("button", { name: "Search" }).click();
    await expect(people(page).getByRole("rowheader")).toHaveText([UMA.name]);
    await hydrated(page);
  });

  test("25, 50 or 100 rows, and pages", async ({ page, open, hydrated }) => {
    await open(page, "/company");
    const pages = page.getByRole("navigation", { name: "Pages" });
    await expect(page.getByLabel("Rows a page").getByRole("option")).toHaveText(["25", "50", "100"]);
    await expect(pages.getByRole("link")).toHaveText(["Next page"]);
    const first = await people(page).getByRole("rowheader").allTextContents();

    await pages.getByRole("link", { name: "Next page" }).click();
    await expect(page.getByText(`26–${PEOPLE} of ${PEOPLE}`)).toBeVisible();
    await expect(people(page)).toHaveCount(PEOPLE - 25);
    const second = await people(page).getByRole("rowheader").allTextContents();
    expect(new Set([...first, ...second]).size).toBe(PEOPLE);
    await expect(pages.getByRole("link")).toHaveText(["Previous page"]);
    await pages.getByRole("link", { name: "Previous page" }).click();
    await expect(people(page).getByRole("rowheader")).toHaveText(first);

    for (const size of ["50", "100"]) {
      await page.getByLabel("Rows a page").selectOption(size);
      await page.getByRole("button", { name: "Apply filters" }).click();
      await expect(people(page)).toHaveCount(PEOPLE);
      await expect(page.getByLabel("Rows a page")).toHaveValue(size);
      await expect(page.getByText(`1–${PEOPLE} of ${PEOPLE}`)).toBeVisible();
      await expect(pages.getByRole("link")).toHaveCount(0);
      await hydrated(page);
    }
  });

  test("the search stays while paging", async ({ page, open }) => {
    await open(page, "/company?q=person&size=25");
    await page.getByRole("link", { name: "Next page" }).click();
    await expect(page.getByText("26–40 of 40")).toBeVisible();
    await expect(page.getByLabel("Search people")).toHaveValue("person");
  });

  test("addresses with nonsense in them show the list all the same", async ({ page, open }) => {
    for (const query of ["size=7", "page=0", "page=-3", "page=99999999999", "page=x&size=", "tab=nothing", "q=%00", "q=%FF"]) {
      await open(page, `/company?${query}`);
      await expect(heading(page, COMPANY), query).toBeVisible();
      await expect(page.getByRole("tabpanel"), query).toBeVisible();
    }
  });

  test("the keyboard's place is not lost while paging @live", async ({ page, open }) => {
    await open(page, "/company");
    await page.getByRole("link", { name: "Next page" }).press("Enter");
    await expect(page.getByText(`26–${PEOPLE} of ${PEOPLE}`)).toBeVisible();
    await expect(page.locator("body")).not.toBeFocused();
  });

  test("the first person shows without scrolling", async ({ page, open }) => {
    await page.setViewportSize({ width: 1280, height: 720 });
    await open(page, "/company");
    const box = await people(page).first().boundingBox();
    expect(box).not.toBeNull();
    expect((box?.y ?? Infinity) + (box?.height ?? 0)).toBeLessThanOrEqual(720);
  });

  test("20 tabs at most from the skip link to the first person @live", async ({ page, open }) => {
    await open(page, "/company");
    await page.keyboard.press("Tab");
    await expect(page.getByRole("link", { name: "Skip to main content" })).toBeFocused();
    await page.keyboard.press("Enter");
    await expect(page.getByRole("main")).toBeFocused();
    const first = people(page).first().getByRole("link");
    let tabs = 0;
    while (!(await first.evaluate((link) => link === document.activeElement))) {
      expect(++tabs).toBeLessThanOrEqual(20);
      await page.keyboard.press("Tab");
    }
  });

  for (const width of [320, 640]) {
    test(`nothing scrolls sideways at ${width} pixels`, async ({ page, open }) => {
      await page.setViewportSize({ width, height: 640 });
      const person = await pageOf(page, UMA);
      for (const path of ["/dashboard", "/company", "/company?q=nobody-at-all", person, "/logout"]) {
        await open(page, path);
        expect(await sideScroll(page), path).toBe(0);
      }
    });
  }
});

test("nothing scrolls sideways on the pages of strangers", async ({ page, open, clean, linkFor }) => {
  const link = await linkFor(UMA);
  clean.expectStatus(404, 410);
  await page.setViewportSize({ width: 320, height: 640 });
  for (const path of ["/login", "/reset-password", "/reset-password?sent=1", link, "/reset-password/open", "/reset-password/x", "/nowhere"]) {
    await open(page, path);
    expect(await sideScroll(page), path).toBe(0);
  }
});
