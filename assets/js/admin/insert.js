// Writes into a textarea so that the browser's own undo still works.
export function insert(field, text, from, to) {
  field.focus();
  field.setSelectionRange(from, to);
  // Deprecated, and still the only way that keeps the undo history.
  if (!document.execCommand("insertText", false, text)) {
    field.setRangeText(text, from, to, "end");
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }
}

export function wrap(field, before, after, fallback) {
  const from = field.selectionStart;
  const picked = field.value.slice(from, field.selectionEnd) || fallback;
  insert(field, before + picked + after, from, field.selectionEnd);
  field.setSelectionRange(from + before.length, from + before.length + picked.length);
}

// The lines touched by the selection, each changed; a block of its own has an empty line on either side.
export function change_lines(field, change, fallback) {
  const from = field.value.lastIndexOf("\n", field.selectionStart - 1) + 1;
  const end = field.value.indexOf("\n", field.selectionEnd);
  const to = end < 0 ? field.value.length : end;
  const lines = (field.value.slice(from, to) || fallback).split("\n");
  insert(field, lines.map(change).join("\n"), from, to);
}

export function insert_block(field, text) {
  const at = field.selectionEnd;
  const before = field.value.slice(0, at);
  const gap = before === "" || before.endsWith("\n\n") ? "" : before.endsWith("\n") ? "\n" : "\n\n";
  const after = field.value.slice(at).startsWith("\n\n") ? "" : "\n\n";
  insert(field, gap + text + after, at, at);
}
