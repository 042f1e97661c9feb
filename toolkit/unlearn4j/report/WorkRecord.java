package unlearn4j.report;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tech.tablesaw.api.Table;
import unlearn4j.audit.Panel;
import unlearn4j.core.Build;
import unlearn4j.core.Check;
import unlearn4j.core.Reason;
import unlearn4j.core.Refusal;
import unlearn4j.data.DataException;
import unlearn4j.train.Classifier;
import unlearn4j.train.Origin;
import unlearn4j.umig.ModelNode;
import unlearn4j.unlearn.UnlearningResult;

/**
 * The record of one piece of work, a training, a distillation, an unlearning or an audit: all that it was made of, from the
 * data set's rows and the first seed on, on what machine, by which versions, and what came out, bit for bit. Written beside a
 * model's file it says where the model comes from; {@link #replay} does the work once more and compares.
 *
 * <pre>{@code
 * Images images = Datasets.fashionMnistSample().train().slice(0, 100);
 * Classifier model = Training.of(Classifier.create(ResNet.SMALL, images, 1), images, TrainingConfig.DEFAULT).run();
 * WorkRecord.of(model).write(Path.of("model.record.json"));
 * WorkRecord.read(Path.of("model.record.json")).replay();       // the same bits
 * }</pre>
 *
 * <p>The same bits need the same machine, versions and number of threads. What is of somebody's own, images, networks, methods
 * or estimators, no file can hold: such a record says so, and can be read and compared, not replayed.
 */
public final class WorkRecord {
    private static final int SCHEMA = 1;
    private static final String OUT = "out";
    private static final Gson JSON = new GsonBuilder()
            .setPrettyPrinting()
            .disableHtmlEscaping()
            .serializeNulls()
            .create();

    private final JsonObject record;

    private WorkRecord(JsonObject record) {
        this.record = record;
    }

    /**
     * What a replay found.
     *
     * @param same whether every bit is the same
     * @param differences what is not, a line each; where something is not, also what differs in machine and versions
     */
    public record Replay(boolean same, List<String> differences) {
        /** Makes a finding; the list is copied. */
        public Replay {
            differences = List.copyOf(Check.allGiven("differences", differences));
        }

        @Override
        public String toString() {
            return same ? "the same bits" : "not the same bits: " + String.join("; ", differences);
        }
    }

    /** Returns how a network's weights were made: by a training or a distillation, or by a method that changed a node. */
    public static WorkRecord of(Classifier model) {
        Check.given("model", model);
        return of(model.origin(), out(model));
    }

    /**
     * Returns what a method did to a graph.
     *
     * @throws IllegalArgumentException if a node was changed since
     */
    public static WorkRecord of(UnlearningResult result) {
        Check.given("result", result);
        return of(result.origin(), out(result));
    }

    /** Returns what an audit found, and of which networks. */
    public static WorkRecord of(Panel panel) {
        Check.given("panel", panel);
        return of(panel.origin(), out(panel));
    }

    private static WorkRecord of(Origin origin, Map<String, String> out) {
        JsonObject record = new JsonObject();
        record.addProperty("schema", SCHEMA);
        record.addProperty("kind", origin.kind());
        JsonObject found = new JsonObject();
        out.forEach(found::addProperty);
        record.add(OUT, found);
        here().asMap().forEach(record::add);
        RecordJson.of(origin).asMap().forEach(record::add);
        return new WorkRecord(record);
    }

    /** Returns what decides the bits besides. */
    private static JsonObject here() {
        return Drawing.apart(() -> {
            JsonObject here = new JsonObject();
            here.addProperty("device", Provenance.device());
            here.addProperty("commit", Build.commit());
            here.add("versions", JSON.toJsonTree(Provenance.versions()));
            return here;
        });
    }

    private static Map<String, String> out(Object made) {
        Map<String, String> out = new TreeMap<>();
        if (made instanceof Classifier model) {
            out.put("weights", model.weights().sha256());
        } else if (made instanceof UnlearningResult result) {
            for (ModelNode node : result.unlearning().nodes()) {
                Check.that(
                        result.origin() == node.model().origin().with().get("of"),
                        "%s was changed since, or given back: take the record of a method before",
                        node);
                out.put("weights of " + node, node.model().weights().sha256());
            }
        } else if (made instanceof Panel panel) {
            panel.values()
                    .forEach(value -> out.put(
                            value.model() + ", " + value.measure() + ", seed " + value.seed(),
                            String.valueOf(value.value())));
        }
        return out;
    }

    /**
     * Writes it as JSON. A file of that name is replaced when the new one is whole, and not before.
     *
     * @throws DataException if it can't be written; then what was there is still there
     */
    public void write(Path file) {
        Path whole = Check.given("file", file).toAbsolutePath();
        try {
            Path aside = Files.createTempFile(whole.getParent(), ".record-", ".json");
            try {
                Files.writeString(aside, json());
                Files.move(aside, whole, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
            } finally {
                Files.deleteIfExists(aside);
            }
        } catch (IOException e) {
            throw new DataException(
                    file + " can't be written (" + Reason.of(e) + "): choose a folder that exists, with room", e);
        }
    }

    /**
     * Reads what {@link #write} wrote.
     *
     * @throws DataException if there is no such file, or none of ours, or if another version of the toolkit wrote it that
     *     this one doesn't understand
     */
    public static WorkRecord read(Path file) {
        try {
            JsonElement json = JsonParser.parseString(Files.readString(Check.given("file", file)));
            int schema = json.getAsJsonObject().get("schema").getAsInt();
            if (schema != SCHEMA) {
                throw new DataException(String.format(
                        java.util.Locale.ROOT,
                        "%s is a record of schema %d, this version of the toolkit reads schema %d: read it with the "
                                + "version that wrote it",
                        file,
                        schema,
                        SCHEMA));
            }
            WorkRecord read = new WorkRecord(json.getAsJsonObject());
            read.toString();
            return read;
        } catch (NoSuchFileException e) {
            throw new DataException("there is no file " + file, e);
        } catch (IOException e) {
            throw new DataException(file + " can't be read (" + Reason.of(e) + ")", e);
        } catch (DataException e) {
            throw e;
        } catch (RuntimeException e) {
            // Gson's own, and what a record without a field makes of it.
            throw new DataException(file + " is no record of a work, or a damaged one: take a copy", e);
        }
    }

    /** Returns it as it is written. */
    public String json() {
        return JSON.toJson(record) + "\n";
    }

    /** Returns why it can't be replayed, in a few words; nothing if it can. */
    public Optional<String> unrepeatable() {
        return OwnWork.in(record);
    }

    /** Returns what differs from another record, times left out: a row for each seed, setting, set of images, bit that came out. */
    public Table diff(WorkRecord other) {
        return RecordDifference.of(record, Check.given("other", other).record);
    }

    /**
     * Does the work once more, from the data sets and the first seed on, and compares what comes out. It takes as long as the
     * work and all that it began with took.
     *
     * @throws Refusal if something in it is of somebody's own
     * @throws DataException if the data set that it names is another here
     * @throws unlearn4j.train.Interrupted if the thread is interrupted; another call begins anew
     */
    public Replay replay() {
        Optional<String> reason = unrepeatable();
        Refusal.unless(
                reason.isEmpty(),
                "this record of kind %s can't be replayed: %s",
                record.get("kind").getAsString(),
                reason.orElse(""));
        Map<String, String> now = out(new Replayer(record).replayed());
        List<String> differences = new ArrayList<>();
        JsonObject out = record.getAsJsonObject(OUT);
        now.forEach((name, value) -> {
            JsonElement was = out.get(name);
            if (!new JsonPrimitive(value).equals(was)) {
                differences.add(name + ": " + value + ", was " + (was == null ? "missing" : was.getAsString()));
            }
        });
        out.keySet().stream()
                .filter(name -> !now.containsKey(name))
                .forEach(name -> differences.add(name + ": missing"));
        boolean same = differences.isEmpty();
        if (!same) {
            here().asMap().forEach((name, value) -> {
                if (!value.equals(record.get(name))) {
                    differences.add(name + " " + value + ", was " + record.get(name));
                }
            });
        }
        return new Replay(same, differences);
    }

    @Override
    public String toString() {
        JsonObject out = record.getAsJsonObject(OUT);
        return record.get("kind").getAsString() + " in "
                + record.getAsJsonArray("steps").size() + " steps, "
                + (out.has("weights")
                        ? "weights " + out.get("weights").getAsString().substring(0, 12)
                        : out.size() + " results")
                + unrepeatable().map(reason -> "; can't be replayed: " + reason).orElse(": .replay() makes it again");
    }
}
