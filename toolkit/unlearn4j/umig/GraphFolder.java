package unlearn4j.umig;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.reflect.TypeToken;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.commons.codec.digest.DigestUtils;
import unlearn4j.core.Check;
import unlearn4j.core.Reason;
import unlearn4j.data.DataException;
import unlearn4j.data.Dataset;
import unlearn4j.data.Images;
import unlearn4j.model.ModelSpec;
import unlearn4j.train.Classifier;
import unlearn4j.train.Interrupted;
import unlearn4j.train.ModelFile;
import unlearn4j.train.ModelSpecJson;

/**
 * A graph in a folder: {@code graph.json}, its {@link GraphShape}; {@code plan.json}, who was trained on which images and
 * how; {@code seconds.json}, how long that took; {@code past.json}, a {@link SavedPast} if it has one; and a file of weights
 * for each model, which {@link Classifier#load} reads too. Each file is written aside and renamed, so that it is there whole
 * or not at all. While the graph is trained, there is also a file of the training that is under way, and the models of steps
 * that are no nodes for as long as they are needed.
 */
final class GraphFolder {
    private static final String GRAPH = "graph.json";
    private static final String PLAN = "plan.json";
    private static final String PAST = "past.json";
    private static final String SECONDS = "seconds.json";
    private static final String LOCK = ".lock";
    /** Of a graph that is being saved: the folder was empty before. */
    private static final String SAVING = ".saving";

    private static final String MODEL = "model";
    private static final int LONGEST_NAME = 200;
    static final Gson JSON = new GsonBuilder()
            .disableHtmlEscaping()
            .registerTypeHierarchyAdapter(ModelSpec.class, new ModelSpecJson(List.of()))
            .create();

    private static final TypeToken<Map<String, Double>> SECONDS_BY_STEP = new TypeToken<>() {};

    private final Path folder;

    GraphFolder(Path folder) {
        this.folder = Check.given("folder", folder);
    }

    private static String fileName(String name) {
        String encoded = URLEncoder.encode(name, StandardCharsets.UTF_8);
        return encoded.length() <= LONGEST_NAME
                ? encoded
                : encoded.substring(0, LONGEST_NAME / 2) + "-" + DigestUtils.sha256Hex(name);
    }

    /** Returns the file of a node's or a step's model. */
    Path model(String name) {
        return folder.resolve(fileName(name) + ".safetensors");
    }

    /** Returns where the training of that step is kept while it is under way. */
    Path underWay(String name) {
        return folder.resolve(fileName(name) + ".under-way");
    }

    /** Keeps other processes and threads from training here until the channel is closed; sweeps what killed ones left. */
    FileChannel lock() {
        try {
            Files.createDirectories(folder);
            FileChannel channel =
                    FileChannel.open(folder.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            boolean locked = false;
            try {
                locked = channel.tryLock() != null;
                Check.that(locked, "%s is being trained in by another process: wait for it, or choose another", folder);
            } catch (OverlappingFileLockException e) {
                throw Check.refusal("%s is being trained in by this process: wait for it, or choose another", folder);
            } finally {
                if (!locked) {
                    channel.close();
                }
            }
            for (Path left : files(".")) {
                if (!left.endsWith(LOCK)) {
                    Files.delete(left);
                }
            }
            return channel;
        } catch (IOException e) {
            throw new DataException(folder + " can't be written to (" + e.getMessage() + "): choose another folder", e);
        }
    }

    private List<Path> files(String beginning) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().startsWith(beginning))
                    .toList();
        }
    }

    /** Returns the model that a step of that hash made, if it is there. */
    Optional<Classifier> find(Step step, String hash) {
        Path model = model(step.name());
        if (!Files.exists(model)) {
            return Optional.empty();
        }
        ModelFile file = ModelFile.load(model, List.of(step.model()));
        return file.about().equals(hash) ? Optional.of(file.models().get(MODEL)) : Optional.empty();
    }

    /** Keeps a model that a step of that hash made; what was kept of its training goes. */
    void keep(String name, String step, Classifier model) {
        new ModelFile(step, Map.of(MODEL, model)).save(model(name));
        delete(underWay(name));
    }

    /** Returns how many seconds the steps of those hashes took. */
    Map<String, Double> seconds() {
        Path file = folder.resolve(SECONDS);
        try {
            return Files.exists(file)
                    ? Check.allGiven("seconds", JSON.fromJson(Files.readString(file), SECONDS_BY_STEP))
                    : Map.of();
        } catch (IOException e) {
            throw new DataException(file + " can't be read (" + Reason.of(e) + ")", e);
        } catch (RuntimeException e) {
            throw new DataException(file + " is damaged: delete it, and the times of what was trained are lost", e);
        }
    }

    /** Keeps how many seconds the steps of those hashes took. */
    void keepSeconds(Map<String, Double> seconds) {
        write(SECONDS, JSON.toJson(seconds));
    }

    /** Lets go of a model. */
    void giveUp(String name) {
        delete(model(name));
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new DataException(file + " can't be deleted (" + e.getMessage() + ")", e);
        }
    }

    /** Writes what a graph is beside its weights. */
    void describe(GraphShape shape, Map<String, Images> shards, TrainingPlan plan) {
        Set<String> names = new HashSet<>();
        Stream.concat(
                        shards.keySet().stream(),
                        plan == null ? Stream.of() : plan.steps().stream().map(Step::name))
                .distinct()
                .forEach(name -> Check.that(
                        names.add(name.toLowerCase(Locale.ROOT)),
                        "%s can't be kept in a file: another node's name differs from it in upper and lower case alone",
                        name));
        write(PLAN, JSON.toJson(SavedPlan.of(shards, plan)));
        write(GRAPH, shape.json());
    }

    private void write(String name, String text) {
        Interrupted.check(folder + " is as it was");
        Path aside = folder.resolve("." + name + "-" + UUID.randomUUID());
        try {
            Files.writeString(aside, text);
            Files.move(
                    aside, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new DataException(
                    folder.resolve(name) + " can't be written (" + e.getMessage() + "): choose another folder", e);
        }
    }

    /** Writes a graph into the folder, which must be new, empty, or what a save that was killed has left. */
    void save(Umig umig, TrainingPlan plan) {
        Path mark = folder.resolve(SAVING);
        try {
            Files.createDirectories(folder);
            Check.that(
                    files("").isEmpty() || Files.exists(mark),
                    "%s holds files already: choose a new folder, or delete it",
                    folder);
            try (FileChannel marked = FileChannel.open(mark, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    FileLock lock = locked(marked)) {
                Check.that(lock != null, "a graph is being saved to %s: wait for it, or choose another", folder);
                for (Path left : files("")) {
                    if (!left.equals(mark)) {
                        Files.delete(left);
                    }
                }
                Map<String, Images> shards = new HashMap<>();
                umig.nodes().forEach(node -> {
                    keep(node.name(), "", node.model());
                    shards.put(node.name(), node.shard());
                });
                describe(umig.shape(), shards, plan);
                if (!umig.past().isEmpty()) {
                    write(PAST, JSON.toJson(SavedPast.of(umig.past())));
                }
                Files.delete(mark);
            }
        } catch (IOException e) {
            throw new DataException(folder + " can't be written to (" + e.getMessage() + "): choose another folder", e);
        }
    }

    /** Returns a lock; null if another process, or this, has it. */
    private static FileLock locked(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    /** Reads who inherits from whom. */
    GraphShape shape() {
        return reading(() -> GraphShape.ofJson(Files.readString(folder.resolve(GRAPH))));
    }

    /** Reads what the graph has been made to forget. */
    Past past() {
        Path file = folder.resolve(PAST);
        return reading(() -> {
            if (!Files.exists(file)) {
                return new Past();
            }
            try {
                SavedPast saved = JSON.fromJson(Files.readString(file), SavedPast.class);
                Check.given("past", saved).check();
                return new Past(saved.forgotten());
            } catch (IllegalArgumentException e) {
                throw new DataException(file + " can't be read: " + e.getMessage(), e);
            } catch (RuntimeException e) {
                throw new DataException(file + " is damaged: take a copy of it", e);
            }
        });
    }

    /** Says that the graph is as it was trained. */
    void isTrained() {
        delete(folder.resolve(PAST));
    }

    /** Reads each node's own images. */
    Map<String, Images> shards(Dataset data) {
        return reading(() -> read().shards(data));
    }

    /** Reads the graph. */
    Umig load(Dataset data) {
        return reading(() -> {
            SavedPlan saved = read();
            GraphShape shape = shape();
            Map<String, Images> shards = saved.shards(data);
            for (GraphShape.Node node : shape.nodes()) {
                if (!Files.exists(model(node.name()))) {
                    throw new DataException(folder + " has no model of " + node.name()
                            + " yet: its training is not finished, training in this folder again goes on with it");
                }
            }
            return Umig.of(
                    shape,
                    saved.plan(data),
                    past(),
                    name -> new ModelNode(name, Classifier.load(model(name)), shards.get(name)));
        });
    }

    private interface Reader<T> {
        T read() throws IOException;
    }

    private <T> T reading(Reader<T> reader) {
        try {
            return reader.read();
        } catch (NoSuchFileException e) {
            throw new DataException(folder + " holds no graph, or one that was not saved to the end", e);
        } catch (IOException e) {
            throw new DataException(folder + " can't be read (" + e.getMessage() + ")", e);
        } catch (IllegalArgumentException e) {
            throw new DataException(folder + " is damaged, or of another version of the toolkit: " + e.getMessage(), e);
        }
    }

    private SavedPlan read() throws IOException {
        try {
            SavedPlan saved = JSON.fromJson(Files.readString(folder.resolve(PLAN)), SavedPlan.class);
            Check.given("plan", saved).check();
            return saved;
        } catch (RuntimeException e) {
            throw new DataException(folder.resolve(PLAN) + " is damaged, or of another version of the toolkit", e);
        }
    }
}
