// Drawing on the map: a place, a line or an area. The rows of the text field are the drawing; the map shows them, and writes them.

const NUMBERS = /[+-]?\d{1,3}(?:[.,]\d{1,20})?/g;
const COORDINATES = /^[NE°\s,;.+\-\d]+$/i;

export const draw = (L, map, box, { within, near, sought, fill, outside }) => {
  const field = box.closest("[data-place-field]");
  const texts = JSON.parse(field.dataset.drawTexts);
  const find = (name) => field.querySelector(`[data-draw-${name}]`);
  const [rows, said, here, undo, clear, search] = ["rows", "said", "here", "undo", "clear", "search"].map(find);
  const shape = () => find("shape").querySelector("input:checked")?.value ?? "Point";
  const layer = L.layerGroup().addTo(map);
  let corners = [];

  const corner = (row) => {
    const numbers = COORDINATES.test(row) ? row.match(NUMBERS) : null;
    if (numbers?.length === 2) return L.latLng(...numbers.map((number) => Number(number.replace(",", "."))));
    const [x, y] = sought(row)?.feature.geometry.coordinates ?? [];
    return y === undefined ? null : L.latLng(y, x);
  };
  // What was typed: its corners, and the first row that is none, so that the map never writes over what it does not understand.
  const read = () => {
    const typed = rows.value.split("\n").filter((row) => row.trim());
    const found = typed.map(corner);
    corners = found.filter(Boolean);
    return typed[found.indexOf(null)];
  };
  const show = () => {
    layer.clearLayers();
    const kind = shape();
    if (kind !== "Point" && corners.length > 1) {
      const area = kind === "Polygon";
      (area ? L.polygon : L.polyline)(corners, { className: `map-drawing${area ? " area" : ""}`, interactive: false }).addTo(layer);
    }
    for (const [place, at] of corners.entries()) {
      const icon = L.divIcon({ className: "map-corner", iconSize: [22, 22] });
      const marker = L.marker(at, { icon, draggable: true, keyboard: false }).addTo(layer);
      marker.on("dragend", () => (within(marker.getLatLng()) ? put(marker.getLatLng(), place) : show()));
    }
    undo.hidden = clear.hidden = !corners.length;
  };
  const write = (sentence) => {
    rows.value = corners.map(({ lat, lng }) => `${lat.toFixed(5)} ${lng.toFixed(5)}`).join("\n");
    rows.dispatchEvent(new Event("change", { bubbles: true }));
    said.textContent = sentence;
    show();
  };
  const put = (at, place) => {
    const strange = read();
    if (strange) { said.textContent = fill(texts.strange, { row: strange }); return; }
    if (!within(at)) { said.textContent = outside; return; }
    const n = place ?? (shape() === "Point" ? 0 : corners.length);
    corners = shape() === "Point" ? [at] : [...corners.slice(0, n), at, ...corners.slice(n + 1)];
    const close = near(at);
    write(fill(close ? texts.cornerNear : texts.corner, { n: n + 1, ...close }));
  };
  const look = () => {
    const found = sought(field.querySelector("[data-place-words]").value);
    if (found) map.setView([...found.feature.geometry.coordinates].reverse(), 12.5);
    return found;
  };

  map.on("click", (event) => put(event.latlng));
  box.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.target !== box) return;
    event.preventDefault();
    put(map.getCenter());
  });
  here.addEventListener("click", () => put(map.getCenter()));
  undo.addEventListener("click", () => { corners.pop(); write(fill(texts.undone, { n: corners.length })); if (!corners.length) here.focus(); });
  clear.addEventListener("click", () => { corners = []; write(texts.cleared); here.focus(); });
  search.addEventListener("click", () => { said.textContent = fill(look() ? texts.found : texts.notFound, { name: look()?.name }); });
  rows.addEventListener("input", () => { read(); show(); });
  find("shape").addEventListener("change", show);
  read();
  show();
  if (corners.length) map.fitBounds(L.latLngBounds(corners).pad(0.3), { maxZoom: 14, animate: false });
  else look();
};
