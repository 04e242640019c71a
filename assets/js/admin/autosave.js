// Sends unsaved words to the server now and then, so that they outlive this browser. Saving is another thing.
import { fingerprint, words_of } from "./form_words.js";

const SENDS_AFTER = 4000;

export function autosave(form) {
  const note = form.querySelector("[data-autosaved]");
  const loss = form.querySelector("[data-found]");
  let sent = fingerprint(words_of(form));
  let timer = 0;
  let leaving = false;

  const send = async (keepalive) => {
    clearTimeout(timer);
    timer = 0;
    const words = fingerprint(words_of(form));
    if (leaving || words === sent) return;
    const answer = await post(form, keepalive);
    if (leaving) return;
    if (answer === "kept") sent = words;
    tell(note, loss, answer);
  };
  form.addEventListener("input", () => { timer ||= setTimeout(send, SENDS_AFTER); });
  document.addEventListener("visibilitychange", () => { if (document.hidden) send(true); });
  form.addEventListener("submit", (event) => {
    if (event.defaultPrevented) return;
    leaving = true;
    clearTimeout(timer);
  });
  window.addEventListener("pageshow", () => { leaving = false; });
}

async function post(form, keepalive) {
  const body = new URLSearchParams([...new FormData(form)].filter(([, word]) => typeof word === "string"));
  try {
    const answer = await fetch(form.dataset.autosave, { method: "POST", body, redirect: "manual", keepalive: keepalive === true });
    if (answer.status === 204) return "kept";
    return answer.type === "opaqueredirect" ? "signed out" : "refused";
  } catch {
    return "unreachable";
  }
}

const LOSSES = {
  "signed out": "You are signed out. Your words are kept in this browser: sign in again in another tab, then save here.",
  refused: "The server could not keep a copy of what is not saved yet. Your words are kept in this browser.",
  unreachable: "The server cannot be reached. Your words are kept in this browser.",
};

// That it works is a quiet remark; that it does not is said aloud, once.
function tell(note, loss, answer) {
  if (note) note.textContent = answer === "kept" ? "; a copy is kept" : "";
  const sentence = LOSSES[answer] ?? "";
  const told = loss?.querySelector("[data-loss]");
  if (told?.textContent === sentence || (!told && !sentence)) return;
  told?.remove();
  if (!sentence) return;
  const words = document.createElement("p");
  words.dataset.loss = "";
  words.textContent = sentence;
  loss?.append(words);
}
