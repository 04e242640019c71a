// Shows the page a request was answered with, at its own address, as if the browser had gone there.
export function show_page(request, bind) {
  const is_page = (request.getResponseHeader("content-type") ?? "").startsWith("text/html");
  if (!is_page) return false;
  const page = new DOMParser().parseFromString(request.responseText, "text/html");
  if (!page.querySelector("main")) return false;
  document.title = page.title;
  document.body.replaceWith(document.adoptNode(page.body));
  if (request.responseURL !== location.href) {
    history.pushState(null, "", request.responseURL);
    window.addEventListener("popstate", () => location.reload(), { once: true });
  }
  bind(document);
  const start = document.querySelector("[data-problems]") ?? document.querySelector("main");
  start.focus();
  window.scrollTo(0, 0);
  return true;
}
