// The line near the buttons says whether the answers are saved. What the site could not save, or did not answer to, is
// saved again: when the browser is online again, and after pauses that grow. A screen reader hears of trouble, and of its end.
let trouble, pause, timer;
const line = () => document.getElementById("saving");

// An autosave does not wait for a press to be answered: it would be sent from the next page. If the press fails, fail saves.
document.addEventListener("htmx:config:request", event => work && event.detail.ctx.target.id === "saving" && event.preventDefault());

document.addEventListener("htmx:before:request", ({detail: {ctx: {target}}}) => {
  if (plain || target.id !== "saving" || target === trouble) return;
  target.setAttribute("aria-live", "off");
  say(document.body.dataset.saving, "kept");
});

// htmx alone would ignore that no answer comes.
document.addEventListener("htmx:error", fail);
addEventListener("online", () => pause && retry());

function fail() {
  const saving = line(), {offline, silent, again} = document.body.dataset;
  if (!saving) return;
  worry(saving, true);
  say((navigator.onLine ? silent : offline) + (saving.hasAttribute("hx-post") ? " " + again : ""), "problem");
}

// learn takes from the answer of the site whether the last change is saved. It hears of it before htmx shows the answer,
// and keeps words from being shown twice. A press takes the place of an autosave: if it fails, nothing is saved.
function learn(event, {target, hx, response: {status}, text}) {
  const saving = line();
  if (hx.retarget === "#trouble") return status < 500 ? saving?.replaceChildren() : fail();
  if (target !== saving && hx.retarget !== "#saving") return;
  if (status < 400) return trouble = null, worry(null);
  if (saving === trouble && text.includes(saving.textContent)) event.preventDefault();
  worry(saving, status >= 500);
}

// worry notes the line that tells of trouble, and saves again later if that may help.
function worry(saving, again) {
  clearTimeout(timer);
  pause = again && Math.min(saving === trouble && 2 * pause || 2000, 60000);
  trouble = saving;
  saving?.setAttribute("aria-live", "polite");
  if (again) timer = setTimeout(retry, pause);
}

function retry() {
  if (trouble?.isConnected) htmx.trigger(trouble, "retry");
}

function say(words, kind) {
  const saving = line();
  if (saving.textContent !== words) saving.replaceChildren(Object.assign(document.createElement("p"), {className: kind, textContent: words}));
}
