// Watches pages in Firefox for everything that a healthy page never does, as support/clean.ts does in Chromium: console
// errors, hydration warnings, uncaught errors, breaches of the content security policy, failed requests, unexpected answers,
// requests to another host.
import type { ConsoleMessage, HTTPRequest, HTTPResponse, Page } from "puppeteer-core";

export class Clean {
  readonly #origin: string;
  readonly #problems: string[] = [];
  readonly #expected = new Map<number, "awaited" | "seen">();
  #isOver = false;

  constructor(origin: string) {
    this.#origin = origin;
  }

  /** Allows answers with this status from now on. One that never comes is a problem, too: the exemption is stale. */
  expectStatus(status: number): void {
    if (!this.#expected.has(status)) this.#expected.set(status, "awaited");
  }

  watch(page: Page): void {
    page.on("console", (message) => this.#onConsole(message));
    // Firefox tells of breaches of the policy here as well, with JavaScript and without.
    page.on("pageerror", (error) => this.#note(`uncaught: ${error instanceof Error ? error.message : String(error)}`));
    page.on("request", (request) => this.#onRequest(request));
    page.on("requestfailed", (request) => this.#onRequestFailed(request));
    page.on("response", (response) => this.#onResponse(response));
  }

  /** Ends the watch: what a browser lets go of when it is closed is no problem. */
  end(): void {
    this.#isOver = true;
  }

  /** What went wrong since this was asked last. */
  takeProblems(): string[] {
    const missed = [...this.#expected].filter(([, state]) => state === "awaited");
    return [...this.#problems.splice(0), ...missed.map(([status]) => `status ${status} was expected and never came`)];
  }

  #note(problem: string): void {
    if (!this.#isOver) this.#problems.push(problem);
  }

  #onConsole(message: ConsoleMessage): void {
    const text = message.text();
    if (message.type() === "error" || (message.type() === "warn" && /hydrat/i.test(text))) {
      this.#note(`console ${message.type()}: ${text} (${message.location().url})`);
    }
  }

  #onRequest(request: HTTPRequest): void {
    const url = new URL(request.url());
    if (["data:", "blob:", "about:"].includes(url.protocol)) return;
    if (url.origin !== this.#origin) this.#note(`request to another host: ${request.method()} ${request.url()}`);
  }

  #onRequestFailed(request: HTTPRequest): void {
    const reason = request.failure()?.errorText ?? "unknown";
    const { pathname } = new URL(request.url());
    // Somebody quick leaves a page before all of its assets are there, or while it waits for news: the browser lets go
    // of the rest.
    const mayBeLeft = /^\/(pkg\/|favicon)/.test(pathname) || /^\/api\/(resets-(list-)?|batch-)since$/.test(pathname);
    if (mayBeLeft && reason === "NS_BINDING_ABORTED") return;
    this.#note(`failed: ${request.method()} ${request.url()} (${reason})`);
  }

  #onResponse(response: HTTPResponse): void {
    const status = response.status();
    if (status < 400) return;
    if (this.#expected.has(status)) {
      this.#expected.set(status, "seen");
    } else {
      this.#note(`answered ${status}: ${response.request().method()} ${response.url()}`);
    }
  }
}
