package unlearn4j.lineage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import unlearn4j.core.Reason;
import unlearn4j.data.DataException;

/** MLflow's file store, of MLflow 2 and 3: a folder for each experiment, in it one for each run, and small files of YAML. */
final class MlflowFiles {
    private static final String MODELS = "models";
    private static final String DATA = "datasets";
    private static final List<String> TAGS = List.of("mlflow.parentRunId", LabelsTag.KEY);

    private final MlflowRuns runs = new MlflowRuns();

    private MlflowFiles() {}

    static MlflowRuns read(Path store) {
        MlflowFiles files = new MlflowFiles();
        try {
            List<Path> experiments = MetaFile.folders(store).stream()
                    .filter(folder -> Files.exists(folder.resolve(MetaFile.NAME)))
                    .toList();
            if (experiments.isEmpty()) {
                throw new DataException(store + " is no MLflow file store: no folder in it has a " + MetaFile.NAME
                        + " of an experiment; name the folder mlruns itself");
            }
            for (Path experiment : experiments) {
                files.experiment(experiment);
            }
            for (Path model : MetaFile.folders(store.resolve(MODELS))) {
                for (Path version : MetaFile.folders(model)) {
                    Map<String, Object> meta = MetaFile.meta(version);
                    files.runs.version(
                            MetaFile.needed(version, meta, "name"),
                            MetaFile.needed(version, meta, "version"),
                            MetaFile.text(meta, "run_id"),
                            MetaFile.text(meta, "source"));
                }
            }
        } catch (IOException | UncheckedIOException e) {
            IOException cause = e instanceof UncheckedIOException unchecked ? unchecked.getCause() : (IOException) e;
            throw new DataException("the MLflow store can't be read: " + Reason.of(cause), e);
        }
        return files.runs;
    }

    private void experiment(Path experiment) throws IOException {
        MetaFile.needed(experiment, MetaFile.meta(experiment), "experiment_id");
        Map<String, String> data = new HashMap<>();
        for (Path each : MetaFile.folders(experiment.resolve(DATA))) {
            data.put(each.getFileName().toString(), MetaFile.needed(each, MetaFile.meta(each), "name"));
        }
        for (Path each : MetaFile.folders(experiment.resolve(MODELS))) {
            Map<String, Object> meta = MetaFile.meta(each);
            runs.logged(MetaFile.needed(each, meta, "model_id"), MetaFile.text(meta, "source_run_id"));
        }
        for (Path each : MetaFile.folders(experiment)) {
            String name = each.getFileName().toString();
            if (!name.equals(DATA) && !name.equals(MODELS) && !name.equals("tags") && !name.equals("traces")) {
                run(each, data);
            }
        }
    }

    private void run(Path run, Map<String, String> data) throws IOException {
        Map<String, Object> meta = MetaFile.meta(run);
        String id = MetaFile.needed(run, meta, "run_id");
        runs.run(id, MetaFile.text(meta, "run_name"));
        for (String key : TAGS) {
            Path tag = run.resolve("tags").resolve(key);
            if (Files.exists(tag)) {
                runs.tag(id, key, MetaFile.content(tag).strip());
            }
        }
        for (Path each : MetaFile.folders(run.resolve("inputs"))) {
            Map<String, Object> input = MetaFile.meta(each);
            String source = MetaFile.needed(each, input, "source_id");
            if ("DATASET".equals(MetaFile.text(input, "source_type"))) {
                if (!data.containsKey(source)) {
                    throw new DataException(each.resolve(MetaFile.NAME) + ": there is no data set of id " + source
                            + " in its experiment: the store is damaged");
                }
                Object tags = input.get("tags");
                runs.data(
                        id,
                        data.get(source),
                        tags instanceof Map<?, ?> map ? MetaFile.text(map, "mlflow.data.context") : null);
            } else {
                runs.given(id, source);
            }
        }
    }
}
