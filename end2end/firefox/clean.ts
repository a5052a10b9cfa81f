// Watches pages in Firefox for everything that a healthy page never does, as support/clean.ts does in Chromium: console
// errors, hydration warnings, uncaught errors, breaches of the content security policy, failed requests, unexpected answers,
// requests to another host.
import type { ConsoleMessage, HTTPRequest, HTTPResponse, Page } from "puppeteer-core";

import { Healthy, mayBeLeft } from "../support/healthy.ts";

export class Clean extends Healthy {
  #isOver = false;

  watch(page: Page): void {
    page.on("console", (message) => this.#onConsole(message));
    // Firefox tells of breaches of the policy here as well, with JavaScript and without.
    page.on("pageerror", (error) => this.note(`uncaught: ${error instanceof Error ? error.message : String(error)}`));
    page.on("request", (request) => this.asks(request.method(), request.url()));
    page.on("requestfailed", (request) => this.#onRequestFailed(request));
    page.on("response", (response: HTTPResponse) => this.isAnswered(response.status(), response.request().method(), response.url()));
  }

  /** Ends the watch: what a browser lets go of when it is closed is no problem. */
  end(): void {
    this.#isOver = true;
  }

  override note(problem: string): void {
    if (!this.#isOver) super.note(problem);
  }

  #onConsole(message: ConsoleMessage): void {
    const text = message.text();
    if (message.type() === "error" || (message.type() === "warn" && /hydrat/i.test(text))) {
      this.note(`console ${message.type()}: ${text} (${message.location().url})`);
    }
  }

  #onRequestFailed(request: HTTPRequest): void {
    const reason = request.failure()?.errorText ?? "unknown";
    const { pathname } = new URL(request.url());
    if (mayBeLeft(pathname) && reason === "NS_BINDING_ABORTED") return;
    this.note(`failed: ${request.method()} ${request.url()} (${reason})`);
  }
}
