import { NEW_PASSWORD, UMA, expect, linkIn, test } from "../support/index.ts";

test("a mailed link sets a new password", async ({ page, signIn, askReset, mailsTo }) => {
  const before = (await mailsTo(UMA.email, 0)).length;
  await askReset(UMA);
  const [newest] = await mailsTo(UMA.email, before + 1);
  await page.goto(linkIn(newest));
  await page.getByLabel("New password").fill(NEW_PASSWORD);
  await page.getByRole("button", { name: "Set new password" }).click();
  await expect(page.getByRole("region", { name: "Done" })).toContainText("Your password is changed.");
  await signIn(page, UMA.email, NEW_PASSWORD);
});
