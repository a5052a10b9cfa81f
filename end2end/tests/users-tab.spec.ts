// The company's page with its list of people: search, rows, order and pages.
import { readFile } from "node:fs/promises";

import type { Page } from "@playwright/test";

import { COMPANY, DEL, IVY, MAX, PEOPLE, UMA } from "../support/people.ts";
import { expect, test } from "../support/test.ts";
import { heading, people, usersTable } from "../support/ways.ts";

test.use({ demo: "shared" });

/** The button in a column's head. */
const head = (page: Page, name: string) => usersTable(page).getByRole("columnheader", { name, exact: true }).getByRole("button", { name, exact: true });

/** The texts of a column's cells, from the top; the tick before them does not count, and the name is no cell. */
const column = (page: Page, index: number) => people(page).locator(`[role=cell]:nth-of-type(${index + 1})`).allTextContents();

/** Which columns say that they are sorted, and how. */
const sorted = (page: Page) =>
  usersTable(page).locator("[aria-sort]").evaluateAll((heads) => heads.map((head) => `${head.textContent?.trim()} ${head.getAttribute("aria-sort")}`));

test.describe("signed in as a manager", () => {
  test.beforeEach(async ({ page, signIn }) => signIn(page, MAX.email));

  test("the list is a table that says what it is", async ({ page, open }) => {
    await open(page, "/company");
    await expect(heading(page, COMPANY)).toBeVisible();
    await expect(page.getByRole("tablist", { name: "Extra" }).getByRole("tab")).toHaveText([`${COMPANY} users`, "Resets"]);
    await expect(page.getByRole("tab").first()).toHaveAttribute("aria-selected", "true");
    await expect(page.getByRole("tabpanel", { name: `${COMPANY} users` })).toBeVisible();
    await expect(usersTable(page).getByRole("columnheader")).toHaveText([
      "Select", "Name", "Email", "Role", "Status", "Last sign-in", "Last reset",
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
      "Select Agnes Lindqvist", "person01@blueheron.example", "Manager", "Active", "Never", /^Mail accepted \d+ \w{3}/,
    ]);
    await open(page, "/company?q=ivy");
    await expect(people(page).getByRole("cell").nth(3)).toHaveText("Invited");
  });

  test("what was found is taken away", async ({ page, open }) => {
    await open(page, "/company?q=person0&sort=-email");
    const found = await people(page).count();
    const coming = page.waitForEvent("download");
    await page.getByRole("link", { name: "Download CSV" }).click();
    const download = await coming;
    expect(download.suggestedFilename()).toBe("users.csv");
    const lines = (await readFile(await download.path(), "utf8")).trimEnd().split("\r\n");
    expect(lines).toHaveLength(found + 1);
    expect(lines[1]).toContain("person09@blueheron.example");
    await expect(heading(page, COMPANY)).toBeVisible();
  });

  test("deleted people are left out, and a link away", async ({ page, open, hydrated }) => {
    await open(page, "/company?q=Del+Deleted");
    await expect(page.getByText('Nobody matches "Del Deleted".')).toBeVisible();
    await page.getByRole("link", { name: "Look among deleted users" }).click();
    await expect(people(page).getByRole("rowheader")).toHaveText([DEL.name]);
    // Nobody who is deleted gets a link.
    await expect(page.getByRole("checkbox")).toHaveCount(0);
    await expect(page.getByRole("button", { name: "Send reset links to selected" })).toBeHidden();
    await hydrated(page);
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
    await expect(page).toHaveURL(/\/company\?tab=users&after=(?:[0-9a-f-]|%2D){36}&start=26$/);
    await expect(people(page)).toHaveCount(PEOPLE - 25);
    const second = await people(page).getByRole("rowheader").allTextContents();
    expect(new Set([...first, ...second]).size).toBe(PEOPLE);
    await expect(pages.getByRole("link")).toHaveText(["Previous page"]);
    await pages.getByRole("link", { name: "Previous page" }).click();
    await expect(page).toHaveURL(/\/company\?tab=users&before=(?:[0-9a-f-]|%2D){36}&start=1$/);
    await expect(people(page).getByRole("rowheader")).toHaveText(first);
    await expect(page.getByText(`1–25 of ${PEOPLE}`)).toBeVisible();

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

  test("every column sorts, and a second press turns the order round", async ({ page, open, hydrated }) => {
    await open(page, "/company?size=100");
    expect(await sorted(page)).toEqual(["Name ascending"]);
    const names = await people(page).getByRole("rowheader").allTextContents();
    await head(page, "Name").click();
    await expect(page).toHaveURL(/[?&]sort=-name(&|$)/);
    await expect(people(page).getByRole("rowheader")).toHaveText(names.toReversed());
    expect(await sorted(page)).toEqual(["Name descending"]);
    await hydrated(page);

    // Columns of times begin with the newest.
    for (const [words, first, second] of [
      ["Email", "email", "-email"],
      ["Role", "role", "-role"],
      ["Status", "status", "-status"],
      ["Last sign-in", "-last-sign-in", "last-sign-in"],
      ["Last reset", "-last-reset", "last-reset"],
    ] as const) {
      const way = (sort: string): string => (sort.startsWith("-") ? "descending" : "ascending");
      await head(page, words).click();
      await expect(page).toHaveURL(new RegExp(`[?&]sort=${first}(&|$)`));
      await expect(people(page)).toHaveCount(PEOPLE);
      expect(await sorted(page)).toEqual([`${words} ${way(first)}`]);
      await expect(page.getByLabel("Rows a page"), "the rest stays").toHaveValue("100");
      await hydrated(page);
      const up = await people(page).getByRole("rowheader").allTextContents();
      await head(page, words).click();
      await expect(page).toHaveURL(new RegExp(`[?&]sort=${second}(&|$)`));
      expect(await sorted(page)).toEqual([`${words} ${way(second)}`]);
      expect(new Set(await people(page).getByRole("rowheader").allTextContents())).toEqual(new Set(up));
      await hydrated(page);
    }
  });

  test("the order is the one that the column shows", async ({ page, open }) => {
    await open(page, "/company?size=100&sort=email");
    const addresses = await column(page, 1);
    expect(addresses).toEqual(addresses.toSorted());
    await open(page, "/company?size=100&sort=-email");
    expect(await column(page, 1)).toEqual(addresses.toReversed());

    const ranks = ["Administrator", "Manager", "User", "Read-only"];
    await open(page, "/company?size=100&sort=role");
    const roles = (await column(page, 2)).map((role) => ranks.indexOf(role));
    expect(roles).not.toContain(-1);
    expect(roles).toEqual(roles.toSorted());

    await open(page, "/company?size=100&sort=status");
    const statuses = await column(page, 3);
    expect(statuses).toEqual(statuses.toSorted());
    expect(new Set(statuses)).toEqual(new Set(["Active", "Invited"]));

    // Max has just signed in.
    await open(page, "/company?sort=-last-sign-in");
    await expect(people(page).first().getByRole("rowheader")).toHaveText(MAX.name);
    await open(page, "/company?sort=last-sign-in");
    expect((await column(page, 4))[0]).toBe("Never");
    await open(page, "/company?sort=last-reset");
    expect((await column(page, 5))[0]).toBe("Never");
    await open(page, "/company?sort=-last-reset");
    expect((await column(page, 5))[0]).not.toBe("Never");
  });

  for (const sort of ["name", "-name", "role", "-status", "last-sign-in", "-last-reset"]) {
    test(`paging by ${sort} shows everybody once, and leads back`, async ({ page, open, hydrated }) => {
      await open(page, `/company?sort=${sort}`);
      const rows = people(page).getByRole("rowheader");
      const first = await rows.allTextContents();
      await page.getByRole("link", { name: "Next page" }).click();
      await expect(page.getByText(`26–${PEOPLE} of ${PEOPLE}`)).toBeVisible();
      const second = await rows.allTextContents();
      expect(new Set([...first, ...second]).size).toBe(PEOPLE);
      await page.getByRole("link", { name: "Previous page" }).click();
      await expect(page.getByText(`1–25 of ${PEOPLE}`)).toBeVisible();
      await expect(rows).toHaveText(first);
      await hydrated(page);
    });
  }

  test("filters by role and status", async ({ page, open, hydrated }) => {
    await open(page, "/company");
    await expect(page.getByLabel("Role").getByRole("option")).toHaveText(["Any role", "Administrator", "Manager", "User", "Read-only"]);
    await expect(page.getByLabel("Status").getByRole("option")).toHaveText(["Everyone", "Active", "Invited", "Deleted"]);
    await expect(page.getByRole("link", { name: "Clear filters" })).toHaveCount(0);

    await page.getByLabel("Role").selectOption("Manager");
    await page.getByRole("button", { name: "Apply filters" }).click();
    await expect(page.getByRole("link", { name: "Clear filters" })).toBeVisible();
    await expect(page.getByLabel("Role").locator("option:checked")).toHaveText("Manager");
    expect(new Set(await column(page, 2))).toEqual(new Set(["Manager"]));
    await expect(people(page).filter({ hasText: MAX.email })).toHaveCount(1);
    await hydrated(page);

    await page.getByLabel("Status").selectOption("Invited");
    await page.getByRole("button", { name: "Apply filters" }).click();
    await expect(page.getByText("Nobody matches these filters.")).toBeVisible();
    await expect(page.getByText("0 people")).toBeVisible();
    await hydrated(page);

    await page.getByLabel("Role").selectOption("Any role");
    await page.getByRole("button", { name: "Apply filters" }).click();
    await expect(people(page).filter({ hasText: IVY.email })).toHaveCount(1);
    expect(new Set(await column(page, 3))).toEqual(new Set(["Invited"]));
    await hydrated(page);

    await page.getByRole("link", { name: "Clear filters" }).click();
    await expect(people(page)).toHaveCount(25);
    await expect(page.getByLabel("Status").locator("option:checked")).toHaveText("Everyone");
    await expect(page.getByLabel("Role").locator("option:checked")).toHaveText("Any role");
  });

  test("deleted people show when they are asked for", async ({ page, open }) => {
    await open(page, "/company");
    await page.getByLabel("Status").selectOption("Deleted");
    await page.getByRole("button", { name: "Apply filters" }).click();
    await expect(page.getByText("1 person")).toBeVisible();
    await expect(people(page).getByRole("rowheader")).toHaveText(["Del Deleted"]);
    // Without ticks there is a column less.
    expect(await column(page, 2)).toEqual(["Deleted"]);
  });

  test("sorting keeps search and filters, and these keep the order", async ({ page, open, hydrated }) => {
    await open(page, "/company?q=person&role=user&size=50");
    const found = await people(page).count();
    await head(page, "Email").click();
    await expect(page).toHaveURL(/[?&]sort=email(&|$)/);
    await expect(people(page)).toHaveCount(found);
    await expect(page.getByLabel("Search people")).toHaveValue("person");
    await expect(page.getByLabel("Role").locator("option:checked")).toHaveText("User");
    await hydrated(page);

    for (const press of ["button", "Enter"]) {
      await page.getByLabel("Search people").fill("person1");
      if (press === "Enter") await page.getByLabel("Search people").press("Enter");
      else await page.getByRole("button", { name: "Apply filters" }).click();
      await expect(page).toHaveURL(/[?&]q=person1(&|$)/);
      await expect(people(page).first(), press).toBeVisible();
      expect(await sorted(page), press).toEqual(["Email ascending"]);
      await hydrated(page);
      await page.getByLabel("Search people").fill("");
      await page.getByRole("button", { name: "Apply filters" }).click();
      await expect(page).toHaveURL(/[?&]q=(&|$)/);
      await hydrated(page);
    }
  });

  test("the heads sort at 320 pixels too, and show their focus", async ({ page, open }) => {
    await page.setViewportSize({ width: 320, height: 640 });
    await open(page, "/company");
    await head(page, "Email").focus();
    await expect(head(page, "Email")).toBeInViewport();
    const box = await head(page, "Email").boundingBox();
    expect(Math.min(box?.width ?? 0, box?.height ?? 0)).toBeGreaterThanOrEqual(24);
    await page.keyboard.press("Enter");
    await expect(page).toHaveURL(/[?&]sort=email(&|$)/);
  });

  test("the search stays while paging", async ({ page, open }) => {
    await open(page, "/company?q=person&size=25");
    await page.getByRole("link", { name: "Next page" }).click();
    await expect(page.getByText("26–40 of 40")).toBeVisible();
    await expect(page.getByLabel("Search people")).toHaveValue("person");
  });

  test("addresses with nonsense in them show the list all the same", async ({ page, open }) => {
    for (const query of [
      "size=7", "page=2", "size=", "tab=nothing", "q=%00", "q=%FF", "sort=", "sort=--name", "sort=password", "role=king", "status=dead",
      "after=x&start=y", "before=x", "after=0199b0a5-0000-7000-8000-000000000000&start=26", "start=99999999999999999999", "start=-3",
    ]) {
      await open(page, `/company?${query}`);
      await expect(heading(page, COMPANY), query).toBeVisible();
      await expect(page.getByRole("tabpanel"), query).toBeVisible();
    }
  });

  test("a further page is a document: the keyboard begins at the skip link, and Back leads to the page before @live", async ({ page, open, hydrated }) => {
    await open(page, "/company");
    await page.getByRole("link", { name: "Next page" }).press("Enter");
    await expect(page.getByText(`26–${PEOPLE} of ${PEOPLE}`)).toBeVisible();
    await hydrated(page);
    await page.keyboard.press("Tab");
    await expect(page.getByRole("link", { name: "Skip to main content" })).toBeFocused();
    await page.goBack();
    await expect(page.getByText(`1–25 of ${PEOPLE}`)).toBeVisible();
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
});

test("who may not reset anybody sees no deleted people and no resets, and can't order by them", async ({ page, open, signIn }) => {
  await signIn(page, UMA.email);
  await open(page, "/company");
  await expect(page.getByLabel("Status").getByRole("option")).toHaveText(["Everyone", "Active", "Invited"]);
  await expect(usersTable(page).getByRole("columnheader")).toHaveText(["Name", "Email", "Role", "Status", "Last sign-in"]);
  await open(page, "/company?status=deleted");
  await expect(page.getByText("Del Deleted")).toHaveCount(0);
  const orders: string[][] = [];
  for (const sort of ["last-reset", "-last-reset"]) {
    await open(page, `/company?size=100&sort=${sort}`);
    await expect(people(page)).toHaveCount(PEOPLE);
    orders.push(await people(page).getByRole("rowheader").allTextContents());
  }
  await open(page, "/company?size=100");
  const byName = await people(page).getByRole("rowheader").allTextContents();
  for (const order of orders) expect([byName, byName.toReversed()], "no order tells who got a reset").toContainEqual(order);
});
