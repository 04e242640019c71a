// Asks before a page with unsent text is left. Sending it is not leaving.
import { fingerprint, words_of } from "./form_words.js";

export function guard(form) {
  const before = form.hasAttribute("data-unsaved") ? "" : fingerprint(words_of(form));
  let sending = false;
  form.addEventListener("submit", (event) => { sending = !event.submitter?.formTarget; });
  window.addEventListener("pageshow", () => { sending = false; });
  window.addEventListener("beforeunload", (event) => {
    if (!sending && form.isConnected && fingerprint(words_of(form)) !== before) event.preventDefault();
  });
}
