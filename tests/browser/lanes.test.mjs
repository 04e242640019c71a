// The two lanes as their people walk them: review, approval, a time on every clock, gone.
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

async function person(account, viewport, colorScheme = "light") {
  const page = await (await browser.newContext({ bypassCSP: true, viewport, colorScheme })).newPage();
  await signIn(page, room.root, account);
  return page;
}

async function looksRight(page, name) {
  if (shots) await page.screenshot({ path: `${shots}/${name}.png`, fullPage: true });
  assert.deepEqual(await findings(page), [], name);
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  assert.ok(wide <= 0, `${name} is ${wide}px too wide`);
}

async function press(page, name) {
  await page.getByRole("button", { name, exact: true }).click();
}

test("a text goes through review, with comments on its words, to a time on every clock, and is gone again", async () => {
  const author = await person(room.author, { width: 360, height: 740 });
  await author.goto(`${room.root}/admin/items/new`);
  await author.getByLabel("Title").fill("Ferry stops at noon for the forty men of the Alma, and nobody says until when");
  await author.getByLabel("Summary").fill("The ferry stops at noon.");
  await author.getByRole("textbox", { name: "Body" }).fill("The *ferry* stops at noon, says the harbour master.\n\nNobody was asked.");
  await press(author, "Save");
  await author.waitForSelector("[data-said]");
  const address = author.url();
  await author.getByRole("link", { name: "Submit for review…" }).click();
  await looksRight(author, "submission");
  await press(author, "Submit for review");
  await author.getByText("Submitted: it waits for an editor.").waitFor();

  const editor = await person(room.editor, { width: 1280, height: 900 });
  await editor.getByRole("heading", { name: "Waiting for your review" }).waitFor();
  await looksRight(editor, "my-work");
  await editor.goto(`${address}/review`);
  await editor.locator("article em").dblclick();
  await editor.waitForFunction(() => document.getElementById("passage").value === "ferry");
  await editor.getByRole("textbox", { name: "Comment" }).fill("Which ferry?");
  await press(editor, "Comment");
  await editor.getByText("Your comment stands beside the text.").waitFor();
  await looksRight(editor, "review");
  await editor.setViewportSize({ width: 320, height: 700 });
  await looksRight(editor, "review-narrow");
  await editor.setViewportSize({ width: 1280, height: 900 });
  await editor.goto(`${address}/approval`);
  await press(editor, "Approve");
  await editor.getByText("Approved: exactly these words may go out.").waitFor();
  await looksRight(editor, "approved");

  await editor.goto(`${address}/schedule`);
  await editor.getByLabel("Date").fill("2040-06-01");
  await editor.getByLabel("Time", { exact: true }).fill("22:30");
  await press(editor, "Continue");
  await editor.getByText("From 1 Jun 2040, 22:30 (UTC+01:00) in Europe/London, that is 21:30 UTC").waitFor();
  await looksRight(editor, "schedule");
  await editor.goto(`${address}/publications`);
  await press(editor, "Publish now");
  await editor.getByText("It is out: readers see it now.").waitFor();

  await editor.goto(`${address}/removal`);
  await looksRight(editor, "removal");
  await editor.getByLabel("Public note").fill("It was another ferry.");
  await press(editor, "Remove");
  await editor.getByText("Removed: readers do not see the text any more.").waitFor();
  await looksRight(editor, "removed");
});
