// The whole walk: set-up, sign-in, writing, pictures, publishing, reading, correcting, withdrawing.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { openBrowser, openRoom, photo, signIn } from "./support.mjs";

let room;
let browser;
const ann = ["ann@example.org", "a long quiet harbour"];

before(async () => {
  room = await openRoom("serve");
  browser = await openBrowser();
});
after(async () => {
  await browser?.close();
  await room?.close();
});

async function stranger(address) {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  const response = await page.goto(room.root + address);
  const seen = {
    status: response.status(),
    text: await page.locator("body").innerText(),
    cookies: (await context.cookies()).length,
    photos: await page.locator("main picture img").evaluateAll((images) => images.map((i) => i.naturalWidth)),
  };
  await context.close();
  return seen;
}

async function staffPage(options = {}) {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  await signIn(page, room.root, ann);
  return page;
}

const said = (page) => page.locator("[data-said]").innerText();

test("the first account is made at the printed address, once", async () => {
  const page = await (await browser.newContext()).newPage();
  await page.goto(room.setUp);
  await page.fill("[name=room_name]", "Quay News");
  await page.fill("[name=name]", "Ann Osei");
  await page.fill("[name=mail]", ann[0]);
  await page.fill("[name=password]", ann[1]);
  await page.locator("main button[type=submit]").click();
  await page.waitForURL(`${room.root}/admin`);
  assert.match(await said(page), /Welcome/);
  const again = await page.goto(room.setUp);
  assert.equal(again.status(), 404);
});

test("an admin writes down who the room is, and readers see it", async () => {
  const page = await staffPage();
  await page.goto(`${room.root}/admin/settings`);
  await page.fill("[name=mission]", "News that *holds* still.");
  await page.fill("[name=introduction]", "What the harbour does.");
  await page.fill("[name=contact_0_name]", "Press desk");
  await page.fill("[name=contact_0_phone]", "+44 20 7946 0101");
  await page.locator("main button[type=submit]").first().click();
  await page.waitForSelector("[data-said]");
  const front = await stranger("/");
  assert.match(front.text, /News that holds still\./);
  assert.match(front.text, /\+44 20 7946 0101/);
});

test("somebody writes, uploads, publishes, corrects, withdraws and restores; strangers see each step", async () => {
  const page = await staffPage();
  const pictures = [
    { name: "red.jpg", mimeType: "image/jpeg", buffer: await photo(page, "darkred") },
    { name: "blue.jpg", mimeType: "image/jpeg", buffer: await photo(page, "navy") },
  ];
  await page.goto(`${room.root}/admin/images`);
  await page.setInputFiles("[name=pictures]", pictures);
  await page.getByRole("button", { name: "Upload" }).click();
  await page.waitForURL(/admin\/images\/\d+/);
  for (const words of ["A red wall", "A blue wall"]) {
    await page.check("[name=alt_choice][value=written]");
    await page.fill("[name=alt_text]", words);
    await page.fill("[name=caption]", `${words}, seen from the quay.`);
    await page.fill("[name=credit]", "Ann Osei / Quay News");
    await page.locator("main form[method=post] button[type=submit]").first().click();
    await page.waitForSelector("[data-said]");
  }
  await page.goto(`${room.root}/admin/items/new`);
  await page.fill("[name=title]", "Ferry stops at noon");
  await page.fill("[name=summary]", "The last crossing is at twelve.");
  await page.fill("[name=body]", "Nobody was asked.\n\n![](image:2)\n\n> We heard it on the radio.\n>\n> — Mara Lind, harbour master");
  await page.check("[name=lead][value='1']", { force: true });
  await page.locator("[name=do][value=save]").click();
  await page.waitForURL(/admin\/items\/\d+$/);
  const item = page.url();
  assert.equal((await stranger("/news/ferry-stops-at-noon")).status, 404);
  await page.goto(`${item}/preview`);
  assert.match(await page.locator("main").innerText(), /Ferry stops at noon/);
  await page.goto(item);
  await page.getByRole("link", { name: "Publish now…" }).click();
  await page.getByRole("button", { name: "Publish now" }).click();
  await page.waitForSelector("[data-said]");
  const story = await stranger("/news/ferry-stops-at-noon");
  assert.equal(story.status, 200);
  assert.match(story.text, /A red wall, seen from the quay\./);
  assert.match(story.text, /Ann Osei \/ Quay News/);
  assert.match(story.text, /Mara Lind/);
  assert.ok(story.photos[0] > 0, "the lead picture loads");
  assert.equal(story.cookies, 0);
  assert.match((await stranger("/")).text, /Ferry stops at noon/);

  await page.goto(item);
  await page.fill("[name=summary]", "The last crossing is at eleven.");
  await page.locator("[name=do][value=save]").click();
  await page.waitForSelector("[data-said]");
  await page.getByRole("link", { name: "Publish the change…" }).click();
  await page.check("[name=change][value=correction]");
  await page.fill("[name=public_note]", "We gave the wrong hour: it is eleven.");
  await page.getByRole("button", { name: "Publish the change" }).click();
  await page.waitForSelector("[data-said]");
  const corrected = await stranger("/news/ferry-stops-at-noon");
  assert.match(corrected.text, /Corrected/);
  assert.match(corrected.text, /We gave the wrong hour/);

  await page.goto(item);
  await page.getByRole("link", { name: "Withdraw…" }).click();
  await page.fill("[name=public_note]", "The ferry never stopped.");
  await page.getByRole("button", { name: "Withdraw" }).click();
  await page.waitForSelector("[data-said]");
  const withdrawn = await stranger("/news/ferry-stops-at-noon");
  assert.match(withdrawn.text, /Withdrawn[\s\S]*The ferry never stopped\./);
  assert.doesNotMatch((await stranger("/")).text, /Ferry stops/);
  await page.getByRole("link", { name: "Restore…" }).click();
  await page.fill("[name=public_note]", "It did stop after all.");
  await page.getByRole("button", { name: "Restore" }).click();
  await page.waitForSelector("[data-said]");
  assert.match((await stranger("/")).text, /Ferry stops/);
});

test("a schedule keeps the item hidden, and can be taken back", async () => {
  const page = await staffPage();
  await page.goto(`${room.root}/admin/items/new`);
  await page.fill("[name=title]", "Bridge opens");
  await page.fill("[name=summary]", "At last.");
  await page.fill("[name=body]", "It opens.");
  await page.locator("[name=do][value=save]").click();
  await page.waitForURL(/admin\/items\/\d+$/);
  await page.getByRole("link", { name: "Publish later…" }).click();
  await page.fill("[name=date]", "2090-01-01");
  await page.fill("[name=time]", "00:01");
  await page.getByRole("button", { name: "Continue" }).click();
  await page.getByRole("button", { name: "Schedule" }).click();
  await page.waitForSelector("[data-said]");
  assert.match(await said(page), /1 Jan 2090, 00:01/);
  assert.equal((await stranger("/news/bridge-opens")).status, 404);
  await page.getByRole("link", { name: "Take back the schedule…" }).click();
  await page.getByRole("button", { name: "Take back the schedule" }).click();
  await page.waitForSelector("[data-said]");
  assert.match(await page.locator(".chips").innerText(), /Draft/);
});

test("somebody writes and publishes with the keyboard alone", async () => {
  const page = await (await browser.newContext()).newPage();
  const tabTo = async (selector) => {
    for (let presses = 0; presses < 90; presses += 1) {
      if (await page.evaluate((css) => document.activeElement?.matches(css), selector)) return;
      await page.keyboard.press("Tab");
    }
    assert.fail(`the keyboard never reaches ${selector}`);
  };
  await page.goto(`${room.root}/admin/sign-in`);
  await tabTo("[name=mail]");
  await page.keyboard.type(ann[0]);
  await tabTo("[name=password]");
  await page.keyboard.type(ann[1]);
  await page.keyboard.press("Enter");
  await page.waitForURL(`${room.root}/admin`);
  await tabTo("a[href='/admin/items/new']");
  await page.keyboard.press("Enter");
  await page.waitForURL(/items\/new/);
  for (const [field, words] of [["title", "Keys alone"], ["summary", "No mouse."], ["body", "None."]]) {
    await tabTo(`[name=${field}]`);
    await page.keyboard.type(words);
  }
  await page.keyboard.press("Control+s");
  await page.waitForURL(/admin\/items\/\d+$/);
  await tabTo("a[href*='/publications?']");
  await page.keyboard.press("Enter");
  await page.waitForURL(/publications\?/);
  await tabTo("main form[method=post] button[type=submit]");
  await page.keyboard.press("Space");
  await page.waitForSelector("[data-said]");
  assert.equal((await stranger("/news/keys-alone")).status, 200);
});

test("everything but the conveniences works without script", async () => {
  const page = await staffPage({ javaScriptEnabled: false });
  const drawing = await photo(await (await browser.newContext()).newPage(), "green");
  await page.goto(`${room.root}/admin/images`);
  await page.setInputFiles("[name=pictures]", { name: "green.jpg", mimeType: "image/jpeg", buffer: drawing });
  await page.getByRole("button", { name: "Upload" }).click();
  await page.waitForURL(/admin\/images\/\d+/);
  await page.check("[name=alt_choice][value=decorative]");
  await page.locator("main form[method=post] button[type=submit]").first().click();
  await page.goto(`${room.root}/admin/items/new`);
  await page.fill("[name=title]", "Without script");
  await page.fill("[name=summary]", "Plain.");
  await page.fill("[name=body]", "Plain words.");
  await page.fill("[name=lead_number]", "3");
  await page.locator("[name=do][value=save]").click();
  await page.getByRole("link", { name: "Publish now…" }).click();
  await page.getByRole("button", { name: "Publish now" }).click();
  assert.match(await said(page), /readers see it now/);
  const story = await stranger("/news/without-script");
  assert.equal(story.status, 200);
  assert.ok(story.photos[0] > 0);
});
