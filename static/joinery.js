// Says so when the site could not be reached. htmx alone would do nothing then, and a press of Continue with it; an
// error page of a server before the site, which is a whole page, it would put in the place of the form.
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

// Takes the advice about an address away as soon as that changes: it is about another one then, and whoever went on
// from the field to the button in it would lose their place when the site takes it away.
document.addEventListener("input", event => {
  const advice = document.getElementById(event.target.id + "-advice");
  if (advice) advice.textContent = "";
});
