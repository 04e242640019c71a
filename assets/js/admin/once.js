// A second click sends nothing. Buttons are disabled after the form is gathered, so that the pressed one is still in it.
// After a while they work again, for whoever stopped the page from loading.
const FREE_AFTER = 8000;

export function send_once(form) {
  const buttons = () => [...form.elements].filter((field) => field.type === "submit");
  const free = () => {
    delete form.dataset.sent;
    for (const button of buttons()) button.disabled = false;
  };
  form.addEventListener("submit", (event) => {
    // What opens in another tab changes nothing here.
    if (event.submitter?.formTarget) return;
    if (form.dataset.sent) {
      event.preventDefault();
      return;
    }
    setTimeout(() => {
      if (event.defaultPrevented) return;
      form.dataset.sent = "yes";
      for (const button of buttons()) button.disabled = true;
      setTimeout(free, FREE_AFTER);
    });
  });
  // The page may come back whole from the browser's memory.
  window.addEventListener("pageshow", (event) => { if (event.persisted) free(); });
}
