// A running `rekey serve --demo`, talked to over HTTP: its pages, and its doors under /dev/. It must not know browsers,
// Playwright, nor who started it.
import { type Mail, linkIn, notMeIn } from "./mail.ts";
import { MAX, NEW_PASSWORD, PASSWORD, type Person } from "./people.ts";
import { Session, type SignInOptions } from "./session.ts";

/** How the demo's mail server answers: takes every mail, puts it off (451), refuses it (550 5.1.1), or not at all. */
export type MailServerMode = "accept" | "defer" | "refuse" | "down";

/** How long a mail may take that is on its way. */
const MAIL_LIMIT_MS = 20_000;

export class Demo {
  /** Such as `http://127.0.0.1:41234`, without a slash at the end. */
  readonly url: string;
  /** Whether something was changed in it by one of the ways below. Signing in does not count. */
  isWritten = false;

  constructor(url: string) {
    this.url = new URL(url).origin;
  }

  /** Ends it, if it was started here; one that was running before stays. */
  async stop(): Promise<void> {}

  /** Signs somebody in with a plain POST. Every active account of the demo has the same password. */
  async signIn(email: string, password = PASSWORD, options: SignInOptions = {}): Promise<Session> {
    return Session.signIn(this.url, email, password, options);
  }

  /** The mails to this address, newest first, once there are `atLeast` so many. */
  async mailsTo(address: string, atLeast = 1): Promise<Mail[]> {
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

  /** Forgets every mail that came. */
  async clearMails(): Promise<void> {
    await this.#post("/dev/mail/clear", {});
  }

  /** Moves the clock of life-times, waits and sessions. It can't be moved back. */
  async advanceClock(seconds: number): Promise<void> {
    await this.#post("/dev/clock", { advance: String(seconds) });
  }

  /** Makes the mail server answer like this from now on. */
  async mailServer(mode: MailServerMode): Promise<void> {
    await this.#post("/dev/mail/server", { mode });
  }

  /** Presses `Reset password` (or `Resend invitation`) on this person's page, as Max unless said otherwise. */
  async askReset(person: Person, by: Person = MAX): Promise<void> {
    this.isWritten = true;
    const session = await this.signIn(by.email);
    const list = await (await session.get(`/company?q=${encodeURIComponent(person.email)}`)).text();
    const page = /href="(\/company\/users\/[0-9a-f-]{36})"/.exec(list)?.[1];
    if (!page) throw new Error(`${person.name} is not in the list of ${by.name}`);
    const company = /name="company" value="([0-9a-f-]{36})"/.exec(await (await session.get(page)).text())?.[1];
    if (!company) throw new Error(`${by.name} has no button on the page of ${person.name}`);
    const answer = await session.post(`${page}/reset`, { company });
    if (answer.status !== 303) throw new Error(`the reset of ${person.name} was answered ${answer.status}`);
  }

  /** The same, and gives the mailed link's path. `count`: the how-manieth mail to this person it is. */
  async linkFor(person: Person, count = 1): Promise<string> {
    await this.askReset(person);
    const [newest] = await this.mailsTo(person.email, count);
    return linkIn(newest);
  }

  /** Lets this person, who got no mail before, set `NEW_PASSWORD` by a mailed link; gives the path of "This was not me" in
   * the notice of that. */
  async noticeFor(person: Person): Promise<string> {
    const link = await this.linkFor(person);
    const answer = await fetch(this.url + link, { method: "POST", body: new URLSearchParams({ new_password: NEW_PASSWORD }), redirect: "manual" });
    if (answer.status !== 303) throw new Error(`the new password of ${person.name} was answered ${answer.status}`);
    const [newest] = await this.mailsTo(person.email, 2);
    return notMeIn(newest);
  }

  async #post(path: string, fields: Record<string, string>): Promise<void> {
    this.isWritten = true;
    const response = await fetch(this.url + path, { method: "POST", body: new URLSearchParams(fields) });
    if (!response.ok) throw new Error(`${path} answered ${response.status}: ${await response.text()}`);
  }
}
