"""A chart library's SVG made light: short numbers, no metadata, and colours that follow the reader's light or dark."""

from __future__ import annotations

import re
from collections.abc import Mapping
from xml.etree import ElementTree

NUMBER = re.compile(r"-?\d+\.\d+")
NAMESPACES = {"": "http://www.w3.org/2000/svg", "xlink": "http://www.w3.org/1999/xlink"}
GEOMETRY = frozenset({"d", "x", "y", "transform", "width", "height", "points"})
DARK = "@media (prefers-color-scheme: dark) {{ {rules} }}"


def lighten(svg: bytes, dark: Mapping[str, str]) -> bytes:
    """The same drawing with coordinates to a tenth; `dark` maps a colour to the one for dark pages.

    `svg` is a chart library's own output, never a stranger's file.
    """
    for prefix, uri in NAMESPACES.items():
        ElementTree.register_namespace(prefix, uri)
    root = ElementTree.fromstring(svg)  # noqa: S314 - drawn by this program a moment ago
    spare = f"{{{NAMESPACES['']}}}metadata"
    for child in [c for c in root if c.tag == spare]:
        root.remove(child)
    used = {v for e in root.iter() for k, v in e.attrib.items() if k.endswith("href")} | _clips(root)
    for element in root.iter():
        _shorten(element, used)
    style = next((e for e in root.iter() if e.tag.endswith("}style")), None)
    if style is not None:
        rules = " ".join(
            f'[style*="{kind}: {light.lower()}"] {{ {kind}: {deep} !important }}'
            for light, deep in dark.items()
            for kind in ("fill", "stroke")
        )
        style.text = (style.text or "") + DARK.format(rules=rules)
    data: bytes = ElementTree.tostring(root, encoding="utf-8")
    return data


def _clips(root: ElementTree.Element) -> set[str]:
    found = re.findall(r"url\((#[^)]+)\)", " ".join(v for e in root.iter() for v in e.attrib.values()))
    return set(found)


def _shorten(element: ElementTree.Element, used: set[str]) -> None:
    if element.text is not None and not element.text.strip():
        element.text = None
    if element.tail is not None and not element.tail.strip():
        element.tail = None
    if f"#{element.get('id')}" not in used:
        element.attrib.pop("id", None)
    for name in GEOMETRY & element.attrib.keys():
        value = NUMBER.sub(lambda m: f"{float(m[0]):.1f}".removesuffix(".0"), element.attrib[name])
        element.attrib[name] = " ".join(value.split())
    turned = element.get("transform", "")
    if re.match(r"rotate\(-?0 ", turned):
        del element.attrib["transform"]
