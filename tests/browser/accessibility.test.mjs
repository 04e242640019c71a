// axe-core finds nothing on any page of either side; nothing scrolls sideways, nothing comes from elsewhere.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { findings, openBrowser, openRoom, signIn } from "./support.mjs";

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

const READERS = [
  "/", "/?page=2", "/reports", "/topics/detention", "/places/velmara", "/2026",
  "/news/velmara-shuts-sethra-pass", "/news/velmara-shuts-sethra-pass-ar", "/news/eleven-nights-kestrel-strait",
  "/news/gull-point-solitary-quota", "/news/velmara-shuts-sethra-pass/history", "/news/hadrin-homes-levelled-after-ceasefire",
  "/news/caldisse-night-transfers-of-children", "/no-such-page", "/pages/privacy", "/admin/sign-in",
  "/admin/forgotten-password", "/admin/set-password/none",
];
const STAFF = [
  "/admin", "/admin/items", "/admin/items?words=nothing-like-it", "/admin/items?state=draft&sort=title", "/admin/items/new", "/admin/items/1",
  "/admin/items/1/review", "/admin/items/1/history", "/admin/items/1/preview", "/admin/items/1/withdrawal",
  "/admin/items/several?item=1.1&item=2.2&do=discard", "/admin/items/several?item=1.1&do=add", "/admin/images",
  "/admin/images?words=nothing-like-it", "/admin/images?view=table", "/admin/images?show=trash", "/admin/images/1", "/admin/images/1/file", "/admin/images/alt-text", "/admin/images/alt-text?skip=1", "/admin/files", "/admin/files?words=nothing-like-it", "/admin/files/1", "/admin/files/1/file", "/admin/images/several?picture=1.x&picture=2.x&do=describe", "/admin/images/several?picture=1.x&do=licence", "/admin/images/several?picture=1.x&do=collect", "/admin/images/collections", "/admin/settings", "/admin/settings/logos", "/admin/mails", "/admin/topics", "/admin/topics/1",
  "/admin/topics/1/merger", "/admin/topics/1/merger?into=no-such-topic", "/admin/places", "/admin/kinds", "/admin/kinds/1", "/admin/kinds/1/merger", "/admin/kinds/1/merger?into=2", "/admin/log",
  "/admin/log?what=saved&item=1", "/admin/log?item=999999", "/admin/account", "/admin/people", "/admin/people/new", "/admin/people/1",
  "/admin/time-travel", "/admin/calendar", "/admin/calendar?month=2020-02", "/admin/calendar?as=list", "/admin/hold", "/admin/leaks",
  "/admin/time-travel/2020-01-01T00:00:00Z/", "/admin/operation",
];
const WAYS = [
  { width: 1440, colorScheme: "light" },
  { width: 360, colorScheme: "dark" },
  { width: 320, colorScheme: "light" },
];

async function look(page, addresses) {
  const wrong = [];
  page.on("console", (message) => {
    // The browser tells of the status of a page that says itself what is wrong.
    const told = /404|409|422/.test(message.text());
    if (message.type() === "error" && !told) wrong.push(`${page.url()} says ${message.text()}`);
  });
  page.on("request", (request) => {
    if (!request.url().startsWith(room.root)) wrong.push(`${page.url()} asks ${request.url()}`);
  });
  for (const address of addresses) {
    await page.goto(room.root + address, { waitUntil: "load" });
    for (const finding of await findings(page)) wrong.push(`${address}: ${finding}`);
    const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    if (over > 0) wrong.push(`${address}: ${over} pixels too wide`);
  }
  return wrong;
}

for (const { width, colorScheme } of WAYS) {
  test(`readers' pages are clean at ${width} pixels, ${colorScheme}`, async () => {
    const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme, bypassCSP: true });
    const wrong = await look(await context.newPage(), READERS);
    assert.deepEqual(wrong, []);
    assert.deepEqual((await context.cookies()).filter((cookie) => cookie.path !== "/"), []);
    await context.close();
  });

  test(`staff's pages are clean at ${width} pixels, ${colorScheme}`, async () => {
    const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme, bypassCSP: true });
    const page = await context.newPage();
    await signIn(page, room.root, room.editor);
    const steps = await linked(page);
    assert.deepEqual(await look(page, [...STAFF, ...steps]), []);
    await context.close();
  });
}

/** Pages of every step that fits the newest item of each state in the sample room, and of what there is
 * to compare. */
async function linked(page) {
  const found = new Set();
  await page.goto(`${room.root}/admin/items`);
  const states = await page.locator("select[name=state] option").evaluateAll((all) => all.map((one) => one.value));
  for (const state of states.filter(Boolean)) {
    await page.goto(`${room.root}/admin/items?state=${state}`);
    const item = page.locator(".items tbody th a").first();
    if (!(await item.count())) continue;
    const address = await item.getAttribute("href");
    found.add(address);
    for (const [below, links] of [["", ".state .do a"], ["/history", ".timeline a"]]) {
      await page.goto(room.root + address + below);
      const hrefs = await page.locator(links).evaluateAll((all) => all.map((a) => a.getAttribute("href")));
      for (const href of hrefs.slice(0, 12)) if (!href.endsWith("preview")) found.add(href);
    }
  }
  await page.goto(`${room.root}/admin`);
  for (const href of await page.locator("main a[href$='/signature']").evaluateAll((all) => all.map((a) => a.getAttribute("href")))) found.add(href);
  assert.ok(found.size >= 20, `steps were found: ${[...found]}`);
  return [...found];
}

test("the page where the first account is made is clean, also with mistakes", async () => {
  const empty = await openRoom("serve");
  for (const { width, colorScheme } of WAYS) {
    const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme, bypassCSP: true });
    const page = await context.newPage();
    await page.goto(empty.setUp);
    assert.deepEqual(await findings(page), []);
    await page.fill("[name=mail]", "ann@example.org");
    await page.fill("[name=password]", "a long quiet harbour");
    for (const name of ["room_name", "name"]) await page.fill(`[name=${name}]`, " ");
    await page.locator("main button[type=submit]").click();
    await page.waitForSelector("[role=alert]");
    assert.deepEqual(await findings(page), []);
    const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    assert.ok(over <= 0, `${over} pixels too wide`);
    await context.close();
  }
  await empty.close();
});

test("a form with mistakes is clean too, and keeps what was typed", async () => {
  const context = await browser.newContext({ bypassCSP: true });
  const page = await context.newPage();
  await signIn(page, room.root, room.editor);
  await page.goto(`${room.root}/admin/items/new`);
  await page.fill("[name=title]", "Kept words");
  await page.fill("[name=slug]", "Not A Slug!");
  await page.locator("[name=do][value=save]").click();
  await page.waitForSelector("[role=alert]");
  assert.equal(await page.inputValue("[name=title]"), "Kept words");
  assert.deepEqual(await findings(page), []);
  await page.goto(`${room.root}/admin/settings`);
  await page.fill("[name=zone]", "Nowhere/At-All");
  await page.locator("main button[type=submit]").first().click();
  await page.waitForSelector("[role=alert]");
  assert.deepEqual(await findings(page), []);
  await context.close();
});
