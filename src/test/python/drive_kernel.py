"""Drives the installed kernel over the Jupyter protocol for a test that speaks JSON, one line a request and an answer.

Usage: drive_kernel.py JAVA. The first answer is {"pid": ...}. Requests:
  {"do": "execute", "code": ...}  runs a cell and answers when it has ended
  {"do": "begin", "code": ...}    starts a cell and answers when it has shown something
  {"do": "interrupt"}             interrupts the cell that was begun and answers when it has ended
  {"do": "complete"}, {"do": "inspect"}  ask about the end of "code" and answer what the kernel has answered, or nothing
  {"do": "history", "code": ...}  asks for the cells like a pattern, and answers the same way
  {"do": "load"}                  answers the process's load in percent of one core, as soon as it is below 10
"""

import json
import queue
import re
import sys
import time

import psutil
from jupyter_client import KernelManager

PATIENCE = 120


def plain(message):
    """An output as a flat record; None for a message that shows nothing."""
    kind, content = message["msg_type"], message["content"]
    if kind == "stream":
        return {"kind": content["name"], "text": content["text"], "data": {}}
    if kind == "error":
        text = re.sub(r"\x1b\[[0-9;]*m", "", "\n".join(content["traceback"]))
        return {"kind": kind, "text": text, "data": {}}
    if kind in ("display_data", "update_display_data", "execute_result"):
        return {"kind": kind, "text": content["data"].get("text/plain", ""), "data": content["data"],
                "display": content.get("transient", {}).get("display_id")}
    return None


class Driver:
    def __init__(self, java):
        self.manager = KernelManager(kernel_name="unlearn4j")
        self.manager.kernel_spec.argv[0] = java
        self.manager.start_kernel(cwd="notebooks")
        self.client = self.manager.client()
        self.client.start_channels()
        self.client.wait_for_ready(timeout=PATIENCE)
        self.process = psutil.Process(self.manager.provisioner.pid)

    def outputs(self, until_shown=False):
        """Collects what a cell shows until it ends, or until it has shown something."""
        found, deadline = [], time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            try:
                message = self.client.get_iopub_msg(timeout=1)
            except queue.Empty:
                if not self.process.is_running():
                    raise RuntimeError("the kernel died")
                continue
            if message["parent_header"].get("msg_id") != self.cell:
                continue
            if message["msg_type"] == "status" and message["content"]["execution_state"] == "idle":
                return found
            output = plain(message)
            if output:
                found.append(output)
                if until_shown:
                    return found
        raise RuntimeError(f"the cell did not end within {PATIENCE} s")

    def answer(self, request):
        start, do = time.monotonic(), request["do"]
        if do in ("execute", "begin"):
            self.cell = self.client.execute(request["code"])
            outputs = self.outputs(until_shown=do == "begin")
        elif do == "interrupt":
            self.manager.interrupt_kernel()
            outputs = self.outputs()
        elif do in ("complete", "inspect"):
            code = request["code"]
            return self.reply(getattr(self.client, do)(code, len(code)))
        elif do == "history":
            return self.reply(self.client.history(hist_access_type="search", pattern=request["code"], n=10))
        elif do == "load":
            return {"load": self.load()}
        return {"outputs": outputs, "seconds": time.monotonic() - start}

    def reply(self, asked):
        """What the kernel has answered to a request, None if that takes longer than anybody waits."""
        deadline = time.monotonic() + 20
        while time.monotonic() < deadline:
            try:
                message = self.client.get_shell_msg(timeout=1)
            except queue.Empty:
                continue
            if message["parent_header"].get("msg_id") == asked:
                content = message["content"]
                return {"text": content.get("data", {}).get("text/plain"), "matches": content.get("matches"),
                        "cells": [line[2] for line in content.get("history", [])]}
        return None

    def load(self):
        deadline = time.monotonic() + 10
        while True:
            load = self.process.cpu_percent(interval=0.5)
            if load < 10 or time.monotonic() > deadline:
                return load

    def close(self):
        self.client.stop_channels()
        self.manager.shutdown_kernel(now=True)


def main():
    driver = Driver(sys.argv[1])
    try:
        print(json.dumps({"pid": driver.process.pid}), flush=True)
        for line in sys.stdin:
            print(json.dumps(driver.answer(json.loads(line))), flush=True)
    finally:
        driver.close()


if __name__ == "__main__":
    main()
