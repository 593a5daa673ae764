// The desk by keyboard. A page names its keys: data-key="r" on a link, button or field; lists carry data-list.

const typing = (element) => element.closest("input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable]");
const links = () => [...document.querySelectorAll("[data-list] a[data-item]")];

function move(step) {
  const all = links();
  if (!all.length) return false;
  const focused = all.indexOf(document.activeElement.closest("li")?.querySelector("a[data-item]"));
  const here = focused >= 0 ? focused : all.findIndex((link) => link.hasAttribute("aria-current"));
  const next = all[Math.min(all.length - 1, Math.max(0, here + step))];
  next.focus();
  next.closest("li").scrollIntoView({ block: "nearest" });
  return true;
}

function press(key) {
  const target = [...document.querySelectorAll(`[data-key="${CSS.escape(key)}"]`)].find((element) => element.checkVisibility());
  if (!target) return false;
  const folded = target.closest("details:not([open])");
  if (folded) folded.open = true;
  if (target.matches("input:not([type=checkbox]), textarea, select")) target.focus();
  else if (target.matches("summary")) { target.click(); target.focus(); }
  else { target.click(); enter(target.hash); }
  return true;
}

// A key that leads to a part of the page goes into its first field.
function enter(hash) {
  const part = hash && document.getElementById(hash.slice(1));
  if (!part) return;
  if (part.matches("details")) part.open = true;
  part.querySelector("form :is(textarea, select, input:not([type=hidden]))")?.focus();
}

function act(key) {
  const current = document.activeElement.closest("[data-list] li");
  if (key === "j") return move(1);
  if (key === "k") return move(-1);
  if (key === "o" && current) { current.querySelector("a[data-item]").click(); return true; }
  if (key === "x" && current) { current.querySelector("input[type=checkbox]")?.click(); return true; }
  if (key === "?") { document.getElementById("keys")?.togglePopover(); return true; }
  return press(key);
}

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (typing(event.target)) {
    if (event.key === "Escape") event.target.blur();
    return;
  }
  if (event.key.length === 1 && act(event.key)) event.preventDefault();
});

// The bar for several at once says how many are chosen.
for (const bar of document.querySelectorAll("[data-bulk]")) {
  const boxes = () => [...document.querySelectorAll(`[form="${bar.closest("form")?.id}"][type=checkbox], [data-list] input[type=checkbox]`)];
  const say = () => {
    const chosen = boxes().filter((box) => box.checked).length;
    const words = bar.querySelector("[data-bulk-count]");
    if (words) words.textContent = words.dataset.text.replace("{n}", chosen);
  };
  document.addEventListener("change", say);
  say();
}
