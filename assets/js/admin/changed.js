// Says in the state bar that what stands in the form is not saved yet.
import { fingerprint, words_of } from "./form_words.js";

export function show_changes(form) {
  const saved = form.querySelector("[data-saved]");
  const changed = form.querySelector("[data-changed]");
  if (!saved || !changed) return;
  const before = form.hasAttribute("data-unsaved") ? "" : fingerprint(words_of(form));
  const tell = () => {
    const differs = fingerprint(words_of(form)) !== before;
    saved.hidden = differs;
    changed.hidden = !differs;
  };
  form.addEventListener("input", tell);
  form.addEventListener("change", tell);
  tell();
}
