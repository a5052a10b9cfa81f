// What another suite relies on: README.md tells it, `example` shows it, and here both are run. Imports from the public
// entrance only.
import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { promisify } from "node:util";

import { MAX, PASSWORD, ROB, UMA, attachDemo, expect, linkIn, openDemo, originsIn, startDemo, test } from "rekey-end2end";

const FOLDER = new URL("../", import.meta.url);

const read = (path: string) => readFile(new URL(path, FOLDER), "utf8");

/** Runs the example as its author would. Fails, with all that it said, if a test of it fails. */
async function runExample(environment: Record<string, string>): Promise<string> {
  const command = ["node_modules/@playwright/test/cli.js", "test", "--config", "example", "--reporter", "line"];
  const env = { ...process.env, ...environment };
  return (await promisify(execFile)(process.execPath, command, { cwd: FOLDER, env })).stdout;
}

test.describe("the example @live", () => {
  test("passes on a demo of its own", async () => {
    expect(await runExample({})).toContain("1 passed");
  });

  test("passes on a demo that runs already, and again", async ({ server }) => {
    for (const run of [1, 2]) {
      expect(await runExample({ REKEY_URL: server.url, REKEY_BIN: "" }), `run ${run}`).toContain("1 passed");
    }
    expect(await server.mailsTo(UMA.email, 4), "two links and two notices came here").toHaveLength(4);
  });

  test("is the one that the README shows", async () => {
    const readme = await read("README.md");
    for (const file of ["playwright.config.ts", "reset.spec.ts"]) {
      const code = (await read(`example/${file}`)).replace(/^(\/\/.*\n)+/, "").trim();
      expect(readme, file).toContain(`\`\`\`ts\n${code}\n\`\`\``);
    }
  });
});

test("the README names everything that is exported @live", async () => {
  const readme = (await read("README.md")).replaceAll(/^```.*?^```$/gms, "");
  const entrance = (await import("rekey-end2end")) as Record<string, unknown>;
  const named = new Set(Array.from(readme.matchAll(/`([A-Za-z_]+)[^`]*`/g), ([, word]) => word));
  for (const name of Object.keys(entrance)) expect(named, name).toContain(name);
});

test("without Playwright: nothing of the plain entrance leads to it @live", async () => {
  const seen = new Set<string>();
  const look = async (path: string) => {
    if (seen.has(path)) return;
    seen.add(path);
    // Types are stripped before the program runs.
    const code = (await read(`support/${path}`)).replaceAll(/^import type .*$/gm, "");
    for (const [, from = ""] of code.matchAll(/\bfrom "([^"]+)"/g)) {
      if (from.startsWith("./")) await look(from.slice(2));
      else expect(from, path).toMatch(/^node:/);
    }
  };
  await look("plain.ts");
  expect([...seen]).toContain("demo.ts");
});

test.describe("without a browser @live", () => {
  test("somebody signs in, and a browser can go on", async ({ server, browser }) => {
    const session = await server.signIn(MAX.email);
    expect((await session.get("/dashboard")).status).toBe(200);
    expect(session.storageState.cookies).toEqual([expect.objectContaining({ domain: "127.0.0.1", httpOnly: true, sameSite: "Lax", expires: -1 })]);

    const context = await browser.newContext({ storageState: session.storageState });
    const page = await context.newPage();
    await page.goto(`${server.url}/account`);
    await expect(page.getByLabel("Email")).toHaveValue(MAX.email);
    await context.close();

    const kept = await server.signIn(MAX.email, PASSWORD, { keep: true });
    expect(kept.cookies[0]?.expires).toBeGreaterThan(Date.now() / 1000 + 24 * 60 * 60);

    await session.post("/logout");
    expect(session.cookies).toEqual([]);
    expect(await session.isAlive()).toBe(false);
    expect(await kept.isAlive()).toBe(true);
    await expect(server.signIn(MAX.email, "not the password")).rejects.toThrow("422");
  });

  test("mails are waited for, newest first, one address at a time", async ({ server }) => {
    await server.askReset(UMA);
    await server.mailsTo(UMA.email, 1);
    await server.askReset(ROB, UMA).then(
      () => expect(true, "a user may not").toBe(false),
      (error: Error) => expect(error.message).toContain("has no button"),
    );
    await server.askReset(ROB);
    await server.mailsTo(ROB.email, 1);
    const first = await server.linkFor(UMA, 2);
    const mails = await server.mailsTo(UMA.email, 2);
    expect(mails.map(({ to }) => to)).toEqual([UMA.email, UMA.email]);
    expect(linkIn(mails[0])).toBe(first);
    expect(mails[0]?.id).toBeGreaterThan(mails[1]?.id ?? Infinity);
    expect([...originsIn(mails[0]!)]).toEqual([server.url]);
    await server.clearMails();
    expect(await server.mailsTo(UMA.email, 0)).toEqual([]);
  });

  test("the mail server refuses, the clock moves", async ({ server }) => {
    const session = await server.signIn(MAX.email);
    await server.mailServer("down");
    await server.askReset(UMA);
    await server.mailServer("accept");
    await server.advanceClock(20 * 60);
    expect(await server.mailsTo(UMA.email)).toHaveLength(1);
    await server.advanceClock(31 * 60);
    expect(await session.isAlive()).toBe(false);
    await expect(server.advanceClock(-1)).rejects.toThrow("422");
  });

  test("each demo is one of its own, and stops", async ({ server }) => {
    const other = await startDemo();
    expect(other.url).not.toBe(server.url);
    await other.askReset(UMA);
    await other.mailsTo(UMA.email);
    expect(await server.mailsTo(UMA.email, 0), "another mailbox").toEqual([]);
    const same = await attachDemo(`${other.url}/login`);
    expect(same.url).toBe(other.url);
    await same.stop();
    await other.mailsTo(UMA.email);
    await other.stop();
    await expect(attachDemo(other.url)).rejects.toThrow("nothing answers");

    process.env.REKEY_URL = server.url;
    try {
      expect((await openDemo()).url).toBe(server.url);
    } finally {
      delete process.env.REKEY_URL;
    }
  });
});
