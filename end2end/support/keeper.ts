// Gives each test its demo: a new process for one that changes something, so that every test finds the data of the
// documentation; the last one again for tests that only read. Which test has only read is seen, not believed.
import type { Demo } from "./demo.ts";
import { StartedDemo, attachDemo, runningAt, startDemo } from "./open.ts";

/** `fresh`: nothing done to it yet, nobody signed in. `shared`: others have read before, or, at REKEY_URL, done what they
 * liked. */
export type Wish = "fresh" | "shared";

export class Keeper {
  #demo: Demo | undefined;
  #isSpoilt = false;

  async get(wish: Wish): Promise<Demo> {
    const url = runningAt();
    if (url && wish === "fresh") {
      throw new Error(`this test wants a demo of its own, and REKEY_URL names the one at ${url}`);
    }
    if (url) {
      this.#demo ??= await attachDemo(url);
    } else if (this.#isSpoilt || wish === "fresh" || !this.#demo || this.#demo.isWritten) {
      await this.stop();
      this.#demo = await startDemo();
    }
    this.#isSpoilt = wish === "fresh";
    return this.#demo;
  }

  /** Says that something was changed in the demo: nobody else gets it. */
  spoil(): void {
    this.#isSpoilt = true;
  }

  /** What the demo logged since it was asked last; nothing of one that was not started here. */
  takeLog(): string {
    return this.#demo instanceof StartedDemo ? this.#demo.takeLog() : "";
  }

  async stop(): Promise<void> {
    await this.#demo?.stop();
    this.#demo = undefined;
  }
}
