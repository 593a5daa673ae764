"""Make dialogi/commons/static/vendor from the packages in package.json. Only developers run this; users need no node.

Needs node 20+, and `uv pip install fonttools brotli`. Usage: python tools/vendor.py
"""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tools import vendor_css, vendor_font

ROOT = Path(__file__).resolve().parent.parent
STATIC = ROOT / "dialogi/commons/static"
VENDOR = STATIC / "vendor"
MODULES = ROOT / "node_modules"


def version(package: str) -> str:
    """The installed version of a package."""
    return str(json.loads((MODULES / package / "package.json").read_text())["version"])


def folder(name: str, package: str) -> Path:
    """A fresh folder `name-version` with the package's licence in it."""
    made = VENDOR / f"{name}-{version(package)}"
    made.mkdir(parents=True)
    licence = next(path for path in sorted((MODULES / package).iterdir()) if path.name.upper().startswith("LICENSE"))
    shutil.copy(licence, made / "LICENSE")
    return made


def theme() -> str:
    """Our own theme, made by the design system's token tool from tools/look/theme.json."""
    with tempfile.TemporaryDirectory() as work:
        shutil.copy(ROOT / "tools/look/theme.json", Path(work) / "designsystemet.config.json")
        tool = [str(MODULES / ".bin/designsystemet"), "tokens"]
        subprocess.run([*tool, "create"], cwd=work, check=True, capture_output=True)
        subprocess.run([*tool, "build", "-t", "./tokens", "-o", "./out"], cwd=work, check=True, capture_output=True)
        return (Path(work) / "out/dialogi.css").read_text().replace('@charset "UTF-8";', "")


def design_system() -> None:
    """The components we use, with our theme, without what nobody reads."""
    package = "@digdir/designsystemet-css"
    source = MODULES / package / "dist/src"
    sheets = ["@layer ds.theme,ds.base,ds.components;", theme()]
    sheets.append("@layer ds.base{" + (source / "base.css").read_text() + "}")
    sheets += ["@layer ds.components{" + (source / f"{name}.css").read_text() + "}" for name in vendor_css.COMPONENTS]
    own = [path.read_text() for path in sorted((STATIC / "css").glob("*.css"))]
    made = folder("designsystemet", package)
    header = f"/* Designsystemet {version(package)} (MIT, see LICENSE), trimmed, with Dialogi's own theme. Made by tools/vendor.py. */\n"
    (made / "designsystemet.css").write_text(header + vendor_css.trim(sheets, readers=own))


def font() -> None:
    """One variable file of Atkinson Hyperlegible Next."""
    package = "@fontsource-variable/atkinson-hyperlegible-next"
    files = MODULES / package / "files"
    name = "atkinson-hyperlegible-next-{}-wght-normal.woff2"
    made = folder("atkinson-hyperlegible-next", package)
    vendor_font.make(files / name.format("latin"), files / name.format("latin-ext"), made / "atkinson.woff2")


def scripts() -> None:
    """The parts of Leaflet that we use, as one module, with its pictures."""
    leaflet = folder("leaflet", "leaflet")
    subprocess.run(["node", "tools/look/leaflet.mjs", str(leaflet / "leaflet.js"), version("leaflet")], cwd=ROOT, check=True)
    (leaflet / "leaflet.css").write_text((MODULES / "leaflet/dist/leaflet.css").read_text().rstrip() + "\n")
    shutil.copytree(MODULES / "leaflet/dist/images", leaflet / "images")


def sums() -> str:
    """A line `sha256  path` for each vendored file, in the manner of sha256sum."""
    paths = sorted(path for path in VENDOR.rglob("*") if path.is_file() and path.name != "SHA256SUMS")
    return "".join(f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.relative_to(VENDOR)}\n" for path in paths)


def main() -> None:
    """Install by the lock, make everything anew, write the sums."""
    subprocess.run(["npm", "ci", "--ignore-scripts", "--silent"], cwd=ROOT, check=True)
    shutil.rmtree(VENDOR, ignore_errors=True)
    VENDOR.mkdir(parents=True)
    design_system()
    font()
    scripts()
    (VENDOR / "SHA256SUMS").write_text(sums())


if __name__ == "__main__":
    main()
