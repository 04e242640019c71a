// After a conflict: puts their words, or one's own, into a field of the form below.
export function take(row) {
  const field = document.getElementById(row.dataset.take);
  const difference = row.closest("[data-difference]");
  const typed = field?.matches("textarea, select, input:not([type=radio], [type=checkbox])");
  if (!typed || !difference) return;
  row.hidden = false;
  const said = row.querySelector("[role=status]");
  const put = (words, sentence) => {
    field.value = value_for(field, words);
    field.dispatchEvent(new Event("input", { bubbles: true }));
    said.textContent = sentence;
  };
  row.querySelector("[data-take-theirs]").addEventListener("click", () => put(difference.querySelector("[data-theirs]").textContent, "Theirs is in the form now."));
  row.querySelector("[data-take-yours]").addEventListener("click", () => put(difference.querySelector("[data-yours]").textContent, "Yours is in the form now."));
}

function value_for(field, words) {
  if (field.tagName !== "SELECT") return words;
  const option = [...field.options].find((choice) => choice.value === words || choice.text === words);
  return option ? option.value : field.value;
}
