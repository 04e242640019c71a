// What editors reach for beside the items: the calendar, time travel, the leak check, the hold. Each
// is walked with the keyboard alone, and once more without script.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { openBrowser, openRoom, signIn } from "./support.mjs";

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

// Tab until the control is reached, as somebody without a mouse does, and press it.
async function reach(page, control) {
  for (let presses = 0; presses < 200; presses += 1) {
    if (await control.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press("Tab");
  }
  assert.fail(`not reached: ${control}`);
}

async function enter(page, control) {
  await reach(page, control);
  await page.keyboard.press("Enter");
}

async function walk(page, press) {
  const button = (name) => page.getByRole("button", { name });
  const link = (name) => page.getByRole("link", { name, exact: true });
  await page.goto(`${room.root}/admin`);
  await press(link("Calendar"));
  await press(link("Next month"));
  await press(link("List"));
  await page.getByRole("heading", { name: "What is to come" }).waitFor();
  await press(button(/^Make (an|a new) address/));
  const address = await page.getByLabel("Copy it now").inputValue();
  const feed = await fetch(address);
  assert.equal(feed.status, 200);
  assert.match(await feed.text(), /^BEGIN:VCALENDAR\r\n/);
  await press(button("End the address"));
  await page.getByText("The address opens nothing any more.").waitFor();
  assert.equal((await fetch(address)).status, 404);

  await press(link("Time travel"));
  await press(page.locator(".coming a").first());
  await page.getByText("This is what readers will see at").waitFor();
  await press(link("Back to my work"));

  await press(link("Leak check"));
  await press(button("Check now"));
  await page.getByRole("status").or(page.getByText(/^Nothing leaks/)).first().waitFor();
  // It runs by itself; the page says so until somebody asks again and it is done.
  for (let asks = 0; (await button("Check now").count()) === 0 && asks < 200; asks += 1) await page.goto(`${room.root}/admin/leaks`);
  await page.getByText(/^Nothing leaks/).waitFor();

  await page.goto(`${room.root}/admin`);
  await press(link("Hold everything"));
  await press(page.getByLabel("Why"), "A court order.");
  await press(button("Hold everything"));
  await page.getByText("Held: nothing goes out by itself until somebody undoes it.").waitFor();
  await press(button("Undo the hold"));
  await page.getByText(/scheduled again\./).first().waitFor();
}

test("the calendar, time travel, the leak check and the hold work with the keyboard alone", async () => {
  const context = await browser.newContext();
  const page = await context.newPage();
  await signIn(page, room.root, room.editor);
  await walk(page, async (control, words) => {
    if (!words) return enter(page, control);
    await reach(page, control);
    await page.keyboard.type(words);
  });
  await context.close();
});

test("the calendar, time travel, the leak check and the hold work without script", async () => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await signIn(page, room.root, room.editor);
  await walk(page, (control, words) => (words ? control.fill(words) : control.click()));
  await context.close();
});
