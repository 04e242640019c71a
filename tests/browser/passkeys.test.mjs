// Passkeys and keys in a real browser: the script between the page and a (virtual) device, and what single keys do.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { findings, openBrowser, openRoom, signIn } from "./support.mjs";

const ann = ["ann@example.org", "a long quiet harbour"];
const PORT = 18611;
let room;
let browser;

before(async () => {
  // Browsers know passkeys for names only.
  room = await openRoom("serve", ["--listen", `127.0.0.1:${PORT}`, "--address", `http://localhost:${PORT}`]);
  browser = await openBrowser();
  const page = await (await browser.newContext()).newPage();
  await page.goto(room.setUp);
  await page.fill("[name=room_name]", "Quay News");
  await page.fill("[name=name]", "Ann Osei");
  await page.fill("[name=mail]", ann[0]);
  await page.fill("[name=password]", ann[1]);
  await page.locator("main button[type=submit]").click();
  await page.waitForURL(`${room.root}/admin`);
  await page.context().close();
});
after(async () => {
  await browser?.close();
  await room?.close();
});

/** A page whose browser has a device that asks its owner, who always says yes. */
async function withDevice() {
  const context = await browser.newContext({ bypassCSP: true, viewport: { width: 1280, height: 900 } });
  const page = await context.newPage();
  const devices = await context.newCDPSession(page);
  await devices.send("WebAuthn.enable");
  await devices.send("WebAuthn.addVirtualAuthenticator", {
    options: { protocol: "ctap2", transport: "internal", hasResidentKey: true, hasUserVerification: true, isUserVerified: true },
  });
  return page;
}

test("a passkey is made, signs in after the password and alone", async () => {
  const page = await withDevice();
  await signIn(page, room.root, ann);
  await page.goto(`${room.root}/admin/account/factors`);
  await page.getByLabel("Name").fill("Phone");
  await page.getByRole("button", { name: "Make a passkey" }).click();
  await page.getByText("Your passkey is made.").waitFor();
  assert.equal(await page.locator(".codes li").count(), 10);
  assert.deepEqual(await findings(page), []);

  await page.getByRole("button", { name: "Sign out", exact: true }).click();
  await page.getByLabel("Mail address").fill(ann[0]);
  await page.getByLabel("Password").fill(ann[1]);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await page.waitForURL(`${room.root}/admin/sign-in/factor`);
  assert.deepEqual(await findings(page), []);
  await page.getByRole("button", { name: "Use a passkey" }).click();
  await page.waitForURL(`${room.root}/admin`);

  await page.getByRole("button", { name: "Sign out", exact: true }).click();
  await page.waitForURL(`${room.root}/admin/sign-in`);
  assert.deepEqual(await findings(page), []);
  await page.getByRole("button", { name: "Sign in with a passkey" }).click();
  await page.waitForURL(`${room.root}/admin`);

  await page.goto(`${room.root}/admin/account/factors`);
  await page.getByRole("button", { name: "Take away" }).click();
  await page.getByText("The passkey is taken away.").waitFor();
  await page.context().close();
});

test("without a device the page says what to do", async () => {
  const page = await (await browser.newContext()).newPage();
  await page.goto(`${room.root}/admin/sign-in`);
  await page.evaluate(() => { navigator.credentials.get = () => Promise.reject(new DOMException("no", "NotAllowedError")); });
  await page.getByRole("button", { name: "Sign in with a passkey" }).click();
  await page.getByText("No passkey was given. Try again, or use another way.").waitFor();
  await page.context().close();
});

test("a slash leads to the search, a question mark shows the keys, and both can be switched off", async () => {
  const page = await (await browser.newContext({ bypassCSP: true })).newPage();
  await signIn(page, room.root, ann);
  const search = page.getByRole("searchbox", { name: "Search everything" });
  await page.keyboard.press("/");
  assert.ok(await search.evaluate((field) => field === document.activeElement));
  await page.keyboard.type("a/?");
  assert.equal(await search.inputValue(), "a/?", "whoever types is not interrupted");
  await search.blur();
  await page.keyboard.press("?");
  await page.getByRole("dialog", { name: "Keys" }).waitFor();
  assert.deepEqual(await findings(page), []);
  await page.keyboard.press("Escape");

  await page.goto(`${room.root}/admin/account`);
  await page.getByLabel("Keys are shortcuts").uncheck();
  await page.getByLabel("Dark", { exact: true }).check();
  await page.getByLabel("Dense: more on a screen").check();
  await page.getByRole("button", { name: "Keep this" }).click();
  await page.getByText("Your pages look and answer like this").waitFor();
  assert.deepEqual(await findings(page), [], "dark and dense");
  assert.equal(await page.evaluate(() => getComputedStyle(document.body).colorScheme), "dark");
  await page.keyboard.press("/");
  assert.ok(!(await search.evaluate((field) => field === document.activeElement)));
  await page.keyboard.press("?");
  assert.equal(await page.getByRole("dialog").count(), 0);

  for (const path of ["/admin/guide", "/admin/search?words=a", "/admin/people/factors", "/admin/readers/"]) {
    await page.goto(room.root + path);
    assert.deepEqual(await findings(page), [], path);
  }
  await page.context().close();
});
