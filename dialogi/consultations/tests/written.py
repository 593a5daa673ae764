"""Documents as word processors write them, put together from their XML, so that a test shows what it is about."""

import zipfile
from io import BytesIO
from xml.sax.saxutils import escape

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STRICT_W = "http://purl.oclc.org/ooxml/wordprocessingml/main"
_WORD_SPACES = {
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
    "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "v": "urn:schemas-microsoft-com:vml",
}
_OFFICE = "urn:oasis:names:tc:opendocument:xmlns"
_ODF_SPACES = {name: f"{_OFFICE}:{name}:1.0" for name in ("office", "text", "table", "style", "manifest")}
_ODF_SPACES |= {"draw": f"{_OFFICE}:drawing:1.0", "fo": f"{_OFFICE}:xsl-fo-compatible:1.0", "xlink": "http://www.w3.org/1999/xlink"}
ODT_TYPE = "application/vnd.oasis.opendocument.text"
WORD_TYPES = b'<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
# As a Swedish Word names and numbers its styles: the identifiers are translated, the names are not.
STYLES = """
<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>
<w:style w:type="paragraph" w:styleId="Rubrik"><w:name w:val="Title"/></w:style>
<w:style w:type="paragraph" w:styleId="Rubrik1"><w:name w:val="heading 1"/><w:pPr><w:outlineLvl w:val="0"/></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="Rubrik2"><w:name w:val="heading 2"/><w:basedOn w:val="Normal"/></w:style>
<w:style w:type="paragraph" w:styleId="Rubrik4"><w:name w:val="heading 4"/></w:style>
<w:style w:type="paragraph" w:styleId="Kommunens"><w:name w:val="Kommunens rubrik"/><w:basedOn w:val="Rubrik1"/></w:style>
<w:style w:type="paragraph" w:styleId="Citat"><w:name w:val="Quote"/></w:style>
<w:style w:type="paragraph" w:styleId="Innehll1"><w:name w:val="toc 1"/></w:style>
<w:style w:type="character" w:styleId="Stark"><w:name w:val="Strong"/><w:rPr><w:b/></w:rPr></w:style>
"""


def _spaces(spaces):
    return " ".join(f'xmlns:{prefix}="{space}"' for prefix, space in spaces.items())


def package(parts, *, stored=()):
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, body in parts.items():
            kind = zipfile.ZIP_STORED if name in stored else zipfile.ZIP_DEFLATED
            archive.writestr(name, body, compress_type=kind)
    return out.getvalue()


def word(tag, inside, *, space=W):
    return f'<?xml version="1.0" encoding="UTF-8"?><w:{tag} xmlns:w="{space}" {_spaces(_WORD_SPACES)}>{inside}</w:{tag}>'


def docx(*body, styles=STYLES, numbering="", links=None, space=W, before="", **parts):
    """A document of Word; further parts by their name without folder and ending: `footnotes`, `header1`."""
    document = word("document", f"<w:body>{''.join(body)}</w:body>", space=space)
    found = {
        "[Content_Types].xml": WORD_TYPES,
        "word/document.xml": document.replace("?>", f"?>{before}", 1),
        "word/styles.xml": word("styles", styles, space=space),
        "word/numbering.xml": word("numbering", numbering, space=space),
    }
    if links:
        inside = "".join(f'<Relationship Id="{key}" Type="hyperlink" Target="{escape(target)}" TargetMode="External"/>' for key, target in links.items())
        space = "http://schemas.openxmlformats.org/package/2006/relationships"
        found["word/_rels/document.xml.rels"] = f'<Relationships xmlns="{space}">{inside}</Relationships>'
    return package(found | {f"word/{name}.xml": body for name, body in parts.items()})


def run(text, looks=""):
    properties = f"<w:rPr>{looks}</w:rPr>" if looks else ""
    return f'<w:r>{properties}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def p(*inside, style="", listed=None, mark=""):
    """A paragraph of Word; plain text becomes a run. `listed`: number and level of its list."""
    words = "".join(part if part.startswith("<") else run(part) for part in inside)
    properties = f'<w:pStyle w:val="{style}"/>' if style else ""
    if listed is not None:
        properties += f'<w:numPr><w:ilvl w:val="{listed[1]}"/><w:numId w:val="{listed[0]}"/></w:numPr>'
    properties += f"<w:rPr>{mark}</w:rPr>" if mark else ""
    return f"<w:p><w:pPr>{properties}</w:pPr>{words}</w:p>"


def h(text, level=1):
    return p(text, style=f"Rubrik{level}")


def tbl(*rows):
    """A table of Word; a cell is a text, or the XML of what is in it."""
    return f"<w:tbl>{''.join(tr(*row) for row in rows)}</w:tbl>"


def tr(*cells, properties=""):
    return f"<w:tr>{properties}{''.join(cell if cell.startswith('<w:tc>') else tc(cell) for cell in cells)}</w:tr>"


def tc(inside, properties=""):
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{inside if inside.startswith('<') else p(inside)}</w:tc>"


def numbered_lists(*levels, shared=""):
    """A definition of a list, used as list 1 and again as list 2, which begins anew. A level: its shape and how it is written."""
    inside = "".join(
        f'<w:lvl w:ilvl="{place}"><w:start w:val="1"/><w:numFmt w:val="{shape}"/><w:lvlText w:val="{text}"/></w:lvl>'
        for place, (shape, text) in enumerate(levels)
    )
    again = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'
    return (
        f'<w:abstractNum w:abstractNumId="7">{shared}{inside}</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num>'
        f'<w:num w:numId="2"><w:abstractNumId w:val="7"/>{again}</w:num>'
    )


def odt(*body, automatic="", styles="", master="", **parts):
    """A document of LibreOffice; further parts by their whole name."""
    content = f"<office:automatic-styles>{automatic}</office:automatic-styles><office:body><office:text>{''.join(body)}</office:text></office:body>"
    shared = f"<office:styles>{styles}</office:styles><office:master-styles>{master}</office:master-styles>"
    found = {
        "mimetype": ODT_TYPE,
        "content.xml": f"<office:document-content {_spaces(_ODF_SPACES)}>{content}</office:document-content>",
        "styles.xml": f"<office:document-styles {_spaces(_ODF_SPACES)}>{shared}</office:document-styles>",
    }
    return package(found | parts, stored={"mimetype"})


def manifest(inside):
    return f"<manifest:manifest {_spaces(_ODF_SPACES)}>{inside}</manifest:manifest>"


def tp(inside, style=""):
    return f'<text:p text:style-name="{style}">{inside}</text:p>'


def th(inside, level=1, attributes=""):
    return f'<text:h text:outline-level="{level}" {attributes}>{inside}</text:h>'


def old_word():
    """The beginning of a document of Word from before 2007."""
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600 + "WordDocument".encode("utf-16-le") + b"\x00" * 600


def locked_word():
    """A document of Word with a password: the box of an old one around a locked new one."""
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600 + "EncryptedPackage".encode("utf-16-le") + b"\x00" * 600


def seen(draft):
    """What a reader sees of a draft: number and words, a line for each block."""
    return [(block.number, block.words) for block in draft.blocks]


def remarks(draft):
    """What is said about a draft, with the places."""
    return {remark.kind.value: remark.places for remark in draft.warnings}
