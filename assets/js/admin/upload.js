// Dropping pictures and a bar for each: how much of it is sent, then how many copies are made of it. It is the same
// form, and the page it answers with.
import { show_page } from "./show_page.js";

const ASKS_EVERY_MS = 400;
// Sending fills the first half of a bar, making copies the second.
const SENT = 0.5;
const ENDS = { kept: "ready", known: "here already", refused: "not taken" };

export function upload(form, bind) {
  const input = form.querySelector("input[type=file]");
  const list = form.querySelector("[data-progress]");
  const words = form.querySelector("[data-progress-words]");
  accept_drops(form.querySelector("[data-drop]"), input);
  input.addEventListener("change", () => {
    list.replaceChildren(...[...input.files].map(line));
    list.hidden = input.files.length === 0;
  });
  form.addEventListener("submit", (event) => {
    if (event.defaultPrevented || form.dataset.sent) return;
    event.preventDefault();
    form.dataset.sent = "yes";
    send(form, [...input.files], { list, words, bind });
  });
}

function send(form, files, { list, words, bind }) {
  const button = form.querySelector("button[type=submit]");
  const request = new XMLHttpRequest();
  const asking = setInterval(() => ask(form, list), ASKS_EVERY_MS);
  const fail = () => {
    clearInterval(asking);
    words.classList.remove("hidden");
    words.textContent = "The pictures did not arrive. Check the connection, then press Upload again.";
    delete form.dataset.sent;
    for (const row of list.children) {
      delete row.dataset.arrived;
      tell(row, 0, "");
    }
    button.disabled = false;
  };
  request.open("POST", form.action);
  request.upload.addEventListener("progress", (event) => show_progress(list, files, event.loaded));
  request.upload.addEventListener("load", () => { words.textContent = "The pictures have arrived and are being prepared."; });
  request.addEventListener("error", fail);
  request.addEventListener("load", () => {
    clearInterval(asking);
    if (!show_page(request, bind)) fail();
  });
  request.send(new FormData(form));
  button.disabled = true;
  words.textContent = files.length === 1 ? "Uploading one picture." : `Uploading ${files.length} pictures.`;
}

// Files travel one after the other, so what has left tells how far each one is.
function show_progress(list, files, loaded) {
  let before = 0;
  files.forEach((file, index) => {
    const row = list.children[index];
    const sent = Math.min(1, Math.max(0, (loaded - before) / Math.max(file.size, 1)));
    if (row && !row.dataset.arrived) tell(row, sent * SENT, sent === 1 ? "sent" : `${Math.floor(sent * 100)} % sent`);
    before += file.size;
  });
}

// What has really been made: of the files that are done, what came of them; of the one after them, how many copies.
async function ask(form, list) {
  const query = new URLSearchParams({ form_key: form.elements.form_key.value });
  const answer = await fetch(`/admin/images/progress?${query}`).catch(() => null);
  if (!answer?.ok || answer.headers.get("content-type") !== "application/json") return;
  const { done, made, of } = await answer.json();
  if (!form.dataset.sent) return;
  done.forEach((end, index) => arrived(list.children[index], 1, ENDS[end]));
  if (of > 0) arrived(list.children[done.length], SENT + (1 - SENT) * made / of, `${made} of ${of} copies`);
}

function arrived(row, share, words) {
  if (!row) return;
  row.dataset.arrived = "yes";
  tell(row, share, words);
}

function tell(row, share, words) {
  row.querySelector("progress").value = share;
  row.querySelector(".stage").textContent = words;
}

function line(file) {
  const row = document.createElement("li");
  const name = document.createElement("span");
  const bar = document.createElement("progress");
  const size = document.createElement("span");
  const stage = document.createElement("span");
  name.textContent = file.name;
  name.dir = "auto";
  bar.value = 0;
  bar.setAttribute("aria-label", file.name);
  size.className = "size";
  size.textContent = file.size < 1_000_000 ? `${Math.ceil(file.size / 1000)} kB` : `${(file.size / 1_000_000).toFixed(1)} MB`;
  stage.className = "stage";
  row.append(name, bar, size, stage);
  return row;
}

function accept_drops(place, input) {
  const light = (on) => (event) => {
    event.preventDefault();
    place.classList.toggle("over", on);
  };
  place.addEventListener("dragover", light(true));
  place.addEventListener("dragleave", light(false));
  place.addEventListener("drop", (event) => {
    light(false)(event);
    if (event.dataTransfer.files.length === 0) return;
    input.files = event.dataTransfer.files;
    input.dispatchEvent(new Event("change", { bubbles: true }));
  });
}
