// Counts the characters of a title or summary; said aloud only after a pause.
const SAYS_AFTER = 1200;

export function count(field) {
  const reads_well = Number(field.dataset.count);
  const shown = paragraph("count-words");
  const said = paragraph("hidden");
  shown.setAttribute("aria-hidden", "true");
  said.setAttribute("role", "status");
  field.after(shown, said);
  let timer = 0;
  const tell = () => {
    const length = [...field.value.trim()].length;
    const words = `${length} ${length === 1 ? "character" : "characters"}. Up to ${reads_well} reads well in ${field.dataset.in}.`;
    shown.textContent = words;
    shown.classList.toggle("long", length > reads_well);
    clearTimeout(timer);
    timer = setTimeout(() => { if (document.activeElement === field) said.textContent = words; }, SAYS_AFTER);
  };
  field.addEventListener("input", tell);
  tell();
}

function paragraph(look) {
  const element = document.createElement("p");
  element.className = look;
  return element;
}
