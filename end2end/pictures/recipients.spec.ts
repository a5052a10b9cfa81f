// The pictures of docs/for-recipients.md: what somebody sees who got a mail.
import { UMA } from "../support/people.ts";
import { expect, test } from "../support/test.ts";
import { heading } from "../support/ways.ts";
import { onPhone, picture } from "./picture.ts";

/** Where a company may have it, in place of the demo's own address. */
const ADDRESS = "https://accounts.blueheron.example";

test("the mail", async ({ page, server, askReset, mailsTo }) => {
  await askReset(UMA);
  const [mail] = await mailsTo(UMA.email);
  if (!mail) throw new Error("no mail");
  await page.setViewportSize({ width: 640, height: 800 });
  await page.setContent(mail.html.replaceAll(server.url, ADDRESS));
  await picture(page, "mail.png", { of: [page.locator("table.mail")] });
});

test.describe("on a phone", () => {
  test.beforeEach(async ({ page }) => onPhone(page));

  test("a new password", async ({ page, open, linkFor }) => {
    await open(page, await linkFor(UMA));
    await page.getByLabel("New password").pressSequentially("copper win");
    await page.getByRole("button", { name: "Show password" }).click();
    await expect(page.getByText("5 more characters")).toBeVisible();
    await picture(page, "new-password.png", { of: [page.getByRole("main")], margin: 0 });
  });

  test("a link that was not expected", async ({ page, open, linkFor }) => {
    await open(page, `${await linkFor(UMA)}/not-me`);
    await expect(heading(page, "Was this not you?")).toBeVisible();
    await picture(page, "not-me.png", { of: [page.getByRole("main")], margin: 0 });
  });
});
