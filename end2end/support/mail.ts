// What `/dev/mail.json` says about a mail, and what tests look for in one. It must not know where it was read.

/** A mail as the demo's mail server took it. */
export type Mail = {
  id: number;
  /** The envelope's address. */
  to: string;
  subject: string;
  text: string;
  html: string;
  /** Every address in it, the one that sets a password among them. */
  links: string[];
  /** When it came, in UTC. */
  at: string;
};

/** The path of the link that sets a new password. */
export function linkIn(mail: Mail | undefined): string {
  const link = mail?.links.map((link) => new URL(link)).find((link) => /^\/reset-password\/[a-z2-7]{52}$/.test(link.pathname));
  if (!link) throw new Error(`no link in the mail:\n${mail?.text}`);
  return link.pathname;
}

/** The path of the link "This was not me", of a mail with a link or of the notice of a change. */
export function notMeIn(mail: Mail | undefined): string {
  const link = mail?.links.map((link) => new URL(link)).find((link) => /^(\/reset-password\/[a-z2-7]{52}\/not-me|\/not-me\/[a-z2-7]{52})$/.test(link.pathname));
  if (!link) throw new Error(`no such link in the mail:\n${mail?.text}`);
  return link.pathname;
}

/** The hosts that a mail leads to. */
export function originsIn(mail: Mail): Set<string> {
  return new Set(mail.links.map((link) => new URL(link).origin));
}
