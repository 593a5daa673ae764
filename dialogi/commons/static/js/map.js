// Maps. A still picture is there at once; the map that moves is fetched when somebody wants to move it.

const wake = (box) => {
  box.live ??= import(box.dataset.live).then(({ start }) => start(box));
  return box.live;
};

// A map to point at has no picture: it was asked for, and comes as it nears the eye.
const near = new IntersectionObserver((entries) => {
  for (const { target, isIntersecting } of entries) if (isIntersecting) { near.unobserve(target); wake(target); }
}, { rootMargin: "300px" });

const prepare = (box) => {
  const button = box.querySelector("[data-map-move]");
  if (!button) { near.observe(box); return; }
  button.hidden = false;
  button.addEventListener("click", () => wake(box).then(() => { button.remove(); box.focus(); }));
  for (const happening of ["pointerenter", "pointerdown"]) box.addEventListener(happening, () => wake(box).then(() => button.remove()), { once: true });
};

const look = () => {
  for (const hidden of document.querySelectorAll("[data-map-only][hidden]")) hidden.hidden = false;
  for (const box of document.querySelectorAll("[data-map]:not([data-seen])")) { box.dataset.seen = ""; prepare(box); }
};

// First the words of the page, then its picture.
if (document.readyState === "complete") look();
else window.addEventListener("load", look);
