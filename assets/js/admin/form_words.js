// What a person typed into a form, as pairs of name and word; keys and file inputs are not theirs.
const NOT_TYPED = new Set(["form_key", "token"]);

export function is_typed(name) {
  return !NOT_TYPED.has(name);
}

export function words_of(form) {
  return [...new FormData(form)].filter(([name, word]) => is_typed(name) && typeof word === "string");
}

// Browsers hand line ends out in two ways; a text is the same in both.
export function fingerprint(words) {
  const typed = words.filter(([name]) => name !== "shown");
  return JSON.stringify(typed).replaceAll("\\r\\n", "\\n");
}

export function put_words(form, words) {
  const by_name = new Map();
  for (const [name, word] of words) by_name.set(name, [...(by_name.get(name) ?? []), word]);
  for (const field of form.elements) {
    if (!field.name || NOT_TYPED.has(field.name) || field.type === "submit" || field.type === "file") continue;
    const typed = by_name.get(field.name) ?? [];
    if (field.type === "radio" || field.type === "checkbox") field.checked = typed.includes(field.value);
    else if (typed.length > 0) field.value = typed[0];
  }
  form.dispatchEvent(new CustomEvent("words-put", { detail: words }));
  for (const field of form.querySelectorAll("input, textarea, select")) {
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }
}
