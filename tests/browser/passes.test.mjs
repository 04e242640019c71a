// An embargo pass from the editor's form to the journalist's page, as both see it.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { findings, openBrowser, openRoom, signIn } from "./support.mjs";

const shots = process.env.SHOTS;
let room;
let browser;

before(async () => {
  room = await openRoom("demo");
  browser = await openBrowser();
});
after(async () => {
  await browser?.close();
  await room?.close();
});

async function person(viewport, colorScheme = "light") {
  return (await browser.newContext({ bypassCSP: true, viewport, colorScheme })).newPage();
}

/** At the page's own width and at the narrowest. */
async function looksRight(page, name) {
  const own = page.viewportSize();
  for (const width of [own.width, 320]) {
    await page.setViewportSize({ width, height: own.height });
    if (shots) await page.screenshot({ path: `${shots}/${name}-${width}.png`, fullPage: true });
    assert.deepEqual(await findings(page), [], `${name} at ${width}`);
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    assert.ok(wide <= 0, `${name} is ${wide}px too wide at ${width}`);
  }
  await page.setViewportSize(own);
}

test("an editor gives a pass, a journalist accepts its terms by keyboard and reads, and it is revoked", async () => {
  const editor = await person({ width: 1280, height: 900 });
  await signIn(editor, room.root, room.editor);
  await editor.goto(`${room.root}/admin/items?state=scheduled`);
  await editor.locator("main a[href^='/admin/items/']:not([href*='new'])").first().click();
  await editor.getByRole("link", { name: "Passes", exact: true }).click();
  await looksRight(editor, "passes-empty");
  await editor.getByRole("link", { name: "Give a pass…" }).click();
  await editor.getByRole("button", { name: "Give the pass" }).waitFor();
  await editor.getByLabel("Journalist").fill("Annabella-Maria Quillfeather-Szczepańska of the long byline");
  await editor.getByLabel("Outlet").fill("صحيفة الميناء");
  await looksRight(editor, "pass-form");
  await editor.getByRole("button", { name: "Give the pass" }).click();
  const address = await editor.getByLabel("Copy it now").inputValue();
  assert.match(address, /^http.+\/passes\/[0-9a-f]{32}$/);
  await looksRight(editor, "passes-given");

  const reader = await person({ width: 1100, height: 900 }, "dark");
  const wrong = [];
  reader.on("console", (message) => message.type() === "error" && wrong.push(message.text()));
  reader.on("request", (request) => request.url().startsWith(room.root) || wrong.push(request.url()));
  await reader.goto(address);
  await looksRight(reader, "pass-terms");
  await reader.getByRole("button", { name: "I accept the terms" }).focus();
  await reader.keyboard.press("Enter");
  await reader.locator("article.story").waitFor();
  await reader.getByText("The terms that you accepted").focus();
  await reader.keyboard.press("Enter");
  await reader.getByText("give its address to nobody else").waitFor();
  await looksRight(reader, "pass-story");
  assert.deepEqual(wrong, []);
  assert.deepEqual(await reader.context().cookies(), []);

  await editor.reload();
  // Visits are counted by the minute, and one may have ended in between.
  await editor.getByText(/^Opened (once|2 times)/).click();
  await editor.getByText("Accepted the terms,").waitFor();
  await looksRight(editor, "passes-log");
  await editor.getByRole("link", { name: /^Revoke/ }).click();
  await looksRight(editor, "pass-revoke");
  await editor.getByRole("button", { name: "Revoke a pass" }).click();
  await editor.getByText("Revoked: the address opens nothing any more.").waitFor();
  await reader.reload();
  await reader.getByRole("heading", { name: "This pass was revoked" }).waitFor();
  await looksRight(reader, "pass-revoked");
});
