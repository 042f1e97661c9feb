"""Writes the fixtures of TorchFixtureTest beside this file: small networks of torchvision's own layers, a little trained,
their weights, and what PyTorch says of a few images. Needs torch, torchvision and safetensors: python3 fixture.py"""
import json
from pathlib import Path

import torch
from safetensors.torch import save_file
from torch import nn
from torchvision.models import DenseNet, ResNet
from torchvision.models.resnet import BasicBlock

HERE = Path(__file__).parent
CLASSES = 5


def images(count=6, side=32):
    """The same bytes as TorchFixtureTest.images()."""
    at = torch.arange(count * 3 * side * side, dtype=torch.int64)
    pixels = ((at * at * 31 + at * 17) // 16) % 256
    return (pixels.reshape(count, 3, side, side).float() / 255 - 0.5) / 0.25


class Narrow(ResNet):
    """torchvision's ResNet, narrower."""

    def __init__(self):
        super().__init__(BasicBlock, [1, 1, 1, 1])
        self.inplanes = 4
        self.conv1 = nn.Conv2d(3, 4, 7, 2, 3, bias=False)
        self.bn1 = nn.BatchNorm2d(4)
        for stage, width in enumerate((4, 6, 8, 10), 1):
            setattr(self, f"layer{stage}", self._make_layer(BasicBlock, width, 1, stride=1 if stage == 1 else 2))
        self.fc = nn.Linear(10, CLASSES)


def write(name, model):
    x = images()
    y = torch.arange(len(x)) % CLASSES
    optimizer = torch.optim.SGD(model.parameters(), lr=0.05, momentum=0.9)
    for _ in range(10):
        optimizer.zero_grad()
        nn.functional.cross_entropy(model(x), y).backward()
        optimizer.step()
    state = {key: value.clone() for key, value in model.state_dict().items()}
    save_file(state, HERE / f"{name}.safetensors", metadata={"format": "pt"})
    model(x)  # in training still: each normalisation takes this batch into its running means and variances
    after = {key: value.tolist() for key, value in model.state_dict().items() if "running" in key}
    model.load_state_dict(state)
    model.eval()
    with torch.no_grad():
        logits = model(x).tolist()
    (HERE / f"{name}.json").write_text(json.dumps({"torch": torch.__version__, "logits": logits, "after": after}))


if __name__ == "__main__":
    torch.manual_seed(1)
    write("resnet", Narrow())
    write("densenet", DenseNet(growth_rate=4, block_config=(2, 3), num_init_features=8, num_classes=CLASSES))
