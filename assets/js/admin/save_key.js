// Control and S saves, on a keyboard of either make.
export function save_key(button) {
  document.addEventListener("keydown", (event) => {
    const saves = (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey && event.key.toLowerCase() === "s";
    if (!saves) return;
    event.preventDefault();
    if (!button.disabled) button.form.requestSubmit(button);
  });
}
