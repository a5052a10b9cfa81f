// What a healthy page never does, whichever browser shows it and whatever drives that: answers of 400 or more that nobody expected,
// requests to another host. Knows no browser and no driver; support/clean.ts and firefox/clean.ts watch with it.

export class Healthy {
  readonly #origin: string;
  readonly #problems: string[] = [];
  readonly #expected = new Map<number, "awaited" | "seen">();

  constructor(origin: string) {
    this.#origin = origin;
  }

  /** Allows answers with this status from now on. One that never comes is a problem, too: the exemption is stale. */
  expectStatus(...statuses: number[]): void {
    for (const status of statuses) {
      if (!this.#expected.has(status)) this.#expected.set(status, "awaited");
    }
  }

  /** Whether answers with this status are allowed. */
  expects(status: number): boolean {
    return this.#expected.has(status);
  }

  note(problem: string): void {
    this.#problems.push(problem);
  }

  /** A browser asks for something. */
  asks(method: string, address: string): void {
    const url = new URL(address);
    if (["data:", "blob:", "about:"].includes(url.protocol)) return;
    if (url.origin !== this.#origin) this.note(`request to another host: ${method} ${address}`);
  }

  /** It was answered. */
  isAnswered(status: number, method: string, address: string): void {
    if (status < 400) return;
    if (this.#expected.has(status)) {
      this.#expected.set(status, "seen");
    } else {
      this.note(`answered ${status}: ${method} ${address}`);
    }
  }

  /** What went wrong so far. */
  problems(): string[] {
    const missed = [...this.#expected].filter(([, state]) => state === "awaited");
    return [...this.#problems, ...missed.map(([status]) => `status ${status} was expected and never came`)];
  }

  /** The same, and forgets what was not about a status. */
  takeProblems(): string[] {
    const problems = this.problems();
    this.#problems.length = 0;
    return problems;
  }
}

/** A file that a page needs. */
export const isAsset = (pathname: string): boolean => /^\/(pkg\/|favicon)/.test(pathname);

/** Somebody quick leaves a page before all of its assets are there, while it waits for news, or while it looks for what was typed:
 * the browser lets go of the rest. */
export const mayBeLeft = (pathname: string): boolean =>
  isAsset(pathname) || /^\/api\/((resets|resets-list|batch|dashboard)-since|search-people)$/.test(pathname);
