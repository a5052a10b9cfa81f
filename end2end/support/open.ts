// Where a demo comes from: one that is started here and now from REKEY_BIN, or the one that runs at REKEY_URL. It must
// not know browsers nor Playwright.
import { execFile, spawn, type ChildProcess } from "node:child_process";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

import { Demo } from "./demo.ts";

const START_LIMIT_MS = 30_000;
const STOP_LIMIT_MS = 10_000;

/** The address of a demo that runs already; empty or unset where there is none. */
export const runningAt = (): string | undefined => process.env.REKEY_URL || undefined;

/** The demo at REKEY_URL if that is set, else a new one from REKEY_BIN. */
export async function openDemo(): Promise<Demo> {
  const url = runningAt();
  return url ? attachDemo(url) : startDemo();
}

/** A demo that runs already, such as that of `cargo xtask run`. Fails if none answers there. */
export async function attachDemo(url: string): Promise<Demo> {
  const demo = new Demo(url);
  const answer = await fetch(`${demo.url}/dev/mail.json`).catch((error: unknown) => {
    throw new Error(`nothing answers at ${demo.url}`, { cause: error });
  });
  if (!answer.ok) throw new Error(`${demo.url} is no demo: /dev/mail.json answered ${answer.status}`);
  return demo;
}

/** A new demo on a free port, with its own database, mailbox and clock. */
export async function startDemo(executable = process.env.REKEY_BIN): Promise<StartedDemo> {
  if (!executable) {
    throw new Error("REKEY_BIN names no executable; `cargo xtask dist` builds target/dist/rekey");
  }
  return StartedDemo.start(executable);
}

/** A demo with a process of its own, which ends with this one at the latest. */
export class StartedDemo extends Demo {
  readonly #executable: string;
  readonly #folder: string;
  readonly #child: ChildProcess;
  readonly #exited: Promise<void>;
  readonly #log: { text: string };

  private constructor(
    url: string, executable: string, folder: string, child: ChildProcess, exited: Promise<void>, log: { text: string },
  ) {
    super(url);
    this.#executable = executable;
    this.#folder = folder;
    this.#child = child;
    this.#exited = exited;
    this.#log = log;
  }

  static async start(executable: string): Promise<StartedDemo> {
    // Its database goes where it may make temporary files.
    const folder = await mkdtemp(join(tmpdir(), "rekey-e2e-"));
    const child = spawn(executable, ["serve", "--demo", "--listen", "127.0.0.1:0"], {
      env: { ...process.env, TMPDIR: folder },
      stdio: ["ignore", "pipe", "pipe"],
    });
    const log = { text: "" };
    const kill = () => child.kill("SIGKILL");
    process.once("exit", kill);
    const exited = new Promise<void>((ended) => child.once("exit", () => ended()));
    void exited.then(() => process.removeListener("exit", kill));

    let said = "";
    const address = new Promise<string>((found, failed) => {
      const read = (text: string) => {
        said += text;
        const line = /The demo serves at (http:\/\/\S+)/.exec(said);
        if (line?.[1]) found(line[1]);
      };
      child.stdout.setEncoding("utf8").on("data", read);
      child.stderr.setEncoding("utf8").on("data", (text: string) => {
        said += text;
        log.text += text;
      });
      child.once("error", failed);
      child.once("exit", (code) => failed(new Error(`the demo ended with ${code} before it served:\n${said}`)));
      setTimeout(() => failed(new Error(`the demo does not serve after ${START_LIMIT_MS} ms:\n${said}`)), START_LIMIT_MS).unref();
    });
    try {
      return new StartedDemo(await address, executable, folder, child, exited, log);
    } catch (error) {
      kill();
      throw error;
    }
  }

  override async stop(): Promise<void> {
    this.#child.kill("SIGTERM");
    const impatience = setTimeout(() => this.#child.kill("SIGKILL"), STOP_LIMIT_MS);
    await this.#exited;
    clearTimeout(impatience);
    await rm(this.#folder, { recursive: true, force: true });
  }

  /** Runs the operator's command line on this demo's database, as a process of its own; what it said. */
  async command(...words: string[]): Promise<string> {
    const [demo] = await readdir(this.#folder);
    const said = await promisify(execFile)(this.#executable, words, {
      cwd: this.#folder,
      env: { ...process.env, REKEY_DATABASE_URL: `sqlite:${join(this.#folder, demo ?? "", "rekey.db")}` },
    });
    return said.stdout;
  }

  /** What it logged since it was asked last: warnings and errors only. */
  takeLog(): string {
    const text = this.#log.text;
    this.#log.text = "";
    return text;
  }
}
