// A slash leads to the search, a question mark shows the keys: not while somebody types, and not where keys are switched off.
export function keys(body) {
  const search = document.getElementById("find");
  const list = document.getElementById("all-keys");
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || types(event.target)) return;
    if (event.key === "/" && search) {
      event.preventDefault();
      search.focus();
      search.select();
    } else if (event.key === "?" && list && !list.open) {
      event.preventDefault();
      list.showModal();
    }
  });
}

function types(target) {
  return target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName);
}
