"""Writes the tracking store that MlflowTest reads: store.py sqlite:///FILE or store.py FOLDER, with mlflow-skinny.

Six runs: base, trained on cifar10; fold-1 and fold-2, nested in it, on their own data; silent, which says nothing of its
data; tuned, which begins with the model that base logged; labelled, whose data's labels are known. shop/1 is base's model
in the registry, shop/2 silent's.
"""

import json
import os
import sys

os.environ["MLFLOW_DISABLE_TELEMETRY"] = "true"
os.environ["MLFLOW_ALLOW_FILE_STORE"] = "true"

import mlflow
from mlflow.entities import Dataset, DatasetInput, InputTag

TO = sys.argv[1]
mlflow.set_tracking_uri(TO)
mlflow.set_registry_uri(TO)
CLIENT = mlflow.MlflowClient()
EXPERIMENT = CLIENT.create_experiment("shop", artifact_location="file:///nowhere")


def run(name, *data, parent=None, **tags):
    """Makes a run that was trained on these (name, context) pairs."""
    if parent:
        tags["mlflow.parentRunId"] = parent
    made = CLIENT.create_run(EXPERIMENT, run_name=name, tags=tags).info.run_id
    CLIENT.log_param(made, "epochs", 3)
    if data:
        inputs = [
            DatasetInput(
                Dataset(of, "0" * 8, "local", json.dumps({"uri": of})),
                [InputTag("mlflow.data.context", context)],
            )
            for of, context in data
        ]
        CLIENT.log_inputs(made, datasets=inputs)
    CLIENT.set_terminated(made)
    return made


base = run("base", ("cifar10", "training"), ("svhn", "evaluation"))
run("fold-1", ("mnist", "training"), parent=base)
run("fold-2", ("mnist", "training"), parent=base)
silent = run("silent")
labelled = run("labelled", ("mnist", "training"), **{"unlearn4j-labels": "0 3"})
tuned = run("tuned", ("svhn", "training"))
if hasattr(CLIENT, "create_logged_model"):  # MLflow 3
    from mlflow.entities import LoggedModelInput

    model = CLIENT.create_logged_model(EXPERIMENT, name="base-model", source_run_id=base)
    CLIENT.log_inputs(tuned, models=[LoggedModelInput(model.model_id)])
CLIENT.create_registered_model("shop")
for version in (base, silent):
    CLIENT.create_model_version("shop", "file:///nowhere/" + version, run_id=version)
print("mlflow", mlflow.__version__, "wrote", TO)
