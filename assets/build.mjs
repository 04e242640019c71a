// Builds what the binary embeds: dist/NAME.HASH.EXT for every file, and manifest.json from plain names to built ones.
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, readFile, readdir, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { countries } from "countries-list";
import { cards, papers } from "./cards.mjs";
import { fonts } from "./fonts.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const dist = join(here, "dist");
const fresh = join(here, "node_modules", `.dist-${process.pid}`);
const manifest = {};

async function keep(name, bytes) {
  const hash = createHash("sha256").update(bytes).digest("hex").slice(0, 12);
  const dot = name.lastIndexOf(".");
  manifest[name] = `${name.slice(0, dot)}.${hash}${name.slice(dot)}`;
  await writeFile(join(fresh, manifest[name]), bytes);
}

/** One drawing per file; each becomes a symbol with the file's name, without its outer element. */
async function sprite() {
  const names = (await readdir(join(here, "icons"))).filter((name) => name.endsWith(".svg")).sort();
  const symbols = await Promise.all(names.map(async (name) => {
    const drawing = await readFile(join(here, "icons", name), "utf8");
    const inside = drawing.replace(/^[^]*?<svg[^>]*>/, "").replace(/<\/svg>\s*$/, "").replace(/\s*\n\s*/g, "");
    return `<symbol id="${name.slice(0, -4)}" viewBox="0 0 24 24">${inside}</symbol>`;
  }));
  return `<svg xmlns="http://www.w3.org/2000/svg">${symbols.join("")}</svg>`;
}

/** The addresses of fonts in a style sheet get the names under which the fonts were built. */
const hashed_fonts = {
  name: "hashed-fonts",
  setup(run) {
    run.onResolve({ filter: /^\/assets\/.*\.woff2$/ }, ({ path }) => {
      const built = manifest[path.slice("/assets/".length)];
      if (!built) return { errors: [{ text: `No font is built for ${path}. Add it to fonts.mjs.` }] };
      return { path: `/assets/${built}`, external: true };
    });
  },
};

async function bundle(entry) {
  const result = await build({
    entryPoints: [join(here, entry)],
    bundle: true,
    minify: true,
    write: false,
    charset: "utf8",
    format: entry.endsWith(".js") ? "iife" : undefined,
    target: ["chrome111", "firefox113", "safari16.4"],
    plugins: [hashed_fonts],
    logLevel: "warning",
  });
  return result.outputFiles[0].contents;
}

await rm(fresh, { recursive: true, force: true });
await mkdir(fresh, { recursive: true });
for (const [name, bytes] of await fonts()) await keep(name, bytes);
await keep("icons.svg", await sprite());
const kept = join(here, "..", "target", "cards");
const faces = await cards(kept);
for (const { file, bytes } of faces) await keep(file, bytes);
const listed = (faces) => JSON.stringify(faces.map(({ bytes, ...face }) => face));
await keep("cards.json", listed(faces));
for (const [use, of_paper] of Object.entries(await papers(kept))) {
  for (const { file, bytes } of of_paper) await keep(file, bytes);
  await keep(`paper-${use}.json`, listed(of_paper));
}
// ISO 3166-1 with Kosovo; two islands of the package have a reserved code only.
const named = Object.entries(countries).filter(([code]) => !["AC", "TA"].includes(code)).map(([code, { name }]) => [code, name]);
await keep("countries.json", JSON.stringify(named));
for (const side of ["public", "admin"]) {
  for (const kind of ["css", "js"]) {
    const entry = `${kind}/${side}.${kind}`;
    if (existsSync(join(here, entry))) await keep(`${side}.${kind}`, await bundle(entry));
  }
}
/** The newsroom's style in the colours that somebody chose, whatever their device asks for. */
async function in_colours(name, asked, scheme) {
  const css = await readFile(join(fresh, manifest["admin.css"]), "utf8");
  const chosen = css
    .replaceAll(/@media ?\(prefers-color-scheme: ?dark\)/g, `@media ${asked}`)
    .replaceAll(/color-scheme: ?light dark/g, `color-scheme:${scheme}`);
  if (chosen.includes("prefers-color-scheme") || !chosen.includes(`color-scheme:${scheme}`)) throw new Error(`${name}: the colours are asked for in another way`);
  await keep(name, chosen);
}

await in_colours("admin.dark.css", "all", "dark");
await in_colours("admin.light.css", "not all", "light");
await writeFile(join(fresh, "manifest.json"), JSON.stringify(manifest, null, 2));
await rm(dist, { recursive: true, force: true });
await rename(fresh, dist);
