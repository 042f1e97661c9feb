"""Slides of a notebook: where one begins, and how wide it is; and what its page as HTML does to words."""

import re
import sys
import unittest
from pathlib import Path

from nbconvert import HTMLExporter
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

sys.path.insert(0, str(Path(__file__).resolve().parents[3] / "kernel-setup"))
import execute  # noqa: E402
import slides  # noqa: E402


class Slides(unittest.TestCase):

    def sections(self, *cells):
        """The slides by column, each as its text."""
        page = slides.slides(new_notebook(cells=list(cells)), "name")
        body = page[page.index('<div class="slides">'):page.rindex("Reveal.initialize")]
        columns = re.split(r"<section\s*>\s*<section\s*>", body)[1:]
        return [[re.sub(r"<[^>]*>|\s+", "", slide) for slide in re.split(r"<section\s*>", column)] for column in columns]

    def test_a_heading_begins_a_column_and_each_other_cell_a_slide_in_it(self):
        columns = self.sections(new_markdown_cell("# One"), new_code_cell("two()"), new_markdown_cell("three"),
                                new_markdown_cell("## Four"), new_code_cell("five()"))
        self.assertEqual([3, 2], [len(column) for column in columns])
        self.assertIn("two()", columns[0][1])
        self.assertIn("Four", columns[1][0])

    def test_what_a_notebook_says_itself_holds(self):
        skipped = new_code_cell("secret()", metadata={"slideshow": {"slide_type": "skip"}})
        self.assertNotIn("secret()", str(self.sections(new_markdown_cell("# One"), skipped)))

    def test_a_page_is_as_wide_as_a_hundred_columns_of_code(self):
        page = slides.slides(new_notebook(cells=[new_markdown_cell("# One")]), "name")
        self.assertIn("width: 1300", page)
        self.assertIn("var scroll = true", page)

    def test_words_of_what_is_printed_are_not_broken(self):
        printed = new_notebook(cells=[new_code_cell("1", outputs=[new_output("stream", text="a word")])])
        for page in (execute.page(HTMLExporter(), printed, "name"), slides.slides(printed, "name")):
            rules = re.findall(r"\.jp-OutputArea-output pre \{[^}]*word-break: ([a-z-]+)", page)
            self.assertEqual("normal", rules[-1])


if __name__ == "__main__":
    unittest.main()
