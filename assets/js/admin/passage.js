// Whatever is selected in the text becomes the passage that a comment is about.
const LONGEST = 1000;

export function passage(article) {
  const field = document.getElementById(article.dataset.passage);
  if (!field) return;
  document.addEventListener("selectionchange", () => {
    const selection = document.getSelection();
    if (!selection || selection.isCollapsed || !article.contains(selection.anchorNode) || !article.contains(selection.focusNode)) return;
    field.value = [...selection.toString().trim().replace(/\s+/g, " ")].slice(0, LONGEST).join("");
  });
}
