// The newsroom's conveniences. Every page works without them; each is bound by the data attribute of its name.
import { show_changes } from "./admin/changed.js";
import { autosave } from "./admin/autosave.js";
import { choose_written } from "./admin/alt_text.js";
import { complete_last_word } from "./admin/last_word.js";
import { choose_lead } from "./admin/lead.js";
import { count } from "./admin/count.js";
import { guard } from "./admin/guard.js";
import { keys } from "./admin/keys.js";
import { forget_sent, keep } from "./admin/keep.js";
import { live } from "./admin/live.js";
import { one_line } from "./admin/one_line.js";
import { passage } from "./admin/passage.js";
import { passkey } from "./admin/passkey.js";
import { pick_point } from "./admin/focus.js";
import { pictures } from "./admin/pictures.js";
import { save_key } from "./admin/save_key.js";
import { send_once } from "./admin/once.js";
import { show_colour } from "./admin/colour.js";
import { show_file } from "./admin/show_file.js";
import { suggest_slug } from "./admin/slug.js";
import { take } from "./admin/take.js";
import { to_problems } from "./admin/problems.js";
import { toolbar } from "./admin/toolbar.js";
import { upload } from "./admin/upload.js";

// Keep comes before the guard and the counts, because it may bring a text back.
const behaviours = [
  ["[data-once]", send_once],
  ["[data-key]", keep],
  ["[data-editor], [data-unsent]", guard],
  ["[data-autosave]", autosave],
  ["[data-editor]", show_changes],
  ["[data-keys] [data-save]", save_key],
  ["[data-keys]", keys],
  ["[data-count]", count],
  ["[data-one-line]", one_line],
  ["[data-slug-from]", suggest_slug],
  ["[data-last-word]", complete_last_word],
  ["[data-toolbar]", toolbar],
  ["[data-pictures]", pictures],
  ["[data-focus]", pick_point],
  ["[data-choose-lead]", choose_lead],
  ["[data-take]", take],
  ["[data-alt-text]", choose_written],
  ["[data-colour]", show_colour],
  ["[data-show-file]", show_file],
  ["[data-live]", live],
  ["[data-upload]", (form) => upload(form, bind)],
  ["[data-passage]", passage],
  ["[data-passkey]", passkey],
  ["[data-problems]", to_problems],
];

function bind(root) {
  for (const [selector, behaviour] of behaviours) {
    for (const element of root.querySelectorAll(selector)) behaviour(element);
  }
}

forget_sent();
bind(document);
