// A map that moves. js/map.js fetches it when somebody wants one; beside every map stands its equal in words.

const CELL = 52; // pixels within which places are gathered
const DEEPEST = 15;
const RANK_FROM = { 1: 0, 2: 0, 3: 10, 4: 11 }; // from which zoom a name is shown
let leaflet;

const stylesheet = (address) => new Promise((done) => {
  if (document.querySelector(`link[href="${address}"]`)) { done(); return; }
  const link = Object.assign(document.createElement("link"), { rel: "stylesheet", href: address, onload: done, onerror: done });
  document.head.append(link);
});

const library = (box) => {
  leaflet ??= stylesheet(box.dataset.leafletCss)
    .then(() => Promise.all([import(box.dataset.leaflet), stylesheet(box.dataset.mapCss)]))
    .then(([library]) => library);
  return leaflet;
};

const json = (address) => fetch(address, { headers: { Accept: "application/json" } }).then((answer) => {
  if (!answer.ok) throw new Error(answer.status);
  return answer.json();
});

const part = (tag, attributes = {}, ...children) => {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) if (value) node.setAttribute(name, value);
  node.append(...children);
  return node;
};

const fill = (sentence, values) => sentence.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);

// --- The ground -------------------------------------------------------------------------------------------------------

// Each ring is its first point and then the steps to the next ones, in ten-thousandths of a degree.
const ring = (steps) => {
  const points = [];
  for (let i = 0, x = 0, y = 0; i < steps.length; i += 2) {
    x += steps[i];
    y += steps[i + 1];
    points.push([y / 1e4, x / 1e4]);
  }
  return points;
};

const nameNode = (names, language) => {
  const first = language === "fi" ? "fi" : "sv";
  const second = first === "fi" ? "sv" : "fi";
  const node = part("span", {}, part("b", { lang: first }, names[first]));
  if (names[second] !== names[first]) node.append(part("small", { lang: second }, names[second]));
  return node;
};

// Names that would lie on each other: the one seen from farther away stays.
const makeRoom = (map, names) => {
  const taken = [];
  for (const { marker, properties } of names) {
    const shown = map.getZoom() >= RANK_FROM[properties.rank];
    const at = map.latLngToLayerPoint(marker.getLatLng());
    const half = Math.max(properties.sv.length, properties.fi.length) * 4 + 6;
    const fits = shown && taken.every((other) => Math.abs(other.x - at.x) > other.half + half || Math.abs(other.y - at.y) > 30);
    if (fits) taken.push({ x: at.x, y: at.y, half });
    marker.getElement()?.classList.toggle("is-away", !fits);
  }
};

const drawGround = (L, map, ground, language) => {
  const land = ground.land.map((polygon) => polygon.map(ring));
  const quiet = { interactive: false, pane: "ground", smoothFactor: 0.8 };
  for (const className of ["map-shoal", "map-shallow", "map-land"]) L.polygon(land, { ...quiet, className }).addTo(map);
  const names = [];
  for (const { properties, geometry } of ground.features.filter((feature) => feature.geometry.type === "LineString")) {
    const line = geometry.coordinates.map(([x, y]) => [y, x]);
    L.polyline(line, { ...quiet, className: `map-road ${properties.role}` }).addTo(map);
    if (!properties.name) continue;
    const icon = L.divIcon({ className: "map-number", iconSize: null, html: part("span", {}, properties.name) });
    const marker = L.marker(line[Math.round(line.length * 0.55)], { icon, pane: "names", interactive: false, keyboard: false }).addTo(map);
    names.push({ properties: { sv: properties.name, fi: properties.name, rank: 3 }, marker });
  }
  for (const { properties, geometry: { coordinates: [x, y] } } of ground.features.filter((feature) => feature.properties.rank)) {
    const icon = L.divIcon({ className: `map-name ${properties.role} rank-${properties.rank}`, iconSize: null, html: nameNode(properties, language) });
    names.push({ properties, marker: L.marker([y, x], { icon, pane: "names", interactive: false, keyboard: false }).addTo(map) });
  }
  names.sort((a, b) => a.properties.rank - b.properties.rank);
  const tidy = () => makeRoom(map, names);
  map.on("zoomend viewreset", tidy);
  tidy();
};

const bound = (L, map, [south, west, north, east]) => {
  const frame = L.latLngBounds([south, west], [north, east]);
  const limit = () => map.setMinZoom(Math.min(DEEPEST - 1, Math.ceil(map.getBoundsZoom(frame, true))));
  map.setMaxBounds(frame);
  map.on("resize", limit);
  limit();
};

const makeMap = async (L, box, texts) => {
  const [latitude, longitude, zoom] = JSON.parse(box.dataset.start);
  const map = L.map(box, {
    center: [latitude, longitude], zoom, maxZoom: DEEPEST + 2, zoomControl: false, scrollWheelZoom: false, maxBoundsViscosity: 1,
    attributionControl: false, zoomSnap: 0.5, keyboardPanDelta: 60,
  });
  for (const [name, depth] of [["ground", 200], ["names", 590]]) map.createPane(name).style.zIndex = depth;
  map.getPane("names").style.pointerEvents = "none";
  map.getPane("names").setAttribute("aria-hidden", "true");
  box.tabIndex = 0;
  box.setAttribute("role", "region");
  box.setAttribute("aria-label", box.dataset.label);
  L.control.scale({ imperial: false, maxWidth: 90 }).addTo(map);
  L.control.zoom({ zoomInTitle: texts.zoomIn, zoomOutTitle: texts.zoomOut }).addTo(map);
  // The wheel scrolls the page until somebody means the map.
  map.on("focus", () => map.scrollWheelZoom.enable()).on("blur", () => map.scrollWheelZoom.disable());
  if (box.dataset.tiles) {
    L.control.attribution({ prefix: false }).addTo(map).addAttribution(box.dataset.attribution);
    L.tileLayer(box.dataset.tiles, { maxZoom: DEEPEST + 2 }).addTo(map);
    return { map, ground: null };
  }
  const ground = await json(box.dataset.ground);
  L.control.attribution({ prefix: false }).addTo(map).addAttribution(fill(texts.drawn, { source: ground.attribution }));
  bound(L, map, ground.bounds);
  drawGround(L, map, ground, document.documentElement.lang);
  return { map, ground };
};

// --- Places to look at ------------------------------------------------------------------------------------------------

const popup = (features, texts) => {
  const items = features.map(({ properties: p }) => {
    const link = part("a", { href: p.href, lang: p.lang }, p.title || texts.open);
    return part("li", {}, link, ...(p.state_label ? [part("span", { class: "meta" }, p.state_label)] : []));
  });
  return part("ul", { class: "map-popup" }, ...items);
};

const markerFor = (L, map, group, texts) => {
  const count = group.reduce((sum, feature) => sum + (feature.properties.count || 1), 0);
  const [x, y] = [0, 1].map((axis) => group.reduce((sum, { geometry, properties }) => sum + geometry.coordinates[axis] * (properties.count || 1), 0) / count);
  const one = count === 1 && group[0].properties;
  const size = one ? 22 : 30 + Math.min(18, Math.round(Math.log2(count) * 3));
  const icon = L.divIcon({ className: one ? "map-spot" : "map-heap", iconSize: [size, size], html: one ? "" : String(count) });
  const marker = L.marker([y, x], { icon, riseOnHover: true });
  const isCounted = group.some((feature) => feature.properties.count);
  const open = () => {
    const here = group.length === 1 || map.getZoom() >= DEEPEST;
    if (isCounted || !here) {
      const frame = isCounted ? null : L.latLngBounds(group.map(({ geometry: { coordinates: [a, b] } }) => [b, a]));
      map.setView(frame ? frame.getCenter() : [y, x], Math.min(DEEPEST, Math.max(map.getZoom() + 1.5, frame ? map.getBoundsZoom(frame) : 0)));
      map.getContainer().focus({ preventScroll: true });
      return;
    }
    const opened = L.popup({ closeButton: false, offset: [0, -6], minWidth: 190, maxWidth: 280, maxHeight: 240, autoPanPaddingTopLeft: [72, 24], autoPanPaddingBottomRight: [24, 24] }).setLatLng([y, x]).setContent(popup(group, texts));
    opened.openOn(map);
    const content = opened.getElement();
    content.addEventListener("keydown", (event) => { if (event.key === "Escape") { map.closePopup(opened); marker.getElement()?.focus(); } });
    content.querySelector("a")?.focus({ preventScroll: true });
  };
  marker.on("click", open);
  marker.on("keypress", ({ originalEvent: pressed }) => {
    if (pressed.key !== "Enter" && pressed.key !== " ") return;
    pressed.preventDefault();
    open();
  });
  marker.on("add", () => {
    const node = marker.getElement();
    node.setAttribute("aria-label", one ? [one.title, one.state_label].filter(Boolean).join(", ") : fill(texts.heap, { n: count }));
    if (one) { node.dataset.state = one.state || ""; if (one.lang) node.lang = one.lang; }
  });
  return marker;
};

// Each place joins the nearest heap within reach, or begins its own; the server has bounded how many they are.
const gather = (map, features) => {
  const heaps = [];
  for (const feature of features) {
    const [x, y] = feature.geometry.coordinates;
    const at = map.project([y, x]);
    let best = null;
    for (const heap of heaps) {
      const apart = at.distanceTo(heap.at);
      if (apart < CELL && (!best || apart < best.apart)) best = { heap, apart };
    }
    if (!best) { heaps.push({ at, group: [feature] }); continue; }
    const { heap } = best;
    heap.group.push(feature);
    heap.at = heap.at.add(at.subtract(heap.at).divideBy(heap.group.length));
  }
  return heaps.map(({ group }) => group);
};

const showPlaces = async (L, map, box, texts, said) => {
  const layer = L.layerGroup().addTo(map);
  let known = null;
  let turn = 0;
  let fitted = false;
  const draw = () => {
    const held = document.activeElement?.classList.contains("leaflet-interactive") ? document.activeElement.getAttribute("aria-label") : null;
    layer.clearLayers();
    for (const shape of known.drawn ?? []) L.geoJSON(shape, { interactive: false, style: { className: `map-drawing${shape.type === "Polygon" ? " area" : ""}` } }).addTo(layer);
    for (const group of gather(map, known.features)) markerFor(L, map, group, texts).addTo(layer);
    if (held) for (const marker of layer.getLayers()) if (marker.getElement?.()?.getAttribute("aria-label") === held) marker.getElement().focus();
  };
  const ask = async () => {
    const mine = ++turn;
    const address = new URL(box.dataset.places, location.href);
    if (fitted) {
      // Widened to whole cells, so that small moves ask for the same address, which is kept.
      const frame = map.getBounds();
      const cell = 90 / 2 ** Math.round(map.getZoom());
      const low = [frame.getWest(), frame.getSouth()].map((n) => Math.floor(n / cell) * cell);
      const high = [frame.getEast(), frame.getNorth()].map((n) => Math.ceil(n / cell) * cell);
      address.searchParams.set("bbox", [...low, ...high].map((n) => n.toFixed(4)).join(","));
      address.searchParams.set("zoom", Math.round(map.getZoom()));
    }
    const answer = await json(address);
    if (mine !== turn) return;
    known = answer;
    if (!fitted && known.features.length) {
      const frame = L.latLngBounds(known.features.map(({ geometry: { coordinates: [x, y] } }) => [y, x]));
      for (const shape of known.drawn ?? []) frame.extend(L.geoJSON(shape).getBounds());
      map.fitBounds(frame.pad(0.1), { maxZoom: 13, animate: false });
      fitted = true;
      if (known.partial) { await ask(); return; }
    }
    fitted = true;
    draw();
    said.textContent = fill(known.features.length ? texts.shown : texts.none, { n: known.total ?? known.features.length });
  };
  const fail = () => { said.textContent = texts.unreached; };
  await ask().catch(fail);
  map.on("moveend", () => { if (known?.partial) ask().catch(fail); });
  map.on("zoomend", () => { if (known && !known.partial) draw(); });
};

const showOne = (L, map, box, texts) => {
  const feature = { properties: { title: box.dataset.title, state: box.dataset.state }, geometry: { coordinates: [Number(box.dataset.longitude), Number(box.dataset.latitude)] } };
  const marker = L.marker([feature.geometry.coordinates[1], feature.geometry.coordinates[0]], {
    icon: L.divIcon({ className: "map-pin", iconSize: [34, 44], iconAnchor: [17, 42] }), interactive: false, keyboard: false, alt: texts.place,
  }).addTo(map);
  map.setView(marker.getLatLng(), 13, { animate: false });
};

// --- A place to choose ------------------------------------------------------------------------------------------------

const nearest = (map, ground, at, language) => {
  let best = null;
  for (const { properties, geometry: { coordinates: [x, y] } } of ground?.features.filter((feature) => feature.properties.rank && feature.properties.role !== "water") ?? []) {
    const metres = map.distance(at, [y, x]);
    if (!best || metres < best.metres) best = { metres, name: properties[language === "fi" ? "fi" : "sv"] };
  }
  return best;
};

const sought = (ground, words) => {
  const text = words.toLocaleLowerCase();
  let best = null;
  for (const feature of ground?.features.filter(({ properties }) => properties.rank && properties.role !== "water") ?? []) {
    for (const name of [feature.properties.sv, feature.properties.fi]) {
      // Finnish and Swedish endings: "Sepänkylässä", "Replots".
      const stem = name.toLocaleLowerCase().slice(0, Math.max(4, name.length - 2));
      if (text.includes(stem) && (!best || stem.length > best.stem.length)) best = { stem, name, feature };
    }
  }
  return best;
};

// The nearest name, and how far it is, in the words of the page's language.
const nearTo = (map, ground, at) => {
  const language = document.documentElement.lang;
  const close = nearest(map, ground, at, language);
  if (!close) return null;
  const isNear = close.metres < 950;
  const length = isNear ? Math.max(50, Math.round(close.metres / 50) * 50) : close.metres / 1000;
  const distance = new Intl.NumberFormat(language, { style: "unit", unit: isNear ? "meter" : "kilometer", maximumFractionDigits: isNear ? 0 : 1 }).format(length);
  return { name: close.name, distance };
};

const reaches = (box) => {
  const [south, west, north, east] = JSON.parse(box.dataset.reach);
  return ({ lat, lng }) => lat >= south && lat <= north && lng >= west && lng <= east;
};

const drawOn = async (L, map, ground, box, texts) => {
  const { draw } = await import(box.dataset.draw);
  draw(L, map, box, { within: reaches(box), near: (at) => nearTo(map, ground, at), sought: (words) => sought(ground, words), fill, outside: texts.outside });
};

const choose = (L, map, ground, box, texts) => {
  const field = box.closest("[data-place-field]");
  const find = (name) => field.querySelector(`[data-place-${name}]`);
  const [words, latitude, longitude, said, remove] = ["words", "latitude", "longitude", "said", "remove"].map(find);
  const within = reaches(box);
  const icon = L.divIcon({ className: "map-pin", iconSize: [34, 44], iconAnchor: [17, 42] });
  let marker = null;
  const say = (at) => {
    const close = nearTo(map, ground, at);
    said.textContent = close ? fill(texts.putNear, close) : texts.put;
  };
  const put = (at) => {
    if (!within(at)) { said.textContent = texts.outside; return; }
    [latitude.value, longitude.value] = [at.lat.toFixed(5), at.lng.toFixed(5)];
    if (marker) marker.setLatLng(at);
    else {
      marker = L.marker(at, { icon, draggable: true, keyboard: false, alt: texts.place }).addTo(map);
      marker.on("dragend", () => put(marker.getLatLng()));
    }
    remove.hidden = false;
    say(at);
  };
  const go = (at, zoom) => { map.setView(at, Math.max(map.getZoom(), zoom)); put(L.latLng(at)); };
  const search = () => {
    const found = sought(ground, words.value);
    if (!found) return false;
    const [x, y] = found.feature.geometry.coordinates;
    map.setView([y, x], 12.5);
    said.textContent = fill(texts.found, { name: found.name });
    return true;
  };
  map.on("click", (event) => put(event.latlng));
  find("here").addEventListener("click", () => put(map.getCenter()));
  find("search").addEventListener("click", () => { if (!search()) said.textContent = texts.notFound; });
  remove.addEventListener("click", () => {
    marker?.remove();
    marker = null;
    latitude.value = longitude.value = "";
    remove.hidden = true;
    said.textContent = texts.removed;
    words.focus();
  });
  find("position").addEventListener("click", () => {
    if (!navigator.geolocation) { said.textContent = texts.noPosition; return; }
    said.textContent = texts.asking;
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => go(L.latLng(coords.latitude, coords.longitude), 15),
      () => { said.textContent = texts.noPosition; },
      { enableHighAccuracy: true, timeout: 15000, maximumAge: 0 },
    );
  });
  const given = [latitude, longitude].map((input) => (input.value.trim() ? Number(input.value.replace(",", ".")) : NaN));
  if (given.every(Number.isFinite) && within({ lat: given[0], lng: given[1] })) go(given, 13);
  else search();
};

// --- Starting ---------------------------------------------------------------------------------------------------------

export const start = async (box) => {
  const texts = JSON.parse(box.dataset.texts);
  const said = box.parentElement.querySelector("[data-map-said]") ?? part("p");
  try {
    const L = await library(box);
    const { map, ground } = await makeMap(L, box, texts);
    if (box.hasAttribute("data-pick") || box.dataset.draw) box.append(part("span", { class: "map-cross", "aria-hidden": "true" }));
    if (box.hasAttribute("data-pick")) choose(L, map, ground, box, texts);
    else if (box.dataset.draw) await drawOn(L, map, ground, box, texts);
    else if (box.dataset.places) await showPlaces(L, map, box, texts, said);
    else if (box.dataset.latitude) showOne(L, map, box, texts);
    box.dataset.ready = "";
  } catch {
    said.textContent = texts.unreached;
  }
};
