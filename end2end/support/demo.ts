// A running `rekey serve --demo`: started on a free port, talked to through its doors under /dev/, stopped at the end.
// It must not know browsers.
import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";

/** What `/dev/mail.json` says about a mail. */
export type Mail = {
  id: number;
  to: string;
  subject: string;
  text: string;
  html: string;
  links: string[];
  at: string;
};

/** How the demo's mail server answers. */
export type MailServerMode = "accept" | "defer" | "refuse" | "down";

const START_LIMIT_MS = 30_000;
const STOP_LIMIT_MS = 10_000;
const MAIL_LIMIT_MS = 20_000;

/** One process with its own database, mailbox and clock. */
class Process {
  /** Such as `http://127.0.0.1:41234`, without a slash at the end. */
  readonly url: string;
  readonly #child: ChildProcess;
  readonly #exited: Promise<unknown>;

  readonly #log: { text: string };

  private constructor(child: ChildProcess, exited: Promise<unknown>, log: { text: string }, url: string) {
    this.#child = child;
    this.#exited = exited;
    this.#log = log;
    this.url = url;
  }

  /** What it logged since it was asked last. */
  takeLog(): string {
    const text = this.#log.text;
    this.#log.text = "";
    return text;
  }

  static async start(): Promise<Process> {
    const executable = process.env.REKEY_BIN;
    if (!executable) {
      throw new Error("REKEY_BIN names no executable; `cargo xtask test e2e` builds one and sets it");
    }
    const child = spawn(executable, ["serve", "--demo", "--listen", "127.0.0.1:0"], {
      stdio: ["ignore", "pipe", "pipe"],
    });
    const log = { text: "" };
    const kill = () => child.kill("SIGKILL");
    process.once("exit", kill);
    const exited = once(child, "exit").then(() => process.removeListener("exit", kill));

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
      return new Process(child, exited, log, await address);
    } catch (error) {
      kill();
      throw error;
    }
  }

  async stop(): Promise<void> {
    this.#child.kill("SIGTERM");
    const impatience = setTimeout(() => this.#child.kill("SIGKILL"), STOP_LIMIT_MS);
    await this.#exited;
    clearTimeout(impatience);
  }
}

/** The demo of a worker. A test that changes something gets a new process, so that every test finds the data of the
 * documentation. */
export class Demo {
  #process: Process | undefined;
  #isUsed = false;

  /** Where it serves, without a slash at the end. */
  get url(): string {
    if (!this.#process) throw new Error("the demo is not running");
    return this.#process.url;
  }

  /** Makes it ready for a test: `fresh` with nothing done to it yet, `shared` with nothing done to it but reading. */
  async prepare(mode: "fresh" | "shared"): Promise<void> {
    if (this.#isUsed || !this.#process) {
      await this.stop();
      this.#process = await Process.start();
    }
    this.#isUsed = mode === "fresh";
  }

  async stop(): Promise<void> {
    await this.#process?.stop();
    this.#process = undefined;
  }

  /** What it logged since it was asked last: warnings and errors only. */
  takeLog(): string {
    return this.#process?.takeLog() ?? "";
  }

  /** The mails to this address, newest first, once there are `atLeast` so many. */
  async mailsTo(address: string, atLeast: number): Promise<Mail[]> {
    const giveUpAt = Date.now() + MAIL_LIMIT_MS;
    for (;;) {
      const response = await fetch(`${this.url}/dev/mail.json?to=${encodeURIComponent(address)}`);
      if (!response.ok) throw new Error(`/dev/mail.json answered ${response.status}`);
      const mails = (await response.json()) as Mail[];
      if (mails.length >= atLeast) return mails;
      if (Date.now() > giveUpAt) {
        throw new Error(`${mails.length} of ${atLeast} mails to ${address} came in ${MAIL_LIMIT_MS} ms`);
      }
      await new Promise((later) => setTimeout(later, 50));
    }
  }

  /** Moves the clock of life-times, waits and sessions. */
  async advanceClock(seconds: number): Promise<void> {
    await this.#post("/dev/clock", { advance: String(seconds) });
  }

  /** Makes the mail server answer like this from now on. */
  async mailServer(mode: MailServerMode): Promise<void> {
    await this.#post("/dev/mail/server", { mode });
  }

  async #post(path: string, fields: Record<string, string>): Promise<void> {
    const response = await fetch(this.url + path, { method: "POST", body: new URLSearchParams(fields) });
    if (!response.ok) throw new Error(`${path} answered ${response.status}: ${await response.text()}`);
  }
}
