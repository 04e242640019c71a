// The library in a dialog: searched and paged like its own page, and a press gives the picture to whoever asked.
const NO_ANSWER = "The library did not answer. Check the connection; if you are signed out, sign in again in another tab. What you have written stays here.";

/** Opens the dialog; `give` gets the number, the address of a small copy and the words of the picture that is pressed. */
export function ask_picture(heading, give) {
  document.querySelector("[data-pictures]")?.dispatchEvent(new CustomEvent("ask-picture", { detail: { heading, give } }));
}

/** The same for several: each press takes a picture or leaves it again, and `give` gets their numbers in the order of the presses. */
export function ask_pictures(heading, give) {
  document.querySelector("[data-pictures]")?.dispatchEvent(new CustomEvent("ask-picture", { detail: { heading, give, chosen: [] } }));
}

export function pictures(dialog) {
  const search = dialog.querySelector("form");
  const parts = {
    words: dialog.querySelector("[data-count-words]"),
    results: dialog.querySelector("[data-results]"),
    turning: dialog.querySelector("[data-turning]"),
    give: dialog.querySelector("[data-give]"),
    chosen: dialog.querySelector("[data-chosen-words]"),
  };
  let asked = null;
  let latest = 0;
  const show = async (address) => {
    const mine = latest += 1;
    const found = await look(address);
    if (mine !== latest) return;
    fill(parts, found);
    mark(parts, asked.chosen);
  };
  dialog.addEventListener("ask-picture", ({ detail }) => {
    asked = detail;
    dialog.querySelector("h2").textContent = detail.heading;
    parts.chosen.textContent = "";
    mark(parts, asked.chosen);
    dialog.showModal();
    search.querySelector("input").focus();
    show(address_of(search));
  });
  search.addEventListener("submit", (event) => {
    event.preventDefault();
    show(address_of(search));
  });
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog || event.target.closest("[data-close]")) dialog.close();
    const turn = event.target.closest("[data-turn]");
    if (turn) show(turn.dataset.address);
    const frame = event.target.closest("[data-number]");
    if (event.target.closest("[data-give]")) {
      dialog.close();
      asked.give(asked.chosen);
      return;
    }
    if (!frame) return;
    if (asked.chosen) {
      take(asked.chosen, frame.dataset.number);
      mark(parts, asked.chosen);
      parts.chosen.textContent = told(asked.chosen);
      return;
    }
    dialog.close();
    asked.give({ number: frame.dataset.number, thumb: frame.querySelector("img").src, words: frame.querySelector("img").alt });
  });
}

function take(chosen, number) {
  const at = chosen.indexOf(number);
  if (at < 0) chosen.push(number);
  else chosen.splice(at, 1);
}

const told = (chosen) => chosen.length === 0 ? "No picture is chosen." : `Chosen, in this order: pictures ${chosen.join(", ")}.`;

/** Shows which pictures are chosen, where several are asked for; a gallery has two at least. */
function mark({ results, give }, chosen) {
  give.hidden = !chosen;
  give.disabled = !chosen || chosen.length < 2;
  for (const frame of results.querySelectorAll("[data-number]")) {
    if (!chosen) frame.removeAttribute("aria-pressed");
    else frame.setAttribute("aria-pressed", String(chosen.includes(frame.dataset.number)));
  }
}

const address_of = (search) => `${search.action}?${new URLSearchParams(new FormData(search))}`;

/** The library's own page at that address, or nothing where it did not answer. */
async function look(address) {
  try {
    const answer = await fetch(address);
    if (!answer.ok || answer.redirected) return null;
    return new DOMParser().parseFromString(await answer.text(), "text/html");
  } catch {
    return null;
  }
}

function fill({ words, results, turning }, page) {
  words.textContent = page ? page.querySelector(".heading .count").textContent : NO_ANSWER;
  results.replaceChildren(...[...page?.querySelectorAll(".tile") ?? []].map(frame));
  results.scrollTop = 0;
  const pages = page?.querySelector("nav.pages");
  turning.hidden = !pages;
  turning.querySelector("p").textContent = pages?.querySelector("p").textContent ?? "";
  for (const turn of turning.querySelectorAll("[data-turn]")) {
    const link = pages?.querySelector(`[rel=${turn.dataset.turn}]`);
    turn.disabled = !link;
    turn.dataset.address = link?.getAttribute("href") ?? "";
  }
}

function frame(tile) {
  const line = document.createElement("li");
  const button = document.createElement("button");
  const image = document.createElement("img");
  const number = document.createElement("span");
  button.type = "button";
  button.className = "frame";
  button.dataset.number = tile.dataset.number;
  image.src = tile.querySelector("img").getAttribute("src");
  image.alt = `Picture ${tile.dataset.number}: ${tile.querySelector(".name").textContent}`;
  number.className = "number";
  number.textContent = tile.dataset.number;
  button.append(image, number);
  line.append(button);
  return line;
}
