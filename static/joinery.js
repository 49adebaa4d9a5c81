// Something on the way may drop the headers that begin with HX-. Then a whole page of ours comes, or a part without its
// mark. The browser goes to that page without htmx, and this page asks for no more parts. Only the letter's status goes on.
// An error that is not ours comes from something on the way.
let plain = false;
document.addEventListener("htmx:after:request", event => {
  const {ctx} = event.detail, {text, target: {id}, sourceElement, request, response: {raw}} = ctx;
  if (ctx.hx.fragment) return learn(event, ctx);
  if (id === "live" && text.includes('id="live"')) return ctx.select = "#live";
  event.preventDefault();
  const steps = id === "page" || id === "live";
  if (!/id="main"|^<(title|p class="(kept|summary|problem))/.test(text) && (steps || !raw.ok || /<html/i.test(text))) return fail();
  plain = true;
  if (!steps) return;
  if (raw.redirected || request.method === "GET") location = raw.url;
  else sourceElement.form.requestSubmit(sourceElement);
});
// A page that is not seen does not ask for news of the letter, nor whether its code was used.
document.addEventListener("htmx:before:request", event => {
  const {target, sourceElement} = event.detail.ctx;
  if (plain && target.id !== "live" || document.hidden && (target.id === "live" || sourceElement.id === "handoff")) event.preventDefault();
});
for (const type of ["click", "change", "input"]) {
  document.addEventListener(type, event => plain && event.stopPropagation(), true);
}

// Removes the advice about an address as soon as the address changes, because the advice is outdated. If the site
// removed it later, a reader on its button would lose the focus.
document.addEventListener("input", event => {
  const advice = document.getElementById(event.target.id + "-advice");
  if (advice) advice.textContent = "";
}, true);

// Unticks what does not go with the choice that was just ticked. It hears of it before htmx does, so that what htmx
// sends is right.
document.addEventListener("change", ({target}) => {
  if (target.type !== "checkbox" || !target.checked) return;
  for (const other of document.getElementsByName(target.name)) {
    if (other !== target && ("exclusive" in other.dataset || "exclusive" in target.dataset)) other.checked = false;
  }
}, true);

// A page that htmx brings comes gently where motion is welcome. One that the browser loads does not: a slow phone would take
// longer until it can be used.
document.addEventListener("htmx:after:settle", ({target}) => target.id === "page" &&
  !matchMedia("(prefers-reduced-motion)").matches && target.animate({opacity: [.3, 1]}, 150));
