// Says so when the site could not be reached. htmx alone would do nothing then, and a press of Continue with it; an
// error page of a server before the site, which is a whole page, it would put in the place of the form.
document.addEventListener("htmx:error", () => show(true));
document.addEventListener("htmx:after:request", event => {
  const foreign = /<html/i.test(event.detail.ctx.text);
  if (foreign) event.preventDefault();
  show(foreign);
});

function show(offline) {
  const words = document.getElementById("offline");
  if (words) words.hidden = !offline;
}
