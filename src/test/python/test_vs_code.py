"""What VS Code's Jupyter extension asks of a kernel, over the protocol, as it asks: without a server between them.

It starts the kernelspec itself, asks about places inside a cell of several lines, and sends interrupts and the end as
messages on the control channel, where JupyterLab's server does that for a notebook.
"""

import time
import unittest

from jupyter_client import KernelManager

PATIENCE = 120
CELL = "// 😀 first\nvar labels = Labels.of(3);\nlabels.si\nvar later = labels;"
PROGRESS = """try (var progress = Screen.current().progress("counting", 3, "numbers")) {
    for (int i = 1; i <= 3; i++) progress.done(i);
}"""


class VsCode(unittest.TestCase):

    @classmethod
    def setUpClass(cls):
        cls.manager = KernelManager(kernel_name="unlearn4j")
        cls.manager.start_kernel(cwd="notebooks")
        cls.client = cls.manager.client()
        cls.client.start_channels()
        cls.client.wait_for_ready(timeout=PATIENCE)

    @classmethod
    def tearDownClass(cls):
        cls.client.stop_channels()
        cls.manager.shutdown_kernel(now=True)

    def reply(self, asked, get=None):
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            message = (get or self.client.get_shell_msg)(timeout=PATIENCE)
            if message["parent_header"].get("msg_id") == asked:
                return message["content"]
        self.fail("no answer")

    def control(self, kind, content):
        message = self.client.session.msg(kind, content)
        self.client.control_channel.send(message)
        return self.reply(message["header"]["msg_id"], self.client.get_control_msg)

    def shown(self, asked):
        """What a cell shows until it ends, kind and content."""
        found = []
        while True:
            message = self.client.get_iopub_msg(timeout=PATIENCE)
            if message["parent_header"].get("msg_id") != asked:
                continue
            if message["content"].get("execution_state") == "idle":
                return found
            if message["msg_type"] not in ("status", "execute_input"):
                found.append((message["msg_type"], message["content"]))

    def test_it_says_what_it_is(self):
        told = self.reply(self.client.kernel_info())
        self.assertEqual(("Java", ".jshell", "text/x-java-source"), tuple(
            told["language_info"][name] for name in ("name", "file_extension", "mimetype")))
        self.assertTrue(told["protocol_version"].startswith("5."))
        self.assertEqual(("java", "message"), (self.manager.kernel_spec.language, self.manager.kernel_spec.interrupt_mode))

    def test_whether_a_cell_is_whole(self):
        self.assertEqual("complete", self.reply(self.client.is_complete("var one = 1;\none + 1"))["status"])
        begun = self.reply(self.client.is_complete("for (int i = 0; i < 3; i++) {"))
        self.assertEqual(("incomplete", "  "), (begun["status"], begun["indent"]))

    def test_completion_is_about_the_cursor_and_not_the_cells_end(self):
        self.shown(self.client.execute("var labels = Labels.of(3);"))
        cursor = CELL.index(".si") + 3
        found = self.reply(self.client.complete(CELL, cursor))
        self.assertEqual(["size()"], found["matches"])
        self.assertEqual((cursor - 2, cursor), (found["cursor_start"], found["cursor_end"]))
        told = self.reply(self.client.inspect(CELL, CELL.index("of(3)") + 2))
        self.assertIn("Returns the labels given", told["data"]["text/plain"])

    def test_an_output_changes_in_its_place(self):
        (first, shown), *changes = self.shown(self.client.execute(PROGRESS))
        self.assertEqual("display_data", first)
        self.assertTrue(changes)
        for kind, change in changes:
            self.assertEqual("update_display_data", kind)
            self.assertEqual(shown["transient"]["display_id"], change["transient"]["display_id"])

    def test_widgets_are_asked_for_and_there_are_none(self):
        message = self.client.session.msg("comm_info_request", {"target_name": "jupyter.widget"})
        self.client.shell_channel.send(message)
        self.assertEqual({}, self.reply(message["header"]["msg_id"])["comms"])

    def test_an_interrupt_is_a_message_and_the_kernel_goes_on(self):
        cell = self.client.execute(
            'show("runs"); while (!Thread.currentThread().isInterrupted()) Thread.onSpinWait();')
        while self.client.get_iopub_msg(timeout=PATIENCE)["msg_type"] != "display_data":
            pass
        self.control("interrupt_request", {})
        self.assertEqual("error", self.reply(cell)["status"])
        (kind, content), = self.shown(self.client.execute("6 * 7"))
        self.assertEqual(("execute_result", "42"), (kind, content["data"]["text/plain"]))

    def test_z_the_end_is_a_message_too(self):
        self.control("shutdown_request", {"restart": False})
        self.manager.provisioner.process.wait(PATIENCE)
        self.assertFalse(self.manager.is_alive())


if __name__ == "__main__":
    unittest.main()
