"""Hatch runs this when it builds the wheel: PyTorch's library in it says for which machines it is."""

from pathlib import Path

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

# By DJL's name of the platform; the numbers are what the libraries in it ask of glibc, or of macOS.
PLATFORMS = {
    "linux-x86_64": "manylinux_2_29_x86_64",
    "linux-aarch64": "manylinux_2_32_aarch64",
    "osx-aarch64": "macosx_11_0_arm64",
}


class Platform(BuildHookInterface):

    def initialize(self, version, build_data):
        native = next(Path(self.root, "kernel", "lib").glob("pytorch-native-cpu-*.jar")).stem
        build_data["pure_python"] = False
        build_data["tag"] = "py3-none-" + next(tag for name, tag in PLATFORMS.items() if native.endswith(name))
