// Keeps a copy of unsent text in the browser, per item and person, and offers it back after a crash or an expired sign-in.
import { fingerprint, is_typed, put_words, words_of } from "./form_words.js";

const WRITES_AFTER = 400;
const SENT = "dateline.sent";

export function keep(form) {
  const key = kept_under(form);
  const page = fingerprint(words_of(form));
  const kept = read(localStorage, key);
  const offered = kept && kept_by_server(kept);
  if (offered) forget_with_server(key, offered);
  else if (kept && fingerprint(kept) !== page) offer(form, key, kept);
  else if (kept && !form.hasAttribute("data-unsaved")) localStorage.removeItem(key);

  let timer = 0;
  const write = () => {
    clearTimeout(timer);
    const words = words_of(form);
    if (fingerprint(words) !== page) store(localStorage, key, words);
  };
  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(write, WRITES_AFTER);
  });
  form.addEventListener("submit", () => {
    write();
    store(sessionStorage, SENT, key);
  });
  window.addEventListener("pagehide", write);
}

// What the server kept too is offered once, by the server, and thrown away in both places.
function kept_by_server(words) {
  return [...document.querySelectorAll("[data-kept-by-server]")].find((offered) => {
    const theirs = [...new URLSearchParams(offered.dataset.keptByServer)].filter(([name]) => is_typed(name));
    return fingerprint(theirs) === fingerprint(words);
  });
}

function forget_with_server(key, offered) {
  offered.querySelector("button").form.addEventListener("submit", () => localStorage.removeItem(key));
}

// What was sent is answered with its page and a sentence, and the editor with the text too; only then is the copy of no more use.
export function forget_sent() {
  const sent = read(sessionStorage, SENT);
  const forms = [...document.querySelectorAll("[data-editor], [data-key]")];
  const form = forms.find((one) => one.hasAttribute("data-editor") || kept_under(one) === sent);
  const kept = sent && read(localStorage, sent);
  try {
    sessionStorage.removeItem(SENT);
    if (kept && form && document.querySelector("[data-said]") && is_taken(form, kept)) localStorage.removeItem(sent);
  } catch {
    // A browser that keeps nothing has nothing to forget.
  }
}

function kept_under(form) {
  return `dateline.kept ${form.dataset.key}`;
}

function is_taken(form, kept) {
  return !form.hasAttribute("data-editor") || holds(form, kept);
}

// The server tidies what it stores, so only the long texts are compared, and those without their white space.
function holds(form, kept) {
  const bare = (words, name) => (words.find((pair) => pair[0] === name)?.[1] ?? "").replace(/\s+/g, "");
  const here = words_of(form);
  return ["title", "summary", "body", "notes"].every((name) => bare(here, name) === bare(kept, name));
}

function offer(form, key, kept) {
  const place = form.querySelector("[data-found]");
  if (!place) return;
  const words = document.createElement("p");
  words.textContent = "We found text you had not saved.";
  const back = button("Bring it back", () => put_words(form, kept));
  const away = button("Throw it away", () => localStorage.removeItem(key));
  for (const choice of [back, away]) {
    choice.addEventListener("click", () => {
      place.replaceChildren();
      form.querySelector("textarea, input:not([type=hidden])")?.focus();
    });
  }
  place.replaceChildren(words, back, away);
}

function button(label, press) {
  const element = document.createElement("button");
  element.type = "button";
  element.textContent = label;
  element.addEventListener("click", press);
  return element;
}

function read(storage, key) {
  try {
    return JSON.parse(storage.getItem(key));
  } catch {
    return null;
  }
}

function store(storage, key, value) {
  try {
    storage.setItem(key, JSON.stringify(value));
  } catch {
    // Full or forbidden: the form itself still holds the text.
  }
}
