// A mended error leaves the summary of errors. With the last of them the summary goes, and "Error" in the title.
// What a header leads elsewhere is named by a selector, and is no part of the questions.
document.addEventListener("htmx:after:swap", ({detail: {ctx: {target}}}) => target.closest?.("#questions") && shrink());

// The site looks at answers to questions again, but not at consents: a tick mends them.
document.addEventListener("change", ({target}) => {
  const wrong = target.closest(".wrong:not([hx-post])");
  if (!wrong || !target.checked) return;
  wrong.classList.remove("wrong");
  wrong.querySelector(".problem").remove();
  target.removeAttribute("aria-invalid");
  shrink();
});

function shrink() {
  const title = document.getElementById("summary-title"), summary = title?.parentNode;
  if (!summary) return;
  summary.setAttribute("aria-live", "off");
  for (const link of summary.querySelectorAll("a")) {
    const problem = document.getElementById(link.hash.slice(1) + "-problem");
    if (problem) link.textContent = problem.lastChild.textContent;
    else link.parentNode.remove();
  }
  const left = summary.querySelectorAll("a").length;
  title.textContent = left === 1 ? title.dataset.last : title.textContent.replace(/\d+/, left);
  if (left) return;
  summary.remove();
  document.title = document.title.replace(/^[^:]+: /, "");
}
