// Suggests a slug from the title while the item is new and nobody has typed one. The server knows more letters.
const LONGEST = 80;

export function suggest_slug(slug) {
  const title = document.getElementById(slug.dataset.slugFrom);
  if (!title) return;
  let own = slug.value !== "";
  slug.addEventListener("input", (event) => { if (event.isTrusted) own = slug.value !== ""; });
  slug.form?.addEventListener("words-put", () => { own = slug.value !== ""; });
  title.addEventListener("input", () => { if (!own) slug.value = slug_of(title.value); });
}

function slug_of(title) {
  const plain = title.normalize("NFKD").replace(/[\u0300-\u036f'’]/g, "").toLowerCase();
  // Half a slug of a title in another script would be worse than the one the server makes.
  if (/[^\u0000-\u007f\u2010-\u201f\u2026]/.test(plain)) return "";
  const words = plain.replace(/[^a-z0-9]+/g, "-").replace(/^-+|-+$/g, "");
  if (words.length <= LONGEST) return words;
  const cut = words.slice(0, LONGEST + 1);
  return cut.slice(0, Math.max(cut.lastIndexOf("-"), 0)) || words.slice(0, LONGEST);
}
