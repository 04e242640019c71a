// The dialog of the toolbar's Picture button: a press places the picture where the writing stopped.
import { insert_block } from "./insert.js";

export function pictures(dialog) {
  const body = document.getElementById("body");
  dialog.querySelector("[data-close]").addEventListener("click", () => dialog.close());
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog) dialog.close();
    const place = event.target.closest("[data-place]");
    if (!place) return;
    dialog.close();
    insert_block(body, `![](image:${place.dataset.place})`);
  });
}
