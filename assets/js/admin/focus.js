// The point of interest by click or arrow keys, with all cuts at once. The number fields stay the truth.
const STEP = 1;
const LEAP = 10;
const moves = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

export function pick_point(view) {
  const form = view.closest("form");
  const x = form?.querySelector("[data-focus-x]");
  const y = form?.querySelector("[data-focus-y]");
  if (!x || !y) return;
  const parts = view.querySelector(".whole") ? parts_of(view) : make_parts(view);
  const { whole, point } = parts;
  const show = () => place(parts, percent(x), percent(y));
  const set = (left, top) => {
    x.value = clamp(left);
    y.value = clamp(top);
    x.dispatchEvent(new Event("input", { bubbles: true }));
    y.dispatchEvent(new Event("input", { bubbles: true }));
  };
  whole.tabIndex = 0;
  whole.setAttribute("role", "group");
  whole.setAttribute("aria-label", "Point of interest: click, or move it with the arrow keys");
  whole.append(point);
  whole.addEventListener("click", (event) => {
    const box = whole.getBoundingClientRect();
    set((event.clientX - box.left) / box.width * 100, (event.clientY - box.top) / box.height * 100);
  });
  whole.addEventListener("keydown", (event) => {
    const move = moves[event.key];
    if (!move) return;
    event.preventDefault();
    const by = event.shiftKey ? LEAP : STEP;
    set(percent(x) + move[0] * by, percent(y) + move[1] * by);
  });
  for (const field of [x, y]) field.addEventListener("input", show);
  form.addEventListener("input", ({ target }) => {
    if (target.matches("[data-lead]")) change_picture(view, parts, target);
  });
  show();
}

function parts_of(view) {
  const point = document.createElement("span");
  point.className = "point";
  return { whole: view.querySelector(".whole"), cuts: [...view.querySelectorAll(".cut")], point };
}

function make_parts(view) {
  const whole = element("div", "whole", document.createElement("img"));
  const cuts = element("div", "cuts", cut("list", "3:2, in lists"), cut("wide", "16:9, wide"), cut("square", "1:1"));
  cuts.setAttribute("aria-hidden", "true");
  view.replaceChildren(whole, cuts);
  return parts_of(view);
}

function cut(look, words) {
  const label = document.createElement("span");
  label.textContent = words;
  return element("p", `cut ${look}`, document.createElement("img"), label);
}

function element(name, look, ...children) {
  const made = document.createElement(name);
  made.className = look;
  made.append(...children);
  return made;
}

function place({ cuts, point }, left, top) {
  point.style.left = `${left}%`;
  point.style.top = `${top}%`;
  for (const shown of cuts) {
    shown.style.setProperty("--fx", `${left}%`);
    shown.style.setProperty("--fy", `${top}%`);
  }
}

function change_picture(view, { whole, cuts }, radio) {
  if (!radio.checked) return;
  const thumb = radio.parentElement.querySelector("img");
  view.hidden = !thumb;
  for (const part of thumb ? [whole, ...cuts] : []) {
    const image = part.querySelector("img");
    if (image.dataset.number === radio.value) continue;
    image.src = thumb.src;
    image.alt = part === whole ? thumb.alt : "";
    image.dataset.number = radio.value;
    image.removeAttribute("width");
    image.removeAttribute("height");
  }
}

const clamp = (number) => Math.min(100, Math.max(0, Math.round(number)));
const percent = (field) => clamp(field.value === "" ? 50 : Number(field.value) || 0);
