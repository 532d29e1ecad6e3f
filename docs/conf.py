"""Sphinx configuration: strict, offline, and no page asks for anything from outside."""

# Sphinx's events hand over more than we use, and a test run without Sphinx reads this
# file too, so what belongs to Sphinx is imported where it is used.
# ruff: noqa: ARG001, PLC0415, PLR0913, PLR0917, SLF001

import re
from importlib.metadata import version as installed_version

project = "loanmath"
copyright = "the loanmath authors"
author = "the loanmath authors"
release = version = installed_version("loanmath")

extensions = [
    "myst_parser",
    "sphinx.ext.autodoc",
    "sphinx.ext.intersphinx",
    "sphinx.ext.napoleon",
    "sphinx_copybutton",
]
root_doc = "index"
exclude_patterns = ["_build"]
nitpicky = True
default_role = "code"
# The objects of other projects that our signatures name: small inventories written by
# hand (`inventories.py`), so that the build needs no network.
intersphinx_mapping = {
    "python": ("https://docs.python.org/3", "python.inv"),
    "dateutil": ("https://dateutil.readthedocs.io/en/stable", "dateutil.inv"),
}

html_theme = "pydata_sphinx_theme"
html_title = "loanmath"
html_static_path = ["_static"]
html_css_files = ["loanmath.css"]
html_math_renderer = "mathml"
html_show_sourcelink = False
html_theme_options = {
    "header_links_before_dropdown": 8,
    "show_prev_next": False,
    "navigation_with_keys": False,
    "secondary_sidebar_items": ["page-toc"],
}
# Sections of one or two pages need no navigation of their own; tables need the room.
html_sidebars = {
    "index": [],
    "tutorials/*": [],
    "how-to/*": [],
    "explanation/*": [],
    "pitfalls": [],
    "verification": [],
    "glossary": [],
}
copybutton_prompt_text = r">>> |\.\.\. |\$ "
copybutton_prompt_is_regexp = True

myst_enable_extensions = ["dollarmath", "deflist"]
myst_heading_anchors = 3
autodoc_member_order = "bysource"
autodoc_typehints = "signature"
python_maximum_signature_line_length = 80
napoleon_google_docstring = True
napoleon_numpy_docstring = False
napoleon_use_ivar = True


_DEFAULT_ROUNDING = re.compile(r"Rounding\(mode=<[^:]+: ('\w+')>, unit=None\)")
_LONG = 80
_MADE_ELSEWHERE = {
    "loanmath.Account",
    "loanmath.AccountStatement",
    "loanmath.Bridge",
    "loanmath.Explanation",
    "loanmath.LineAccount",
    "loanmath.LinePosition",
    "loanmath.LinePosting",
    "loanmath.LinePreview",
    "loanmath.LineStatement",
    "loanmath.Position",
    "loanmath.Posting",
    "loanmath.Preview",
    "loanmath.Revision",
    "loanmath.Schedule",
    "loanmath.SegmentPosition",
}
_CLASS_CALL = re.compile(r"^(\w+)\(.*\)$", re.DOTALL)


def _open_math(writer, node):
    from docutils.nodes import SkipNode
    from docutils.utils.math.latex2mathml import tex2mathml

    block = node.tagname == "math_block"
    before, after = ('<div class="math">', "</div>") if block else ("", "")
    writer.body.append(before + tex2mathml(node.astext(), as_block=block) + after)
    raise SkipNode


def _returned_prose(docstring, preprocess_types=False):
    # Ours name no type, since the signature has it: text before a colon is text.
    return [("", "", docstring._dedent(docstring._consume_to_next_section()))]


def _attribute_prose(docstring):
    prose = docstring._dedent(docstring._consume_to_end())
    return "", type(docstring)(prose, docstring._config).lines()


def _hide_tuple_fields(app, what, name, obj, skip, options):
    # The fields of a named tuple are described in its own docstring.
    return True if type(obj).__name__ == "_tuplegetter" else skip


def _parameters(signature):
    """Split a signature at its commas, leaving those inside brackets alone."""
    part, depth = "", 0
    for character in signature[1:-1]:
        depth += (character in "([{") - (character in ")]}")
        if character == "," and not depth:
            yield part
            part = ""
        else:
            part += character
    yield part


def _short_default(parameter):
    # A value made of many is `Class()` or `(...)`; what it holds is in its own entry.
    name, equals, default = parameter.partition(" = ")
    if "<" not in default and len(default) < _LONG:
        return parameter
    call = _CLASS_CALL.match(default)
    return name + equals + (f"{call[1]}()" if call else "(...)")


def _short_signature(app, what, name, obj, options, signature, returned):
    # What nobody calls has no signature to show: enums, leaves of the errors, and what
    # terms and accounts make.
    made_elsewhere = name in _MADE_ELSEWHERE
    is_enum = type(obj).__name__ == "EnumType"
    is_leaf = what == "exception" and not name.endswith(".LoanmathError")
    if made_elsewhere or is_enum or is_leaf:
        return "", None
    # A default that is no Python expression would hide the types of all arguments.
    if signature is not None:
        signature = _DEFAULT_ROUNDING.sub(r"\1", signature)
        signature = f"({','.join(map(_short_default, _parameters(signature)))})"
    return signature, returned


def _public_bases(app, name, obj, options, bases):
    # A private base is a detail: what it is itself is what a reader can catch.
    bases[:] = [
        public
        for base in bases
        for public in (base.__bases__ if base.__name__.startswith("_") else (base,))
    ]


def setup(app):
    from sphinx.domains.python import PyObject
    from sphinx.ext.napoleon.docstring import GoogleDocstring

    GoogleDocstring._consume_returns_section = _returned_prose
    GoogleDocstring._consume_inline_attribute = _attribute_prose
    for fields in PyObject.doc_field_types:
        if fields.name == "variable":
            fields.label = "Attributes"
    app.add_html_math_renderer("mathml", (_open_math, None), (_open_math, None))
    app.connect("autodoc-process-signature", _short_signature)
    app.connect("autodoc-process-bases", _public_bases)
    app.connect("autodoc-skip-member", _hide_tuple_fields)
