// "Copy the text": the words of the page that are marked with data-take, in their order, to the clipboard.

export function offer_copy(button) {
  const said = document.getElementById(button.getAttribute("aria-describedby"));
  button.hidden = false;
  button.addEventListener("click", async () => {
    said.textContent = "";
    said.textContent = (await copied(words())) ? "The text is on your clipboard." : "The text is marked. Copy it with your keyboard or menu.";
  });
}

function words() {
  return [...document.querySelectorAll("[data-take]")].map((part) => part.innerText.trim()).filter(Boolean).join("\n\n");
}

// The clipboard is closed to pages without HTTPS; there the text is marked, so that one key is enough.
async function copied(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    mark_story();
    return false;
  }
}

function mark_story() {
  const parts = document.querySelectorAll("[data-take]");
  const range = document.createRange();
  range.setStartBefore(parts[0]);
  range.setEndAfter(parts[parts.length - 1]);
  getSelection().removeAllRanges();
  getSelection().addRange(range);
}
