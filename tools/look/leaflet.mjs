// One module of the parts of Leaflet that we use: node tools/look/leaflet.mjs OUT VERSION
import { build } from "esbuild";

// Drawing on canvas, and in browsers that knew no SVG, is left out: we draw with SVG alone.
const LEFT_OUT = {
  "Canvas.js": "export const canvas = () => null;",
  "SVG.VML.js": "export const vmlMixin = {}, vmlCreate = null;",
};
const leaveOut = {
  name: "leave-out",
  setup: ({ onLoad }) => onLoad({ filter: /leaflet.src.*(Canvas|SVG\.VML)\.js$/ }, ({ path }) => ({ contents: LEFT_OUT[path.split(/[\\/]/).pop()] })),
};
await build({
  entryPoints: ["tools/look/leaflet.js"], outfile: process.argv[2], bundle: true, minify: true, format: "esm", target: "es2022",
  charset: "utf8", legalComments: "none", plugins: [leaveOut],
  banner: { js: `/* Leaflet ${process.argv[3]} (BSD-2-Clause, see LICENSE): the parts that we use. Made by tools/vendor.py. */` },
});
