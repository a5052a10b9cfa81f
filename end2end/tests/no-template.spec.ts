// What comes over the wire, before any script: whole pages, and a policy whose nonce stands only where it belongs.
import { MAX, UMA } from "../support/people.ts";
import { expect, test } from "../support/test.ts";
import { pageOf } from "../support/ways.ts";

const POLICY =
  /^default-src 'self'; script-src 'nonce-([A-Za-z0-9_-]{22})' 'strict-dynamic' 'wasm-unsafe-eval'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'; form-action 'self'$/;

test("every page is whole and guarded @plain", async ({ page, signIn, linkFor }) => {
  const link = await linkFor(UMA);
  const strangers = ["/login", "/login?next=%2Fcompany", "/reset-password", "/reset-password?sent=1", link, `${link}/not-me`, "/reset-password/open", "/reset-password/nothing", "/not-me/nothing", "/not-me/done?done=change-disavowed", "/logout", "/nowhere"];
  const seen = new Set<string>();
  const look = async (path: string) => {
    const response = await page.request.get(path);
    const html = await response.text();
    const nonce = POLICY.exec(response.headers()["content-security-policy"] ?? "")?.[1];
    expect(nonce, `the policy of ${path}`).toBeDefined();
    expect(seen.has(nonce ?? ""), "a nonce of its own").toBe(false);
    seen.add(nonce ?? "");
    expect(html, path).toMatch(/^<!DOCTYPE html>/i);
    expect(html, path).toContain("</html>");
    expect(html, `${path} waits for a script`).not.toMatch(/<template/i);
    expect(html, `${path} has styles of its own`).not.toMatch(/\sstyle=/i);
    expect(html, `${path} has handlers of its own`).not.toMatch(/\son[a-z]+=/i);
    const everywhere = html.split(nonce ?? "").length - 1;
    const inPlace = html.split(`nonce="${nonce}"`).length - 1;
    expect(inPlace, `${path} uses the nonce`).toBeGreaterThan(0);
    expect(everywhere, `${path} keeps the nonce in nonce=`).toBe(inPlace);
    for (const [script] of html.matchAll(/<script[^>]*>/g)) {
      expect(script, path).toContain(`nonce="${nonce}"`);
    }
    expect(html.match(/<h1[ >]/g), path).toHaveLength(1);

    const headers = response.headers();
    expect(headers["cache-control"], path).toBe("no-store");
    expect(headers["referrer-policy"], path).toBe("strict-origin");
    expect(headers["x-content-type-options"], path).toBe("nosniff");
    expect(headers["x-robots-tag"], path).toBe("noindex");
    return html;
  };
  for (const path of strangers) {
    // Once for the form, once for the link below it, never in a script: data for hydration must not repeat the secret.
    const html = await look(path);
    if (path === link) {
      const token = link.slice(link.lastIndexOf("/") + 1);
      expect(html.split(token).length - 1, "places of the token").toBe(2);
      expect(html).toContain(`action="${link}"`);
      expect(html).toContain(`href="${link}/not-me"`);
    }
  }
  await signIn(page, MAX.email);
  const person = await pageOf(page, UMA);
  for (const path of ["/dashboard", "/company", "/company?q=%25&size=50", "/company?sort=-role&status=active", "/company/edit", "/company?tab=activity", "/settings", "/companies", "/account", "/account/password", person, `${person}?done=on-its-way`, "/logout", "/nowhere"]) {
    await look(path);
  }
});

test("static files may be kept for ever under their build's address @plain", async ({ page }) => {
  const html = await (await page.request.get("/login")).text();
  const assets = [...html.matchAll(/(?:href|src)="(\/pkg\/[^"]+)"/g)].map(([, path]) => path ?? "");
  expect(assets.length).toBeGreaterThan(2);
  for (const path of assets) {
    const response = await page.request.get(path);
    expect(response.status(), path).toBe(200);
    expect(response.headers()["cache-control"], path).toContain("immutable");
    if (path.endsWith(".wasm")) expect(response.headers()["content-type"]).toBe("application/wasm");
  }
});
