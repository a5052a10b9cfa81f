// What another suite may use without Playwright: a demo, sessions over HTTP, mails, the clock, the mail server. See
// README.md. Nothing here may lead to Playwright.
export { Demo, type MailServerMode } from "./demo.ts";
export { type Mail, linkIn, notMeIn, originsIn } from "./mail.ts";
export { StartedDemo, attachDemo, openDemo, startDemo } from "./open.ts";
export * from "./people.ts";
export { type Cookie, Session, type SignInOptions, type StorageState } from "./session.ts";
