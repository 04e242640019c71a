// What the readers' pages can do beyond reading. Every page works without it.
import { offer_copy } from "./public/copy.js";

for (const button of document.querySelectorAll("[data-copy]")) offer_copy(button);
