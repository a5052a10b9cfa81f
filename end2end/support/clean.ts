// Watches a browser for everything that a healthy page never does: console errors, hydration warnings, uncaught errors,
// breaches of the content security policy, failed requests, unexpected answers, requests to another host.
import type { BrowserContext, ConsoleMessage, Request, Response } from "@playwright/test";

import { Healthy, isAsset, mayBeLeft } from "./healthy.ts";

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

export class Clean extends Healthy {
  readonly #isLive: boolean;
  #hasWritten = false;
  #mayFail = false;

  constructor(origin: string, isLive: boolean) {
    super(origin);
    this.#isLive = isLive;
  }

  /** From now on the live parts may fail: only what is asked of the server still has to be right. */
  expectFailures(): void {
    this.#mayFail = true;
  }

  /** Watches every page of this context, present and future. */
  async watch(context: BrowserContext): Promise<void> {
    context.on("console", (message) => this.#onConsole(message));
    context.on("weberror", (error) => {
      if (!this.#mayFail) this.note(`uncaught: ${error.error().stack ?? error.error().message}`);
    });
    context.on("request", (request) => this.#onRequest(request));
    context.on("requestfailed", (request) => this.#onRequestFailed(request));
    context.on("response", (response: Response) => this.isAnswered(response.status(), response.request().method(), response.url()));
    await context.addInitScript(TELL_BREACHES);
  }

  /** Whether a browser has sent something that may have changed the demo: any form or call but signing in and out. */
  hasWritten(): boolean {
    return this.#hasWritten;
  }

  #onConsole(message: ConsoleMessage): void {
    const text = message.text();
    const status = FAILED_STATUS.exec(text)?.[1];
    if (status && this.expects(Number(status))) return;
    if (OWN_SCRIPT_IN_MAIL.test(text) || this.#mayFail) return;
    if (message.type() === "error" || (message.type() === "warning" && /hydrat/i.test(text))) {
      this.note(`console ${message.type()}: ${text} (${message.location().url})`);
    }
  }

  #onRequest(request: Request): void {
    if (request.method() === "POST" && !SIGNING.test(new URL(request.url()).pathname)) this.#hasWritten = true;
    this.asks(request.method(), request.url());
  }

  #onRequestFailed(request: Request): void {
    const reason = request.failure()?.errorText ?? "unknown";
    const { pathname } = new URL(request.url());
    if (mayBeLeft(pathname) && reason === "net::ERR_ABORTED") return;
    // With JavaScript off Chromium refuses to preload modules, and gives the policy as its reason.
    if (isAsset(pathname) && reason === "csp" && !this.#isLive) return;
    this.note(`failed: ${request.method()} ${request.url()} (${reason})`);
  }
}
