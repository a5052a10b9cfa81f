// The pictures of docs/operating.md: what people see while something around Rekey does not work.
import { MAX, ROB, UMA } from "../support/people.ts";
import { expect, test } from "../support/test.ts";
import { resetOf } from "../support/ways.ts";
import { picture } from "./picture.ts";

test("the mail server is down", async ({ page, open, hydrated, signIn, askReset, mailServer }) => {
  await mailServer("down");
  await askReset(UMA);
  await askReset(ROB);
  await signIn(page, MAX.email);
  await open(page, "/company?tab=resets");
  await expect(resetOf(page, UMA).getByText("Mail delayed", { exact: true })).toBeVisible();
  await expect(resetOf(page, ROB).getByText("Mail delayed", { exact: true })).toBeVisible();
  await page.getByRole("link", { name: /^Needs attention/ }).click();
  await hydrated(page);
  await picture(page, "mail-server-down.png", { of: [page.getByRole("region", { name: "Note" }), page.getByRole("table", { name: "Resets" })], margin: 10 });
});
