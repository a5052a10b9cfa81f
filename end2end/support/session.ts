// Somebody signed in over plain HTTP: a sign-in form posted, a cookie kept. It must not know browsers nor Playwright;
// its cookies and storage state have the shapes that Playwright takes.

/** A cookie, as Playwright's `addCookies` takes it. */
export type Cookie = {
  name: string;
  value: string;
  domain: string;
  path: string;
  /** Unix time in seconds; -1 where it ends with the browser. */
  expires: number;
  httpOnly: boolean;
  secure: boolean;
  sameSite: "Strict" | "Lax" | "None";
};

/** What Playwright's option `storageState` takes. */
export type StorageState = { cookies: Cookie[]; origins: [] };

export type SignInOptions = {
  /** What the device says that it is; the page "My account" shows it. */
  userAgent?: string;
  /** `Keep me signed in on this device`. */
  keep?: boolean;
};

/** A signed-in device: a person, their cookies, and requests made with them. */
export class Session {
  /** Where it is signed in, without a slash at the end. */
  readonly url: string;
  readonly #userAgent: string;
  readonly #cookies = new Map<string, Cookie>();

  private constructor(url: string, userAgent: string) {
    this.url = url;
    this.#userAgent = userAgent;
  }

  /** Posts the sign-in form. Fails unless it is let in. */
  static async signIn(url: string, email: string, password: string, options: SignInOptions = {}): Promise<Session> {
    const session = new Session(url, options.userAgent ?? "rekey-end2end");
    const answer = await session.post("/login", { email, password, ...(options.keep ? { keep: "yes" } : {}) });
    if (answer.status !== 303) throw new Error(`the sign-in of ${email} was answered ${answer.status}`);
    if (session.#cookies.size === 0) throw new Error(`the sign-in of ${email} set no cookie`);
    return session;
  }

  /** For `browserContext.addCookies`. */
  get cookies(): Cookie[] {
    return [...this.#cookies.values()];
  }

  /** For `browser.newContext({ storageState })` and the option of the same name. */
  get storageState(): StorageState {
    return { cookies: this.cookies, origins: [] };
  }

  /** Whether the session still opens pages. */
  async isAlive(): Promise<boolean> {
    return (await this.get("/dashboard")).status === 200;
  }

  /** Reads a page. Redirects are answers like others. */
  async get(path: string): Promise<Response> {
    return this.#send(path, {});
  }

  /** Posts a form, as a browser without script does. Redirects are answers like others. */
  async post(path: string, fields: Record<string, string> = {}): Promise<Response> {
    return this.#send(path, { method: "POST", body: new URLSearchParams(fields) });
  }

  async #send(path: string, init: RequestInit): Promise<Response> {
    const cookie = this.cookies.map(({ name, value }) => `${name}=${value}`).join("; ");
    const headers = { "user-agent": this.#userAgent, accept: "text/html", ...(cookie ? { cookie } : {}) };
    const answer = await fetch(this.url + path, { ...init, headers, redirect: "manual" });
    for (const line of answer.headers.getSetCookie()) this.#keep(line);
    return answer;
  }

  #keep(line: string): void {
    const [pair = "", ...attributes] = line.split(";").map((part) => part.trim());
    const name = pair.slice(0, pair.indexOf("="));
    const value = pair.slice(pair.indexOf("=") + 1);
    const said = new Map<string, string>();
    for (const attribute of attributes) {
      const [key = "", ...rest] = attribute.split("=");
      said.set(key.toLowerCase(), rest.join("="));
    }
    const age = said.get("max-age");
    if (age !== undefined && Number(age) <= 0) {
      this.#cookies.delete(name);
      return;
    }
    const sameSite = said.get("samesite");
    this.#cookies.set(name, {
      name,
      value,
      domain: new URL(this.url).hostname,
      path: said.get("path") ?? "/",
      expires: age === undefined ? -1 : Math.floor(Date.now() / 1000) + Number(age),
      httpOnly: said.has("httponly"),
      secure: said.has("secure"),
      sameSite: sameSite === "Strict" || sameSite === "None" ? sameSite : "Lax",
    });
  }
}
