// Dropping pictures and a bar for each: the same form, sent with progress, and the page it answers with.
import { show_page } from "./show_page.js";

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
  const fail = () => {
    words.classList.remove("hidden");
    words.textContent = "The pictures did not arrive. Check the connection, then press Upload again.";
    delete form.dataset.sent;
    button.disabled = false;
  };
  request.open("POST", form.action);
  request.upload.addEventListener("progress", (event) => show_progress(list, files, event.loaded));
  request.upload.addEventListener("load", () => { words.textContent = "The pictures have arrived and are being prepared."; });
  request.addEventListener("error", fail);
  request.addEventListener("load", () => { if (!show_page(request, bind)) fail(); });
  request.send(new FormData(form));
  button.disabled = true;
  words.textContent = files.length === 1 ? "Uploading one picture." : `Uploading ${files.length} pictures.`;
}

// Files travel one after the other, so what has left tells how far each one is.
function show_progress(list, files, loaded) {
  let before = 0;
  files.forEach((file, index) => {
    const bar = list.children[index]?.querySelector("progress");
    if (bar) bar.value = Math.min(1, Math.max(0, (loaded - before) / Math.max(file.size, 1)));
    before += file.size;
  });
}

function line(file) {
  const row = document.createElement("li");
  const name = document.createElement("span");
  const bar = document.createElement("progress");
  const size = document.createElement("span");
  name.textContent = file.name;
  name.dir = "auto";
  bar.value = 0;
  bar.setAttribute("aria-label", file.name);
  size.className = "size";
  size.textContent = file.size < 1_000_000 ? `${Math.ceil(file.size / 1000)} kB` : `${(file.size / 1_000_000).toFixed(1)} MB`;
  row.append(name, bar, size);
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
