// The strip over the body: each button writes Markdown. Arrow keys walk along it.
import { ask_picture, ask_pictures } from "./pictures.js";
import { change_lines, insert, insert_block, wrap } from "./insert.js";

const writes = {
  heading: (field) => change_lines(field, (line) => `## ${line.replace(/^#+\s*/, "")}`, "Heading"),
  bold: (field) => wrap(field, "**", "**", "important"),
  italic: (field) => wrap(field, "*", "*", "stressed"),
  link: write_link,
  quote: write_quote,
  list: (field) => change_lines(field, (line) => `- ${line.replace(/^[-*]\s+/, "")}`, "point"),
  picture: (field) => ask_picture("Place a picture in the body", ({ number }) => insert_block(field, `![](image:${number})`)),
  gallery: (field) => ask_pictures("Choose the pictures of a gallery, in their order", (numbers) => insert_block(field, numbers.map((number) => `![](image:${number})`).join("\n"))),
};
const keys = { b: "bold", i: "italic", k: "link" };

export function toolbar(strip) {
  const field = document.getElementById(strip.dataset.toolbar);
  if (!field) return;
  strip.hidden = false;
  const buttons = [...strip.querySelectorAll("[data-write]")];
  for (const button of buttons) button.addEventListener("click", () => writes[button.dataset.write](field));
  walk(strip, buttons);
  field.addEventListener("keydown", (event) => {
    const write = (event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey && keys[event.key.toLowerCase()];
    if (!write) return;
    event.preventDefault();
    writes[write](field);
  });
}

function walk(strip, buttons) {
  const enter = (at) => buttons.forEach((button, index) => { button.tabIndex = index === at ? 0 : -1; });
  enter(0);
  strip.addEventListener("keydown", (event) => {
    const forward = getComputedStyle(strip).direction === "rtl" ? "ArrowLeft" : "ArrowRight";
    const step = { ArrowRight: 1, ArrowLeft: 1 }[event.key] ? (event.key === forward ? 1 : -1) : 0;
    const ends = { Home: 0, End: buttons.length - 1 };
    const here = buttons.indexOf(document.activeElement);
    const at = event.key in ends ? ends[event.key] : (here + step + buttons.length) % buttons.length;
    if (here < 0 || at === here) return;
    event.preventDefault();
    enter(at);
    buttons[at].focus();
  });
}

function write_link(field) {
  const from = field.selectionStart;
  const picked = field.value.slice(from, field.selectionEnd);
  const address = /^https?:\/\/\S+$/.test(picked);
  const text = address ? `[words](${picked})` : `[${picked || "words"}](https://)`;
  insert(field, text, from, field.selectionEnd);
  if (address) field.setSelectionRange(from + 1, from + 6);
  else field.setSelectionRange(from + text.length - 1, from + text.length - 1);
}

function write_quote(field) {
  if (field.selectionStart !== field.selectionEnd) {
    change_lines(field, (line) => `> ${line}`, "");
    insert(field, "\n>\n> — Name, role", field.selectionEnd, field.selectionEnd);
    return;
  }
  insert_block(field, "> What was said.\n>\n> — Name, role");
}
