// Script and WASM travel once each, and early. A preload without a nonce is dropped without a word, so it is measured.
import { MAX } from "../support/people.ts";
import { expect, test } from "../support/test.ts";

test.use({ demo: "shared" });

for (const path of ["/login", "/company"]) {
  test(`${path} loads its script and WASM exactly once, by preload @live`, async ({ page, open, signIn, server }) => {
    if (path !== "/login") await signIn(page, MAX.email);
    const warnings: string[] = [];
    page.on("console", (message) => warnings.push(message.text()));
    const requested = new Map<string, number>();
    page.on("request", (request) => requested.set(request.url(), (requested.get(request.url()) ?? 0) + 1));
    await open(page, path);

    const loaded = await page.evaluate(() =>
      performance.getEntriesByType("resource").map((entry) => {
        const { name, initiatorType, transferSize, encodedBodySize, decodedBodySize } = entry as PerformanceResourceTiming;
        return { name, initiatorType, transferSize, encodedBodySize, decodedBodySize };
      }),
    );
    for (const ending of [".js", ".wasm", ".css"]) {
      const files = loaded.filter(({ name }) => name.startsWith(`${server.url}/pkg/`) && name.endsWith(ending));
      expect(files.map(({ name }) => name), ending).toHaveLength(1);
      const [file] = files;
      expect(requested.get(file?.name ?? ""), file?.name).toBe(1);
      expect(file?.transferSize, file?.name).toBeGreaterThan(0);
      expect(["link", "other"], file?.name).toContain(file?.initiatorType);
      expect(file?.encodedBodySize, `${file?.name} travels compressed`).toBeLessThan(file?.decodedBodySize ?? 0);
    }
    // Chromium tells of a preload that was not used some seconds after the load.
    await page.waitForTimeout(4_000);
    expect(warnings).toEqual([]);
  });
}

test("the second page takes them from the browser's cache @live", async ({ page, open, hydrated, signIn }) => {
  await signIn(page, MAX.email);
  await open(page, "/dashboard");
  await page.getByRole("link", { name: "Company", exact: true }).click();
  await expect(page.getByRole("table")).toBeVisible();
  await hydrated(page);
  const travelled = await page.evaluate(() =>
    (performance.getEntriesByType("resource") as PerformanceResourceTiming[])
      .filter(({ name, transferSize }) => name.includes("/pkg/") && transferSize > 0)
      .map(({ name }) => name),
  );
  expect(travelled).toEqual([]);
});

test("f22 the live parts carry no path of the machine that built them @live", async ({ page, open }) => {
  await open(page, "/login");
  const address = await page.evaluate(() =>
    performance.getEntriesByType("resource").map(({ name }) => name).find((name) => name.endsWith(".wasm")));
  const wasm = (await (await page.request.get(address ?? "no WASM")).body()).toString("latin1");
  const home = process.env.HOME ?? "/root";
  for (const path of [home, "/.cargo/", "/home/", "/Users/"]) expect(wasm.includes(path), path).toBe(false);
});
