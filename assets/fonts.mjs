// Cuts the typefaces down to the letters and the range of weights and widths that the pages use.
import { createRequire } from "node:module";
import { readFile } from "node:fs/promises";
import subset from "subset-font";

const find = createRequire(import.meta.url).resolve;

// Keep these in step with unicode-range in css/fonts.css.
const ranges = {
  latin: [[0x20, 0x7e], [0xa0, 0xff], [0x131], [0x152, 0x153], [0x2bb, 0x2bc], [0x2c6], [0x2da], [0x2dc], [0x2000, 0x206f], [0x20ac], [0x2122], [0x2212]],
  latin_ext: [[0x100, 0x24f], [0x259], [0x300, 0x304], [0x306, 0x30c], [0x323], [0x326, 0x328], [0x1e00, 0x1eff], [0x20a0, 0x20c0], [0x2113]],
  arabic: [[0x600, 0x6ff], [0x750, 0x77f], [0x8a0, 0x8ff], [0x200c, 0x200f], [0x2010, 0x2011], [0xfb50, 0xfdff], [0xfe70, 0xfefc]],
};

const sans = { wdth: { min: 62, max: 100 }, wght: { min: 400, max: 900 } };
const serif = { wght: { min: 400, max: 700 } };

const faces = [
  ["archivo-latin", "archivo/files/archivo-latin-wdth-normal", ranges.latin, sans],
  ["archivo-latin-ext", "archivo/files/archivo-latin-ext-wdth-normal", ranges.latin_ext, sans],
  ["newsreader-latin", "newsreader/files/newsreader-latin-wght-normal", ranges.latin, serif],
  ["newsreader-latin-ext", "newsreader/files/newsreader-latin-ext-wght-normal", ranges.latin_ext, serif],
  ["newsreader-italic-latin", "newsreader/files/newsreader-latin-wght-italic", ranges.latin, serif],
  ["newsreader-italic-latin-ext", "newsreader/files/newsreader-latin-ext-wght-italic", ranges.latin_ext, serif],
  ["naskh-arabic", "noto-naskh-arabic/files/noto-naskh-arabic-arabic-wght-normal", ranges.arabic, serif],
];

function letters(ranges) {
  const points = ranges.flatMap(([first, last = first]) => Array.from({ length: last - first + 1 }, (_, step) => first + step));
  return String.fromCodePoint(...points);
}

export async function fonts() {
  return Promise.all(faces.map(async ([name, file, range, variationAxes]) => {
    const whole = await readFile(find(`@fontsource-variable/${file}.woff2`));
    return [`${name}.woff2`, await subset(whole, letters(range), { targetFormat: "woff2", variationAxes })];
  }));
}
