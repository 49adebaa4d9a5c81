// A pressed button shows that it works until the site has answered. Meanwhile no other press does anything. A page that
// does not answer for twenty seconds lets go, and so does one that the browser goes back to; not one that htmx leaves for
// another page.
let work;

document.addEventListener("click", event => {
  if (!work || !event.target.closest("button")) return;
  event.preventDefault();
  event.stopPropagation();
}, true);
document.addEventListener("htmx:before:request", ({defaultPrevented, detail: {ctx}}) => {
  if (!defaultPrevented && ctx.sourceElement.type === "submit") begin(ctx, ctx.sourceElement);
});
document.addEventListener("htmx:finally:request", ({detail: {ctx}}) => ctx.keepIndicators || end(ctx));
document.addEventListener("submit", event => event.defaultPrevented || begin(event, event.submitter));
addEventListener("pageshow", event => event.persisted && end(work));

function begin(cause, button) {
  work = cause;
  const shown = button?.matches(".default") ? button.form.querySelector(".primary") : button;
  setTimeout(() => work === cause && [shown, document.getElementById("page")].forEach(e => e?.setAttribute("aria-busy", true)), 300);
  setTimeout(end, 20000, cause);
}

function end(cause) {
  if (!cause || work !== cause) return;
  work = null;
  document.querySelectorAll("[aria-busy]").forEach(e => e.removeAttribute("aria-busy"));
}
