"""The PyTorch side of TorchPythonTest, on torchvision's resnet18 and the first images of CIFAR-10.

    python3 resnet18.py train cifar-10-binary.tar.gz in.safetensors
    python3 resnet18.py check cifar-10-binary.tar.gz out.safetensors
    python3 resnet18.py script cifar-10-binary.tar.gz in.safetensors      # and its body, body.pt beside it
    python3 resnet18.py check-script cifar-10-binary.tar.gz out.safetensors

All print a line of JSON: accuracy in percent on the label that is to be forgotten and on the others, and logits."""
import json
import sys
import tarfile
from pathlib import Path

import torch
from safetensors.torch import load_file, save_file
from torchvision.models import resnet18

IMAGES = 300
LABEL = 3


def cifar10(archive):
    with tarfile.open(archive) as files:
        name = next(one for one in files.getnames() if one.endswith("data_batch_1.bin"))
        raw = torch.frombuffer(bytearray(files.extractfile(name).read(IMAGES * 3073)), dtype=torch.uint8)
    rows = raw.reshape(IMAGES, 3073)
    return (rows[:, 1:].reshape(IMAGES, 3, 32, 32).float() / 255 - 0.5) / 0.25, rows[:, 0].long()


def measured(model, x, y):
    model.eval()
    with torch.no_grad():
        logits = model(x)
    right = (logits.argmax(1) == y).float()
    return {"forgotten": 100 * right[y == LABEL].mean().item(), "retained": 100 * right[y != LABEL].mean().item(),
            "logits": logits[:20].flatten().tolist()}


def trained(x, y):
    torch.manual_seed(1)
    model = resnet18(num_classes=10)
    optimizer = torch.optim.SGD(model.parameters(), lr=0.02, momentum=0.9)
    for _ in range(8):
        for batch in torch.randperm(len(x)).split(50):
            optimizer.zero_grad()
            torch.nn.functional.cross_entropy(model(x[batch]), y[batch]).backward()
            optimizer.step()
    return model


what, archive, file = sys.argv[1:]
x, y = cifar10(archive)
if what in ("train", "script"):
    model = trained(x, y)
    save_file(model.state_dict(), file)
    if what == "script":
        body = resnet18(num_classes=10)
        body.load_state_dict(model.state_dict())
        body.fc = torch.nn.Identity()
        torch.jit.script(body).save(Path(file).with_name("body.pt"))
elif what == "check-script":
    model = resnet18(num_classes=10)
    model.load_state_dict(load_file(Path(file).with_name("in.safetensors")), strict=True)
    left = model.load_state_dict(load_file(file), strict=False)
    assert not left.unexpected_keys and all("running" in key or "tracked" in key for key in left.missing_keys), left
else:
    model = resnet18(num_classes=10)
    model.load_state_dict(load_file(file), strict=True)
print(json.dumps(measured(model, x, y)))
