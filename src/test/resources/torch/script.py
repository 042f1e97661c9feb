"""Writes the TorchScript of TorchScriptTest beside this file: the body of fixture.py's ResNet, with the very weights that it
wrote, and small modules that are no body. Needs torch, torchvision and safetensors: python3 script.py, after fixture.py."""
import zipfile
from pathlib import Path

import torch
from fixture import Narrow
from safetensors.torch import load_file, save_file
from torch import nn

HERE = Path(__file__).parent


def save(name, module):
    """As torch.jit.save does, without the files that say which line of Python each operation came from."""
    path = HERE / f"{name}.pt"
    torch.jit.save(module, path)
    with zipfile.ZipFile(path) as written:
        kept = [(one, written.read(one)) for one in written.infolist() if not one.filename.endswith(".debug_pkl")]
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as small:
        for one, data in kept:
            small.writestr(zipfile.ZipInfo(one.filename), data, zipfile.ZIP_DEFLATED)


class Random(nn.Module):
    def __init__(self):
        super().__init__()
        self.weight = nn.Parameter(torch.ones(4))

    def forward(self, x):
        return x.mean(3).flatten(1)[:, :4] * self.weight * torch.rand(1)


class Several(nn.Module):
    def __init__(self):
        super().__init__()
        self.linear = nn.Linear(3, 4)

    def forward(self, x):
        features = self.linear(x.mean((2, 3)))
        return features, features


class OneImage(nn.Module):
    def __init__(self):
        super().__init__()
        self.linear = nn.Linear(3, 4)

    def forward(self, x):
        return self.linear(x.mean((2, 3))).reshape(1, -1)


def small():
    return nn.Sequential(nn.Conv2d(3, 4, 3), nn.BatchNorm2d(4), nn.AdaptiveAvgPool2d(1), nn.Flatten())


if __name__ == "__main__":
    torch.manual_seed(1)
    net = Narrow()
    net.load_state_dict(load_file(HERE / "resnet.safetensors"))
    net.fc = nn.Identity()
    save("body", torch.jit.script(net))
    example = torch.rand(2, 3, 32, 32)
    save("traced", torch.jit.trace(small().eval(), example))
    save("in-training", torch.jit.trace(small().train(), example, check_trace=False))
    save("random", torch.jit.script(Random()))
    save("several", torch.jit.script(Several()))
    save("maps", torch.jit.script(nn.Conv2d(3, 4, 3)))
    save("one-image", torch.jit.script(OneImage()))
    save("other-size", torch.jit.script(nn.Sequential(nn.Flatten(), nn.Linear(12, 4))))
    save("double", torch.jit.script(nn.Sequential(nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(3, 4)).double()))
    save("frozen", torch.jit.freeze(torch.jit.script(small().eval())))
    grey = nn.Sequential()  # for notebook 50: fresh weights, as PyTorch draws them
    grey.add_module("body", nn.Sequential(
        nn.Conv2d(1, 8, 5, 2, 2), nn.ReLU(), nn.Conv2d(8, 16, 3, 2, 1), nn.ReLU(), nn.AdaptiveAvgPool2d(2), nn.Flatten()))
    grey.add_module("fc", nn.Linear(64, 10))
    save_file(grey.state_dict(), HERE / "grey.safetensors")
    grey.fc = nn.Identity()
    save("grey", torch.jit.script(grey))
    torch.save(nn.Linear(3, 4).state_dict(), HERE / "pickle.pt")
