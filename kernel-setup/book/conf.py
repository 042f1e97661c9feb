"""Sphinx's settings for the site. Nothing is executed, and nothing comes from another host when a page is opened."""

project = "unlearn4j"
html_title = "unlearn4j"
author = "The unlearn4j developers"
extensions = ["myst_nb"]
nb_execution_mode = "off"
nb_ipywidgets_js = {}
myst_enable_extensions = []
exclude_patterns = ["javadoc"]
html_theme = "furo"
html_static_path = ["book.css"]
html_css_files = ["book.css"]
html_extra_path = ["extra"]
html_show_sourcelink = False
html_show_copyright = False
html_copy_source = False
# The ledger's tables begin where a page's first heading would be.
suppress_warnings = ["myst.header", "mystnb.unknown_mime_type"]
