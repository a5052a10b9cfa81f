// Watches a browser for everything that a healthy page never does: console errors, hydration warnings, uncaught errors,
// breaches of the content security policy, failed requests, unexpected answers, requests to another host.
import type { BrowserContext, ConsoleMessage, Request, Response } from "@playwright/test";

/** Chromium's words for an answer of 400 or more, the page's own included. */
const FAILED_STATUS = /^Failed to load resource: the server responded with a status of (\d{3})/;

/** The development mailbox shows a mail in a frame without scripts, so our own below does not run there either. */
const OWN_SCRIPT_IN_MAIL = /^Blocked script execution in '[^']+\/dev\/mail\/\d+\/html' because the document's frame is sandboxed/;

/** Who signs in and out changes nothing that another test would miss. */
const SIGNING = /^\/(api\/sign-in|api\/sign-out|login|logout)$/;

/** Makes a breach of the policy loud. The browser's own words about it differ from version to version. */
const TELL_BREACHES = () => {
  addEventListener("securitypolicyviolation", (breach) => {
    console.error(`CSP: ${breach.violatedDirective} blocked ${breach.blockedURI} (${breach.sourceFile}:${breach.lineNumber})`);
  });
};

export class Clean {
  readonly #origin: string;
  readonly #isLive: boolean;
  readonly #problems: string[] = [];
  #hasWritten = false;
  #mayFail = false;
  readonly #expected = new Map<number, "awaited" | "seen">();

  constructor(origin: string, isLive: boolean) {
    this.#origin = origin;
    this.#isLive = isLive;
  }

  /** Allows answers with this status from now on. One that never comes fails the test: the exemption is stale. */
  expectStatus(...statuses: number[]): void {
    for (const status of statuses) {
      if (!this.#expected.has(status)) this.#expected.set(status, "awaited");
    }
  }

  /** From now on the live parts may fail: only what is asked of the server still has to be right. */
  expectFailures(): void {
    this.#mayFail = true;
  }

  /** Watches every page of this context, present and future. */
  async watch(context: BrowserContext): Promise<void> {
    context.on("console", (message) => this.#onConsole(message));
    context.on("weberror", (error) => {
      if (!this.#mayFail) this.#note(`uncaught: ${error.error().stack ?? error.error().message}`);
    });
    context.on("request", (request) => this.#onRequest(request));
    context.on("requestfailed", (request) => this.#onRequestFailed(request));
    context.on("response", (response) => this.#onResponse(response));
    await context.addInitScript(TELL_BREACHES);
  }

  /** What went wrong so far. */
  problems(): string[] {
    const missed = [...this.#expected].filter(([, state]) => state === "awaited");
    return [...this.#problems, ...missed.map(([status]) => `status ${status} was expected and never came`)];
  }

  /** Whether a browser has sent something that may have changed the demo: any form or call but signing in and out. */
  hasWritten(): boolean {
    return this.#hasWritten;
  }

  #note(problem: string): void {
    this.#problems.push(problem);
  }

  #onConsole(message: ConsoleMessage): void {
    const text = message.text();
    const status = FAILED_STATUS.exec(text)?.[1];
    if (status && this.#expected.has(Number(status))) return;
    if (OWN_SCRIPT_IN_MAIL.test(text) || this.#mayFail) return;
    if (message.type() === "error" || (message.type() === "warning" && /hydrat/i.test(text))) {
      this.#note(`console ${message.type()}: ${text} (${message.location().url})`);
    }
  }

  #onRequest(request: Request): void {
    const url = new URL(request.url());
    if (["data:", "blob:", "about:"].includes(url.protocol)) return;
    if (request.method() === "POST" && !SIGNING.test(url.pathname)) this.#hasWritten = true;
    if (url.origin !== this.#origin) this.#note(`request to another host: ${request.method()} ${request.url()}`);
  }

  #onRequestFailed(request: Request): void {
    const reason = request.failure()?.errorText ?? "unknown";
    const isAsset = /^\/(pkg|favicon)/.test(new URL(request.url()).pathname);
    // Somebody quick leaves a page before all of its assets are there, or while it waits for news: the browser lets go
    // of the rest.
    const isNews = /^\/api\/(resets-(list-)?|batch-)since$/.test(new URL(request.url()).pathname);
    if ((isAsset || isNews) && reason === "net::ERR_ABORTED") return;
    // With JavaScript off Chromium refuses to preload modules, and gives the policy as its reason.
    if (isAsset && reason === "csp" && !this.#isLive) return;
    this.#note(`failed: ${request.method()} ${request.url()} (${reason})`);
  }

  #onResponse(response: Response): void {
    const status = response.status();
    if (status < 400) return;
    if (this.#expected.has(status)) {
      this.#expected.set(status, "seen");
    } else {
      this.#note(`answered ${status}: ${response.request().method()} ${response.url()}`);
    }
  }
}
