// Who types an alt text means it to be used.
export function choose_written(field) {
  const written = field.form?.querySelector("[name=alt_choice][value=written]");
  field.addEventListener("input", () => {
    if (written && field.value.trim() !== "") written.checked = true;
  });
}
