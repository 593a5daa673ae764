// Fetches voices like the words so far, while the person still writes. Without this script they are shown before sending.
const place = document.querySelector("[data-similar]");
const words = document.querySelector("textarea[name=text]");
let waiting = 0, last = "";
if (place && words) {
  const ask = async () => {
    const text = words.value.trim().slice(0, 600);
    if (text.length < 20 || text === last) return;
    last = text;
    const answer = await fetch(`${place.dataset.similar}?text=${encodeURIComponent(text)}`).catch(() => null);
    if (answer && answer.ok) place.innerHTML = await answer.text();
  };
  words.addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(ask, 900); });
}
