"""Names of paragraphs that outlive their numbers."""

import hashlib
from base64 import b32encode
from collections.abc import Collection, Sequence
from dataclasses import replace

from dialogi.consultations.drafts.blocks import Block


def anchored(blocks: Sequence[Block], *, taken: Collection[str] = ()) -> list[Block]:
    """Return the blocks, each with an anchor: its own, or a new one that nobody in `taken` has. The same blocks get the same anchors."""
    used = {*taken, *(block.anchor for block in blocks if block.anchor)}
    found: list[Block] = []
    for block in blocks:
        if not block.anchor:
            block = replace(block, anchor=_new(block, used))
            used.add(block.anchor)
        found.append(block)
    return found


def _new(block: Block, used: Collection[str]) -> str:
    attempt = 0
    while True:
        digest = hashlib.blake2b(f"{block.kind}\0{block.text}\0{attempt}".encode(), digest_size=5).digest()
        anchor = f"p-{b32encode(digest).decode().lower()}"
        if anchor not in used:
            return anchor
        attempt += 1
