// Shows the typed colour with the words that will stand on it.
export function show_colour(field) {
  const swatch = document.createElement("span");
  swatch.className = "swatch";
  swatch.textContent = "Words on this colour";
  field.after(swatch);
  const show = () => {
    const given = /^#[0-9a-f]{6}$/i.test(field.value.trim());
    swatch.hidden = !given;
    if (!given) return;
    swatch.style.background = field.value.trim();
    swatch.style.color = reads_dark(field.value.trim()) ? "#111" : "#fff";
  };
  field.addEventListener("input", show);
  show();
}

// Black words where they have more contrast than white ones: WCAG 2.2, relative luminance.
function reads_dark(colour) {
  const [red, green, blue] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue > 0.179;
}
