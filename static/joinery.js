// Shows a message when the site cannot be reached. htmx alone would ignore the failure, so Continue would do nothing.
// It would also replace the form with the error page of a proxy, which is a whole page.
document.addEventListener("htmx:error", () => show(true));
document.addEventListener("htmx:after:request", event => {
  const foreign = /<html/i.test(event.detail.ctx.text);
  if (foreign) event.preventDefault();
  show(foreign);
});

function show(offline) {
  const box = document.getElementById("offline");
  if (!box) return;
  box.hidden = !offline;
  box.textContent = offline ? document.body.dataset.offline : "";
}

// Removes the advice about an address as soon as the address changes, because the advice is outdated. If the site
// removed it later, a reader on its button would lose the focus.
document.addEventListener("input", event => {
  const advice = document.getElementById(event.target.id + "-advice");
  if (advice) advice.textContent = "";
});

// Unticks what does not go with the choice that was just ticked. It hears of it before htmx does, so that what htmx
// sends is right.
document.addEventListener("change", ({target}) => {
  if (target.type !== "checkbox" || !target.checked) return;
  for (const other of document.getElementsByName(target.name)) {
    if (other !== target && ("exclusive" in other.dataset || "exclusive" in target.dataset)) other.checked = false;
  }
}, true);
