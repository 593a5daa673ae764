// Fetches voices like the words so far, while the person still writes. Without this script they are shown before sending.
const place = document.querySelector("[data-similar]");
const words = document.querySelector("textarea[name=text]");
let waiting = 0, last = "";
if (place && words) {
  const ask = async () => {
    const text = words.value.trim().slice(0, 600);
    if (text.length < 20 || text === last) return;
    last = text;
    const found = await fetch(`${place.dataset.similar}?text=${encodeURIComponent(text)}`)
      .then((answer) => (answer.ok ? answer.text() : null))
      .catch(() => null);
    if (found !== null && text === last) place.innerHTML = found; // an answer that comes late says nothing of the words of now
  };
  words.addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(ask, 900); });
}
