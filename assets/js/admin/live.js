// Shows the front page as the form would have it, a moment after each change. Nothing is saved.
const PAUSE = 700;

export function live(place) {
  const form = place.closest("form");
  const [status, button] = [place.querySelector("[role=status]"), form.querySelector("[data-preview]")];
  const frame = document.createElement("iframe");
  frame.title = "The front page with these settings";
  frame.sandbox = "allow-same-origin";
  place.querySelector("[data-window]").append(frame);
  let [waiting, asked] = [0, 0];

  const show = async () => {
    const number = ++asked;
    const answer = await fetch(button.formAction, { method: "POST", body: new URLSearchParams(new FormData(form)) }).catch(() => null);
    if (number !== asked) return;
    if (!answer?.ok) {
      status.textContent = answer?.status === 422 ? "A field cannot be read yet. Save or preview to see which." : "The preview cannot be shown just now.";
      return;
    }
    status.textContent = "As it would look. Nothing is saved yet.";
    const shown = new DOMParser().parseFromString(await answer.text(), "text/html");
    // A picture of a page runs nothing.
    for (const script of shown.querySelectorAll("script")) script.remove();
    frame.srcdoc = `<!doctype html>${shown.documentElement.outerHTML}`;
  };

  // What is shown is a picture of a page: its links lead nowhere from here.
  frame.addEventListener("load", () => {
    for (const link of frame.contentDocument.querySelectorAll("a[href]")) link.removeAttribute("href");
  });
  form.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(show, PAUSE);
  });
  place.hidden = false;
  show();
}
