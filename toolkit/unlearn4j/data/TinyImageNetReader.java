package unlearn4j.data;

import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.MemoryCacheImageInputStream;
import unlearn4j.core.Progress;
import unlearn4j.core.Screen;
import unlearn4j.fetch.Archive;

/**
 * Reads TinyImageNet: JPEG images in a folder for each class, and validation images whose classes stand in a list; they
 * serve as test images, as the real test images have no labels. Labels are in the order of {@code wnids.txt}; a grey
 * image gets three equal channels. How many images there are follows from the archive.
 */
final class TinyImageNetReader {
    private static final ImageShape SHAPE = new ImageShape(3, 64, 64);
    private static final Pattern TRAIN = Pattern.compile("(?:.*/)?train/(n\\d+)/images/[^/]+\\.JPEG");
    private static final Pattern TEST = Pattern.compile("(?:.*/)?val/images/([^/]+\\.JPEG)");
    private static final Pattern LIST = Pattern.compile("(?:.*/)?(wnids\\.txt|words\\.txt|val_annotations\\.txt)");

    private final Archive archive;
    private final Map<String, String> lists = new HashMap<>();
    private final List<Jpeg> train = new ArrayList<>();
    private final Map<String, Jpeg> test = new LinkedHashMap<>();

    /** A packed image: a quarter of the memory that its pixels will need. */
    private record Jpeg(String path, String wordnetId, byte[] bytes) {}

    private TinyImageNetReader(Archive archive) {
        this.archive = archive;
    }

    /**
     * Reads the data set, its images on all processors.
     *
     * @param name what to call it
     * @param archive its archive
     * @param sha256 the archive's SHA-256, by its name
     * @throws DataException if a file is missing in the archive, or is not what it should be
     * @throws CancellationException if the thread is interrupted
     */
    static Dataset read(String name, Archive archive, Map<String, String> sha256) {
        return new TinyImageNetReader(archive).read(name, sha256);
    }

    private Dataset read(String name, Map<String, String> sha256) {
        archive.forEach((path, in) -> {
            Matcher trained = TRAIN.matcher(path);
            Matcher tested = TEST.matcher(path);
            Matcher list = LIST.matcher(path);
            if (trained.matches()) {
                train.add(new Jpeg(path, trained.group(1), in.readAllBytes()));
            } else if (tested.matches()) {
                test.put(tested.group(1), new Jpeg(path, null, in.readAllBytes()));
            } else if (list.matches()) {
                lists.put(list.group(1), new String(in.readAllBytes(), StandardCharsets.UTF_8));
            }
        });
        List<String> ids = list("wnids.txt")
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .toList();
        List<Jpeg> tested = tested();
        if (train.isEmpty() || tested.isEmpty()) {
            throw refused("it has no " + (train.isEmpty() ? "training" : "validation") + " images");
        }
        int[] trainLabels = labels(ids, train);
        int[] testLabels = labels(ids, tested);
        List<String> labelNames = names(ids);
        byte[] trainPixels = pixels(train.size());
        byte[] testPixels = pixels(tested.size());
        try (Progress progress = Screen.current().progress(name, train.size() + tested.size(), "images")) {
            decode(train, trainPixels, 0, progress);
            decode(tested, testPixels, train.size(), progress);
        }
        Images images = Images.of(name + " train", SHAPE, trainPixels, trainLabels, labelNames);
        return new Dataset(
                name, images, Images.like(images, name + " test", testPixels, testLabels), new TreeMap<>(sha256));
    }

    private byte[] pixels(int images) {
        long bytes = (long) images * SHAPE.bytes();
        try {
            return new byte[Math.toIntExact(bytes)];
        } catch (OutOfMemoryError e) {
            throw new DataException(
                    String.format(
                            java.util.Locale.ROOT,
                            "%s unpacks to %d MB of pixels and Java may use %d "
                                    + "MB in all: start it with a larger -Xmx",
                            archive,
                            bytes >> 20,
                            Runtime.getRuntime().maxMemory() >> 20),
                    e);
        }
    }

    /** Returns the validation images in the order of their list, with their classes. */
    private List<Jpeg> tested() {
        List<Jpeg> listed = new ArrayList<>();
        for (String line : list("val_annotations.txt")
                .lines()
                .filter(text -> !text.isBlank())
                .toList()) {
            String[] words = line.split("\t");
            Jpeg jpeg = test.remove(words[0]);
            if (jpeg == null || words.length < 2) {
                throw refused("val_annotations.txt names " + words[0] + ", which is missing or has no class");
            }
            listed.add(new Jpeg(jpeg.path, words[1], jpeg.bytes));
        }
        if (!test.isEmpty()) {
            throw refused("val_annotations.txt does not name "
                    + test.keySet().iterator().next());
        }
        return listed;
    }

    private int[] labels(List<String> ids, List<Jpeg> images) {
        Map<String, Integer> labels = new HashMap<>();
        ids.forEach(id -> labels.put(id, labels.size()));
        return images.stream()
                .mapToInt(image -> {
                    if (!labels.containsKey(image.wordnetId)) {
                        throw refused("the class " + image.wordnetId + " of " + image.path + " is not in wnids.txt");
                    }
                    return labels.get(image.wordnetId);
                })
                .toArray();
    }

    /** Returns each class's first word, or all its words where two classes share the first. */
    private List<String> names(List<String> ids) {
        Map<String, String> words = new HashMap<>();
        list("words.txt")
                .lines()
                .map(line -> line.split("\t", 2))
                .filter(line -> line.length == 2)
                .forEach(line -> words.put(line[0], line[1].strip()));
        ids.stream().filter(id -> !words.containsKey(id)).findFirst().ifPresent(id -> {
            throw refused("words.txt does not name the class " + id);
        });
        Map<String, Long> uses =
                ids.stream().collect(Collectors.groupingBy(id -> first(words.get(id)), Collectors.counting()));
        return ids.stream()
                .map(words::get)
                .map(all -> uses.get(first(all)) == 1 ? first(all) : all)
                .toList();
    }

    private static String first(String words) {
        return words.split(",", 2)[0];
    }

    private String list(String file) {
        if (!lists.containsKey(file)) {
            throw refused(file + " is missing in it");
        }
        return lists.get(file);
    }

    /** Unpacks images on all processors; this thread only waits, shows how far they are, and stops them if it must. */
    private void decode(List<Jpeg> images, byte[] pixels, int before, Progress progress) {
        int processors = Runtime.getRuntime().availableProcessors();
        ExecutorService workers = Executors.newFixedThreadPool(processors);
        AtomicInteger next = new AtomicInteger();
        try {
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < processors; i++) {
                all.add(workers.submit(() -> decode(images, pixels, next)));
            }
            for (Future<?> one : all) {
                while (!done(one)) {
                    progress.done(before + Math.min(next.get(), images.size()));
                }
            }
            progress.done(before + images.size());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("reading " + archive + " was interrupted: call again to read it");
        } finally {
            workers.shutdownNow();
        }
    }

    private static boolean done(Future<?> worker) throws InterruptedException {
        try {
            worker.get(100, TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof DataException refused) {
                throw refused;
            }
            throw new IllegalStateException("reading images failed", e.getCause());
        }
    }

    private void decode(List<Jpeg> images, byte[] pixels, AtomicInteger next) {
        ImageReader reader = ImageIO.getImageReadersByFormatName("jpeg").next();
        try {
            for (int i = next.getAndIncrement(); i < images.size(); i = next.getAndIncrement()) {
                if (Thread.currentThread().isInterrupted()) {
                    return;
                }
                decode(reader, images.get(i), pixels, i * SHAPE.bytes());
            }
        } finally {
            reader.dispose();
        }
    }

    private void decode(ImageReader reader, Jpeg image, byte[] pixels, int offset) {
        Raster raster;
        try (MemoryCacheImageInputStream in = new MemoryCacheImageInputStream(new ByteArrayInputStream(image.bytes))) {
            reader.setInput(in);
            raster = reader.read(0).getRaster();
        } catch (IOException | RuntimeException e) {
            throw refused(image.path + " is no JPEG image that Java can read: " + e.getMessage());
        }
        int bands = raster.getNumBands();
        if (raster.getWidth() != SHAPE.width() || raster.getHeight() != SHAPE.height() || bands != 1 && bands != 3) {
            throw refused(image.path + " is " + new ImageShape(bands, raster.getHeight(), raster.getWidth())
                    + ", it must be " + SHAPE);
        }
        // The samples themselves: a conversion of colours would shift the greys.
        int plane = SHAPE.height() * SHAPE.width();
        int[] samples = raster.getPixels(0, 0, SHAPE.width(), SHAPE.height(), (int[]) null);
        for (int channel = 0; channel < SHAPE.channels(); channel++) {
            for (int i = 0; i < plane; i++) {
                pixels[offset + channel * plane + i] = (byte) samples[i * bands + (bands == 1 ? 0 : channel)];
            }
        }
    }

    private DataException refused(String reason) {
        return new DataException(archive + " is not the data set (" + reason + "): delete it and fetch it again");
    }
}
