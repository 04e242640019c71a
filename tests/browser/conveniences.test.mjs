// What script adds for whoever writes: the library in a dialog, the focal point by keys, text found again, upload progress.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { findings, openBrowser, openRoom, photo, signIn } from "./support.mjs";

const ann = ["ann@example.org", "a long quiet harbour"];
const MORE_THAN_A_PAGE = 27;
let room;
let browser;

before(async () => {
  room = await openRoom("serve");
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

async function staffPage() {
  const page = await (await browser.newContext({ bypassCSP: true, viewport: { width: 1280, height: 900 } })).newPage();
  await signIn(page, room.root, ann);
  return page;
}

async function newItem(page, title) {
  await page.goto(`${room.root}/admin/items/new`);
  await page.getByLabel("Title").fill(title);
  await page.getByLabel("Summary").fill("What it says.");
}

async function save(page) {
  await page.getByRole("button", { name: "Save" }).click();
  await page.waitForSelector("[data-said]");
}

test("an upload shows each file and how far it is, and ends at the first picture to describe", async () => {
  const page = await staffPage();
  const names = ["Überfahrt-alt.jpg", ...Array.from({ length: MORE_THAN_A_PAGE - 1 }, (_, at) => `quay-${at + 2}.jpg`)];
  const pictures = [];
  for (const [at, name] of names.entries()) {
    pictures.push({ name, mimeType: "image/jpeg", buffer: await photo(page, `rgb(${at * 9}, 80, 160)`) });
  }
  await page.goto(`${room.root}/admin/images`);
  await page.getByLabel("Add pictures").setInputFiles(pictures);
  const lines = page.locator("[data-progress] li");
  assert.equal(await lines.count(), MORE_THAN_A_PAGE);
  assert.match(await lines.first().innerText(), /Überfahrt-alt\.jpg[\s\S]*kB/);
  let go_on;
  const held = new Promise((resolve) => { go_on = resolve; });
  await page.route("**/admin/images", async (route) => {
    if (route.request().method() === "POST") await held;
    await route.continue();
  });
  await page.getByRole("button", { name: "Upload" }).click();
  await page.getByText(`Uploading ${MORE_THAN_A_PAGE} pictures.`).waitFor();
  assert.equal(await page.getByRole("button", { name: "Upload" }).isDisabled(), true);
  go_on();
  await page.locator("[data-progress] .stage", { hasText: /^(ready|\d+ of \d+ copies)$/ }).first().waitFor();
  await page.waitForURL(/admin\/images\/1\?/, { timeout: 120_000 });
  assert.match(await page.locator("[data-said]").innerText(), new RegExp(`^${MORE_THAN_A_PAGE} pictures are in the library`));
  await page.context().close();
});

test("an upload that does not arrive says so and can be sent again", async () => {
  const page = await staffPage();
  await page.goto(`${room.root}/admin/images`);
  await page.getByLabel("Add pictures").setInputFiles({ name: "lost.jpg", mimeType: "image/jpeg", buffer: await photo(page, "teal") });
  await page.route("**/admin/images", (route) => route.request().method() === "POST" ? route.abort() : route.continue());
  await page.getByRole("button", { name: "Upload" }).click();
  await page.getByText("The pictures did not arrive.").waitFor();
  await page.unroute("**/admin/images");
  await page.getByRole("button", { name: "Upload" }).click();
  await page.waitForURL(/admin\/images\/\d+$/);
  await page.context().close();
});

test("any picture of the library is found while writing and placed where the writing stopped", async () => {
  const page = await staffPage();
  await newItem(page, "Ferry stops");
  await page.getByRole("textbox", { name: "Body" }).fill("Nobody was asked.");
  await page.getByRole("button", { name: "Picture", exact: true }).click();
  const dialog = page.getByRole("dialog", { name: "Place a picture in the body" });
  await dialog.getByText("Page 1 of 2").waitFor();
  assert.equal(await dialog.locator("[data-number]").count(), 24);
  assert.deepEqual(await findings(page), []);
  await dialog.getByRole("button", { name: "Next page" }).click();
  await dialog.getByText("Page 2 of 2").waitFor();
  assert.equal(await dialog.getByRole("button", { name: "Next page" }).isDisabled(), true);
  await dialog.getByLabel("Words in alt text").fill("ALT uberfahrt");
  await page.keyboard.press("Enter");
  await dialog.getByText("1 picture", { exact: true }).waitFor();
  await dialog.getByRole("button", { name: /Picture 1: Überfahrt/ }).click();
  await dialog.waitFor({ state: "hidden" });
  assert.match(await page.getByRole("textbox", { name: "Body" }).inputValue(), /^Nobody was asked\.\n\n!\[\]\(image:1\)/);
  assert.equal(await page.getByLabel("Title").inputValue(), "Ferry stops");
  await page.context().close();
});

test("a gallery is chosen by keyboard, in the order of the presses", async () => {
  const page = await staffPage();
  await newItem(page, "Ferry stops");
  await page.getByRole("textbox", { name: "Body" }).fill("Nobody was asked.");
  await page.getByRole("button", { name: "Gallery", exact: true }).focus();
  await page.keyboard.press("Enter");
  const dialog = page.getByRole("dialog", { name: "Choose the pictures of a gallery, in their order" });
  await dialog.locator("[data-number]").first().waitFor();
  const place = dialog.getByRole("button", { name: "Place the gallery" });
  const press = async (at) => {
    const frame = dialog.locator("[data-number]").nth(at);
    await frame.focus();
    await page.keyboard.press("Enter");
    return frame.getAttribute("data-number");
  };
  const first = await press(2);
  assert.equal(await place.isDisabled(), true);
  const second = await press(0);
  await press(1);
  await press(1);
  assert.deepEqual(await findings(page), []);
  assert.equal(await dialog.locator("[data-number][aria-pressed=true]").count(), 2);
  assert.equal(await dialog.locator("[data-chosen-words]").textContent(), `Chosen, in this order: pictures ${first}, ${second}.`);
  await place.focus();
  await page.keyboard.press("Enter");
  await dialog.waitFor({ state: "hidden" });
  const body = await page.getByRole("textbox", { name: "Body" }).inputValue();
  assert.equal(body.trim(), `Nobody was asked.\n\n![](image:${first})\n![](image:${second})`);
  await page.context().close();
});

test("a library that does not answer is told, and the text stays", async () => {
  const page = await staffPage();
  await newItem(page, "Ferry stops");
  await page.context().clearCookies();
  await page.getByRole("button", { name: "Picture", exact: true }).click();
  await page.getByText("The library did not answer.").waitFor();
  await page.keyboard.press("Escape");
  assert.equal(await page.getByLabel("Title").inputValue(), "Ferry stops");
  await page.context().close();
});

test("an old picture becomes the lead, and its point of interest is set by keys", async () => {
  const page = await staffPage();
  await newItem(page, "Old quay");
  await page.getByRole("button", { name: "Search all pictures…" }).click();
  const dialog = page.getByRole("dialog", { name: "Choose the lead picture" });
  await dialog.getByLabel("Words in alt text").fill("überfahrt");
  await page.keyboard.press("Enter");
  await dialog.getByRole("button", { name: /Picture 1:/ }).click();
  assert.equal(await page.locator("[name=lead]:checked").inputValue(), "1");
  const whole = page.getByRole("group", { name: /Point of interest: click/ });
  await whole.focus();
  for (const key of ["ArrowRight", "ArrowRight", "ArrowRight", "Shift+ArrowDown", "ArrowUp"]) await page.keyboard.press(key);
  await save(page);
  assert.equal(await page.locator("[name=lead]:checked").inputValue(), "1");
  const point = [await page.getByLabel("From the left").inputValue(), await page.getByLabel("From the top").inputValue()];
  assert.deepEqual(point, ["53", "59"]);
  const left = await page.locator(".whole .point").evaluate((element) => element.style.left);
  assert.equal(left, "53%");
  for (let presses = 0; presses < 12; presses += 1) await page.locator(".whole").press("Shift+ArrowLeft");
  assert.equal(await page.getByLabel("From the left").inputValue(), "0");
  await page.context().close();
});

test("text that was never saved is found again, with an old lead picture, and not offered after a save", async () => {
  const page = await staffPage();
  page.on("dialog", (dialog) => dialog.accept());
  // The server hears nothing, as on a train, not even from a page that is being left.
  await page.addInitScript(() => {
    const reach = window.fetch;
    window.fetch = async (address, ...more) => {
      if (String(address).endsWith("/autosave")) throw new TypeError("no network");
      return reach(address, ...more);
    };
  });
  await newItem(page, "Written before the crash");
  await page.getByRole("button", { name: "Search all pictures…" }).click();
  await page.getByRole("dialog").getByLabel("Words in alt text").fill("überfahrt");
  await page.keyboard.press("Enter");
  await page.getByRole("dialog").getByRole("button", { name: /Picture 1:/ }).click();
  await page.goto(`${room.root}/admin`);
  await page.goto(`${room.root}/admin/items/new`);
  await page.getByText("We found text you had not saved.").waitFor();
  assert.equal(await page.getByLabel("Title").inputValue(), "");
  await page.getByRole("button", { name: "Bring it back" }).click();
  assert.equal(await page.getByLabel("Title").inputValue(), "Written before the crash");
  assert.equal(await page.getByLabel("Or another picture’s number").inputValue(), "1");
  assert.equal(await page.getByText("Changes not saved yet").isVisible(), true);
  await save(page);
  assert.equal(await page.locator("[name=lead]:checked").inputValue(), "1");
  await page.goto(`${room.root}/admin/items/new`);
  assert.equal(await page.getByText("We found text you had not saved.").count(), 0);
  await page.context().close();
});

test("words that were never saved outlive the browser, are offered once, and are thrown away for good", async () => {
  const page = await staffPage();
  page.on("dialog", (dialog) => dialog.accept());
  await newItem(page, "Typed on the old laptop");
  const arrived = page.waitForResponse((response) => response.url().endsWith("/admin/items/new/autosave"));
  assert.equal((await arrived).status(), 204);
  await page.getByText("Changes not saved yet; a copy is kept").waitFor();
  const elsewhere = await staffPage();
  await elsewhere.goto(`${room.root}/admin`);
  await elsewhere.getByRole("link", { name: "Typed on the old laptop" }).click();
  assert.equal(await elsewhere.getByLabel("Title").inputValue(), "Typed on the old laptop");
  assert.equal(await elsewhere.getByText("Changes not saved yet").isVisible(), true);
  await elsewhere.context().close();
  await page.goto(`${room.root}/admin/items/new`);
  const offered = page.locator("[data-kept-by-server]", { hasText: "Typed on the old laptop" });
  await offered.waitFor();
  assert.equal(await page.getByText("We found text you had not saved.").count(), 0, "the same words are offered once");
  assert.deepEqual(await findings(page), []);
  await offered.getByRole("button", { name: "Throw them away" }).click();
  await page.getByText("Thrown away.").waitFor();
  assert.equal(await offered.count(), 0);
  assert.equal(await page.getByText("We found text you had not saved.").count(), 0, "nor does the browser keep it");
  await page.context().close();
});

test("whoever is signed out while writing is told so, and the words are there after signing in", async () => {
  const page = await staffPage();
  page.on("dialog", (dialog) => dialog.accept());
  await newItem(page, "Written after the session ended");
  await page.context().clearCookies();
  await page.getByLabel("Summary").pressSequentially(" And more.");
  await page.getByText("You are signed out. Your words are kept in this browser").waitFor({ timeout: 15_000 });
  await signIn(page, room.root, ann);
  await page.goto(`${room.root}/admin/items/new`);
  await page.getByRole("button", { name: "Bring it back" }).click();
  assert.equal(await page.getByLabel("Title").inputValue(), "Written after the session ended");
  await page.context().close();
});

test("without script the library stands in a tab of its own and its number is enough", async () => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await signIn(page, room.root, ann);
  await newItem(page, "By number");
  const opened = context.waitForEvent("page");
  await page.getByRole("link", { name: "Search the library in a new tab" }).click();
  const library = await opened;
  await library.getByLabel("Words in alt text").fill("uberfahrt");
  await library.getByRole("button", { name: "Show" }).click();
  const number = await library.locator(".tile .number").innerText();
  await page.getByLabel("Or another picture’s number").fill(number);
  await save(page);
  assert.equal(await page.locator("[name=lead]:checked").inputValue(), "1");
  await context.close();
});
