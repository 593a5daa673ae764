"""A sheet to draw on: shapes and words of our look, by day and by night, without a script."""

from xml.etree import ElementTree as Tree

from django.http import HttpResponse

WIDTH = 960
STYLE = """
text{font:14px "Atkinson Hyperlegible Next","Atkinson Hyperlegible",Verdana,"DejaVu Sans",sans-serif;fill:#0e262d}
.soft{fill:#435659}.bold{font-weight:700}.paper{fill:#fcfcfa}.line{stroke:#9aa7a5;fill:none}.box{fill:#e4edee;stroke:#0b4a5a}
.full{fill:#0b4a5a;stroke:#0b4a5a}.hollow{fill:none;stroke:#0b4a5a;stroke-width:2}.warm{fill:#a9b53c;stroke:#435659}
.dash{stroke-dasharray:4 3}.thick{stroke-width:3}
@media (prefers-color-scheme:dark){text{fill:#eaf2f1}.soft{fill:#b3c8cc}.paper{fill:#0a191f}.line{stroke:#7d908f}.box{fill:#163039;stroke:#9ad0dd}
.full{fill:#9ad0dd;stroke:#9ad0dd}.hollow{stroke:#9ad0dd}.warm{fill:#c9d55a;stroke:#b3c8cc}}
"""
POLICY = "sandbox; default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'"


class Canvas:
    """An SVG in the making."""

    def __init__(self, title: str, says: str, height: int, width: int = WIDTH) -> None:
        size = {"width": str(width), "height": str(height), "viewBox": f"0 0 {width} {height}"}
        self.root = Tree.Element("svg", {"xmlns": "http://www.w3.org/2000/svg", "role": "img", **size})
        Tree.SubElement(self.root, "title").text = title
        Tree.SubElement(self.root, "desc").text = says
        Tree.SubElement(self.root, "style").text = STYLE
        pattern = Tree.SubElement(Tree.SubElement(self.root, "defs"), "pattern", {"id": "hatch", "width": "6", "height": "6", "patternUnits": "userSpaceOnUse"})
        Tree.SubElement(pattern, "path", {"d": "M0 6L6 0", "class": "line"})
        self.box(0, 0, width, height, "paper")

    def box(self, x: float, y: float, width: float, height: float, kind: str = "box", *, hatched: bool = False) -> None:
        """Draw a rectangle; `hatched` lays lines over it."""
        place = {"x": f"{x:.1f}", "y": f"{y:.1f}", "width": f"{width:.1f}", "height": f"{height:.1f}"}
        Tree.SubElement(self.root, "rect", {**place, "class": kind})
        if hatched:
            Tree.SubElement(self.root, "rect", {**place, "fill": "url(#hatch)"})

    def dot(self, x: float, y: float, radius: float, kind: str, says: str = "") -> None:
        """Draw a circle; what it says is told when one points at it."""
        made = Tree.SubElement(self.root, "circle", {"cx": f"{x:.1f}", "cy": f"{y:.1f}", "r": f"{radius:.1f}", "class": kind})
        if says:
            Tree.SubElement(made, "title").text = says

    def line(self, x: float, y: float, x2: float, y2: float, kind: str = "line") -> None:
        """Draw a line."""
        Tree.SubElement(self.root, "line", {"x1": f"{x:.1f}", "y1": f"{y:.1f}", "x2": f"{x2:.1f}", "y2": f"{y2:.1f}", "class": kind})

    def words(self, x: float, y: float, words: str, *, most: int = 200, anchor: str = "start", kind: str = "") -> None:
        """Write a line of words, cut after `most` characters; the table beside the picture has them whole."""
        cut = words if len(words) <= most else f"{words[: most - 1]}…"
        Tree.SubElement(self.root, "text", {"x": f"{x:.1f}", "y": f"{y:.1f}", "text-anchor": anchor, "class": kind}).text = cut

    def answer(self) -> HttpResponse:
        """Return the picture as an answer that may be kept as a file."""
        response = HttpResponse(Tree.tostring(self.root, encoding="utf-8", xml_declaration=True), content_type="image/svg+xml")
        response["Content-Security-Policy"] = POLICY
        response["Cache-Control"] = "private, no-store"
        return response
