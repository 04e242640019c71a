// Suggestions complete the last of several words with commas between them, and never offer one that is there already.
export function complete_last_word(field) {
  const list = field.list;
  if (!list) return;
  const known = [...list.options].map((option) => option.value);
  const fill = () => {
    const cut = field.value.lastIndexOf(",") + 1;
    const before = field.value.slice(0, cut);
    const there = new Set(before.split(",").map((word) => word.trim().toLowerCase()));
    const free = known.filter((word) => !there.has(word.toLowerCase()));
    list.replaceChildren(...free.map((word) => option(before ? `${before} ${word}` : word)));
  };
  field.addEventListener("focus", fill);
  field.addEventListener("input", fill);
}

function option(value) {
  const element = document.createElement("option");
  element.value = value;
  return element;
}
