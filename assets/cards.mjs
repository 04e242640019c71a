// The faces that share cards and papers are set with: one weight of each, unhinted and packed, and which letters each holds.
import { createHash } from "node:crypto";
import { createRequire } from "node:module";
import { mkdir, readFile, readdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { brotliCompress } from "node:zlib";
import { Blob, Face } from "harfbuzzjs";
import subset from "subset-font";

const find = createRequire(import.meta.url).resolve;
const pack = promisify(brotliCompress);

const narrow = { wdth: 84, wght: 800 };
const bold = { wght: 700 };

// The first that holds a letter is taken. Han letters look different in each language, so those say whose they are.
const faces = [
  ["archivo", ["latin", "latin-ext", "vietnamese"], "wdth-normal", narrow, 1.06],
  ["noto-sans", ["cyrillic", "cyrillic-ext", "greek", "greek-ext"], "wdth-normal", narrow, 1.16],
  ["noto-naskh-arabic", ["arabic"], "wght-normal", bold, 1.42],
  ["noto-sans-hebrew", ["hebrew"], "wght-normal", bold, 1.2],
  ["noto-sans-devanagari", ["devanagari"], "wght-normal", bold, 1.34],
  ["noto-sans-bengali", ["bengali"], "wght-normal", bold, 1.34],
  ["noto-sans-thai", ["thai"], "wght-normal", bold, 1.4],
  ["noto-sans-myanmar", ["myanmar"], "wght-normal", bold, 1.6],
  ["noto-sans-ethiopic", ["ethiopic"], "wght-normal", bold, 1.26],
  ["noto-sans-jp", null, "wght-normal", bold, 1.22, "ja"],
  ["noto-sans-sc", null, "wght-normal", bold, 1.22, "zh"],
  ["noto-sans-kr", null, "wght-normal", bold, 1.22, "ko"],
];

/** The parts of a face that is cut into so many that its package numbers them. */
async function parts(name, ending) {
  const files = await readdir(dirname(find(`@fontsource-variable/${name}/files/${name}-latin-${ending}.woff2`)));
  const numbered = new RegExp(`^${name}-(\\d+)-${ending}\\.woff2$`);
  return files.map((file) => numbered.exec(file)?.[1]).filter(Boolean).sort((a, b) => a - b);
}

/** What one file becomes; kept, because packing hundreds takes a minute. */
async function made(file, axes, kept) {
  const whole = await readFile(find(`@fontsource-variable/${file}.woff2`));
  const key = createHash("sha256").update(whole).update(JSON.stringify(axes)).digest("hex");
  const place = join(kept, `${key}.json`);
  const before = await readFile(place, "utf8").then(JSON.parse).catch(() => null);
  if (before) return { letters: before.letters, bytes: Buffer.from(before.bytes, "base64") };
  const face = await subset(whole, undefined, { keepAllGlyphs: true, targetFormat: "truetype", variationAxes: axes, noHinting: true });
  const letters = spans(new Face(new Blob(face)).collectUnicodes());
  const bytes = await pack(face);
  await writeFile(place, JSON.stringify({ letters, bytes: bytes.toString("base64") }));
  return { letters, bytes };
}

/** Numbers in order as pairs of from and to. */
function spans(numbers) {
  const spans = [];
  for (const number of Array.from(numbers).sort((a, b) => a - b)) {
    const last = spans.at(-1);
    if (last && last[1] + 1 === number) last[1] = number;
    else spans.push([number, number]);
  }
  return spans;
}

/** Each face by its name, and the list that says what it is for. */
export const cards = (kept) => cut("card", faces, kept);

async function cut(what, faces, kept) {
  await mkdir(kept, { recursive: true });
  const all = [];
  for (const [name, subsets, ending, axes, leading, language] of faces) {
    for (const part of subsets ?? await parts(name, ending)) {
      const { letters, bytes } = await made(`${name}/files/${name}-${part}-${ending}`, axes, kept);
      all.push({ file: `${what}-${name}-${part}.ttf.br`, language, leading, letters, bytes });
    }
  }
  return all;
}

const western = ["latin", "latin-ext", "vietnamese"];
const eastern = ["cyrillic", "cyrillic-ext", "greek", "greek-ext"];
const noto = (wght, ending = "wdth-normal") => ["noto-sans", eastern, ending, { wdth: 100, wght }, 1.2];
const newsreader = (wght, ending = "wght-normal") => ["newsreader", western, ending, { wght }, 1.15];

/** The faces of an item on paper, by what is set with them. What none of these holds has a face among the cards. */
export async function papers(kept) {
  const others = faces.filter(([name, , , , , language]) => !language && !["archivo", "noto-sans"].includes(name));
  const plain = others.map(([name, subsets, ending, , leading]) => [name, subsets, ending, { wght: 400 }, leading]);
  return {
    text: await cut("paper-text", [newsreader(400), noto(400), ...plain], kept),
    strong: await cut("paper-strong", [newsreader(700), noto(700)], kept),
    slanted: await cut("paper-slanted", [newsreader(400, "wght-italic"), noto(400, "wdth-italic")], kept),
    small: await cut("paper-small", [["archivo", western, "wdth-normal", { wdth: 100, wght: 400 }, 1.1]], kept),
  };
}
