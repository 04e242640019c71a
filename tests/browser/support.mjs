// Starts the real program with a room of its own, and a real browser to look at it with.
import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";

const here = dirname(fileURLToPath(import.meta.url));
const binary = process.env.DATELINE_BINARY ?? join(here, "../../target/debug/dateline");
const axeSource = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** A running room: `serve` for an empty one, `demo` for the sample room. Where it listens can be said. */
export async function openRoom(command, more = ["--listen", "127.0.0.1:0"]) {
  const folder = mkdtempSync(join(tmpdir(), "dateline-browser-"));
  const args = [command, ...more, "--database", join(folder, "room.db"), "--log", "warn"];
  const child = spawn(binary, args, { stdio: ["ignore", "pipe", "inherit"] });
  const last = command === "serve" ? /^set-up (\S+)$/m : /^author (\S+) (\S+)$/m;
  const printed = await new Promise((resolve, reject) => {
    let text = "";
    child.once("exit", (code) => reject(new Error(`the program ended with ${code}: ${text}`)));
    child.stdout.on("data", (chunk) => {
      text += chunk;
      if (last.test(text)) resolve(text);
    });
  });
  const word = (pattern) => pattern.exec(printed)?.slice(1);
  return {
    root: word(/^readers (\S+)\/$/m)[0],
    setUp: word(/^set-up (\S+)$/m)?.[0],
    editor: word(/^editor (\S+) (\S+)$/m),
    author: word(/^author (\S+) (\S+)$/m),
    async close() {
      child.kill("SIGTERM");
      await new Promise((resolve) => child.once("exit", resolve));
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Debian's Chromium, quiet, with an empty profile. */
export function openBrowser() {
  return chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
      "--disable-background-networking", "--disable-component-update", "--disable-sync"],
  });
}

/** Signs in by the form, as a person does. */
export async function signIn(page, root, [mail, password]) {
  await page.goto(`${root}/admin/sign-in`);
  await page.getByLabel("Mail address").fill(mail);
  await page.getByLabel("Password").fill(password);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await page.waitForURL(`${root}/admin`);
}

/** What axe-core finds on the page as it stands: rule and element, one a line. */
export async function findings(page) {
  await page.evaluate(axeSource);
  const { violations } = await page.evaluate(() => window.axe.run(document, {
    runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
  }));
  return violations.flatMap((rule) => rule.nodes.map((node) => `${rule.id}: ${node.target.join(" ")}`));
}

/** A small photo of one colour as a real JPEG, drawn by the browser itself. */
export async function photo(page, colour) {
  const base64 = await page.evaluate((fill) => {
    const canvas = document.createElement("canvas");
    canvas.width = 900;
    canvas.height = 600;
    const pen = canvas.getContext("2d");
    pen.fillStyle = fill;
    pen.fillRect(0, 0, 900, 600);
    pen.fillStyle = "white";
    pen.fillRect(100, 100, 300, 200);
    return canvas.toDataURL("image/jpeg").split(",")[1];
  }, colour);
  return Buffer.from(base64, "base64");
}
