// Asks the browser for a passkey, and sends its answer with the form. The form stands hidden where there is no script.
export function passkey(form) {
  if (!window.PublicKeyCredential) return;
  form.hidden = false;
  form.addEventListener("submit", async (event) => {
    const { question, answer } = fields(form);
    if (answer.value) return;
    event.preventDefault();
    tell(form, "");
    try {
      const asked = await fetch(form.dataset.passkey, { method: "POST", redirect: "manual" });
      if (!asked.ok) throw new Error("refused");
      const { name, options } = await asked.json();
      const found = await ask(options.publicKey);
      question.value = name;
      answer.value = JSON.stringify(found);
    } catch (cause) {
      tell(form, cause.name === "InvalidStateError" ? "This device has a passkey for your account already." : "No passkey was given. Try again, or use another way.");
      return;
    }
    form.requestSubmit();
  });
  // The page may come back whole from the browser's memory; each question is answered once.
  window.addEventListener("pageshow", () => { fields(form).answer.value = ""; });
}

/** A form that holds another one's fields names its own otherwise. */
function fields({ elements, dataset: { prefix = "" } }) {
  return { question: elements[`${prefix}question`], answer: elements[`${prefix}answer`] };
}

function tell(form, sentence) {
  const told = form.querySelector("[role=alert]");
  told.textContent = sentence;
  told.hidden = !sentence;
}

/** Making one names its owner; asking for one does not. */
async function ask(options) {
  options.challenge = bytes(options.challenge);
  for (const list of ["excludeCredentials", "allowCredentials"]) {
    for (const one of options[list] ?? []) one.id = bytes(one.id);
  }
  if (!options.user) return proved(await navigator.credentials.get({ publicKey: options }));
  options.user.id = bytes(options.user.id);
  return made(await navigator.credentials.create({ publicKey: options }));
}

function made({ id, rawId, type, response }) {
  return {
    id, rawId: text(rawId), type, extensions: {},
    response: { attestationObject: text(response.attestationObject), clientDataJSON: text(response.clientDataJSON) },
  };
}

function proved({ id, rawId, type, response }) {
  return {
    id, rawId: text(rawId), type, extensions: {},
    response: {
      authenticatorData: text(response.authenticatorData),
      clientDataJSON: text(response.clientDataJSON),
      signature: text(response.signature),
      userHandle: response.userHandle && text(response.userHandle),
    },
  };
}

// Base 64 as addresses spell it, without padding (RFC 4648, section 5).
function bytes(words) {
  return Uint8Array.from(atob(words.replaceAll("-", "+").replaceAll("_", "/")), (sign) => sign.codePointAt(0));
}

function text(buffer) {
  return btoa(String.fromCodePoint(...new Uint8Array(buffer))).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
}
