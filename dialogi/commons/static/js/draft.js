// Keeps the words of a form in this browser until they are sent. Only fields with data-draft are kept: the words, never who wrote them.
// <form data-draft-form="speak" data-draft-text="..."> ... <p data-draft-said role="status"></p>; the form that sends at last has
// data-draft-sends="speak", and the receipt that comes of it clears with data-draft-clear="speak".

const WEEKS = 2 * 7 * 24 * 3600 * 1000;
const key = (name) => `dialogi.draft.${name}`;

function read(name) {
  try {
    const kept = JSON.parse(localStorage.getItem(key(name)));
    return kept && Date.now() - kept.at < WEEKS ? kept.words : {};
  } catch { return {}; }
}

// Only what was just sent is cleared: looking at an old receipt leaves a new draft alone.
const mark = (name) => `dialogi.sent.${name}`;
for (const form of document.querySelectorAll("[data-draft-sends]")) {
  form.addEventListener("submit", (event) => {
    if (event.submitter?.value !== "send") return;
    try { sessionStorage.setItem(mark(form.dataset.draftSends), "yes"); } catch { /* private mode */ }
  });
}
for (const { dataset: { draftClear: name } } of document.querySelectorAll("[data-draft-clear]")) {
  try {
    if (sessionStorage.getItem(mark(name))) localStorage.removeItem(key(name));
    sessionStorage.removeItem(mark(name));
  } catch { /* private mode */ }
}

for (const form of document.querySelectorAll("[data-draft-form]")) {
  const name = form.dataset.draftForm;
  const fields = [...form.querySelectorAll("textarea[data-draft], input[type=text][data-draft]")];
  const said = form.querySelector("[data-draft-said]");
  const say = (text) => { if (said) said.textContent = text; };
  const kept = read(name);
  let restored = false;
  for (const field of fields) {
    if (!field.value && kept[field.name]) {
      field.value = kept[field.name];
      restored = true;
      field.dispatchEvent(new Event("input", { bubbles: true }));
    }
  }
  if (restored) say(form.dataset.draftRestored || "");

  let timer;
  const keep = () => {
    const words = Object.fromEntries(fields.filter((field) => field.value.trim()).map((field) => [field.name, field.value]));
    try {
      if (Object.keys(words).length) localStorage.setItem(key(name), JSON.stringify({ at: Date.now(), words }));
      else localStorage.removeItem(key(name));
      say(form.dataset.draftText || "");
    } catch { /* full or forbidden: the form works without */ }
  };
  form.addEventListener("input", (event) => {
    if (!fields.includes(event.target)) return;
    clearTimeout(timer);
    timer = setTimeout(keep, 700);
  });
  window.addEventListener("pagehide", () => { if (timer) { clearTimeout(timer); keep(); } });
  form.addEventListener("submit", () => { clearTimeout(timer); timer = 0; });
}
