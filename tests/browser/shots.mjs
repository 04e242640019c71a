// Pictures of the main pages of the sample room, for looking at: shots/NAME-WIDTH-SCHEME.png.
import { mkdirSync } from "node:fs";
import { openBrowser, openRoom, signIn } from "./support.mjs";

const PAGES = {
  front: "/", item: "/news/velmara-shuts-sethra-pass", arabic: "/news/velmara-shuts-sethra-pass-ar",
  withdrawn: "/news/gull-point-solitary-quota", work: "/admin", items: "/admin/items", editor: "/admin/items/1",
  library: "/admin/images", image: "/admin/images/1", settings: "/admin/settings",
};
const folder = new URL("./shots/", import.meta.url).pathname;
mkdirSync(folder, { recursive: true });
const room = await openRoom("demo");
const browser = await openBrowser();
for (const colorScheme of ["light", "dark"]) {
  for (const width of [360, 768, 1440]) {
    const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme });
    const page = await context.newPage();
    await signIn(page, room.root, room.editor);
    for (const [name, address] of Object.entries(PAGES)) {
      await page.goto(room.root + address, { waitUntil: "networkidle" });
      await page.screenshot({ path: `${folder}${name}-${width}-${colorScheme}.png` });
    }
    await context.close();
  }
}
await browser.close();
await room.close();
