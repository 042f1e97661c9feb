package unlearn4j;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.function.Consumer;

/** Files that went wrong on their way, from a right one and a seed, and what a reader may make of them. */
public final class Fuzz {
    private static final List<String> TOKENS = List.of(
            "0",
            "-1",
            "2147483647",
            "99999999999999999999",
            "1e999",
            "NaN",
            "0.5",
            "null",
            "true",
            "[]",
            "{}",
            "\"\"",
            "\"",
            "<",
            ">",
            ",",
            "\n",
            "\0",
            "\u2028",
            "\ud83d\ude00");
    private static final List<JsonElement> VALUES = List.of(
            new JsonPrimitive(0),
            new JsonPrimitive(-1),
            new JsonPrimitive(Integer.MAX_VALUE),
            new JsonPrimitive(Long.MAX_VALUE),
            new JsonPrimitive(1e300),
            new JsonPrimitive(0.5),
            new JsonPrimitive(true),
            new JsonPrimitive(""),
            new JsonPrimitive("else"),
            JsonNull.INSTANCE,
            new JsonArray(),
            new JsonObject());
    private static final int[] EXTREMES = {0, 0xff, 0x7f, 0x80};
    private static final int DEEP = 50_000;
    private static final int MEGABYTES = 64;
    private static final int TIMES = 200;

    private Fuzz() {}

    /** Returns other bytes: some flipped, cut off, put in, repeated or taken from another place. */
    public static byte[] bytes(byte[] right, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        byte[] wrong = right;
        for (int change = random.nextInt(1, 4); change > 0 && wrong.length > 0; change--) {
            wrong = changed(wrong, random);
        }
        return wrong;
    }

    private static byte[] changed(byte[] bytes, SplittableRandom random) {
        int at = random.nextInt(bytes.length);
        int end = random.nextInt(at, Math.min(bytes.length, at + 64)) + 1;
        byte[] part = Arrays.copyOfRange(bytes, at, end);
        return switch (random.nextInt(6)) {
            case 0 -> Arrays.copyOf(bytes, at);
            case 1 -> replaced(bytes, at, end, new byte[0]);
            case 2 -> replaced(bytes, at, at, repeated(part, random.nextInt(1, 100)));
            case 3 -> replaced(bytes, random.nextInt(bytes.length), -1, part);
            case 4 -> {
                byte[] four = new byte[Math.min(4, bytes.length - at)];
                Arrays.fill(four, (byte) EXTREMES[random.nextInt(EXTREMES.length)]);
                yield replaced(bytes, at, at + four.length, four);
            }
            default -> replaced(bytes, at, at + 1, new byte[] {(byte) random.nextInt(256)});
        };
    }

    /** Returns the bytes with others from {@code from} to {@code below}; −1 is as many as there are. */
    private static byte[] replaced(byte[] bytes, int from, int below, byte[] others) {
        int end = Math.min(bytes.length, below < 0 ? from + others.length : below);
        byte[] all = new byte[from + others.length + bytes.length - end];
        System.arraycopy(bytes, 0, all, 0, from);
        System.arraycopy(others, 0, all, from, others.length);
        System.arraycopy(bytes, end, all, from + others.length, bytes.length - end);
        return all;
    }

    private static byte[] repeated(byte[] part, int times) {
        byte[] all = new byte[part.length * times];
        for (int i = 0; i < all.length; i++) {
            all[i] = part[i % part.length];
        }
        return all;
    }

    /** Returns another text: its bytes are others, or words of it, or it is nested deep. */
    public static String text(String right, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int at = random.nextInt(right.length());
        return switch (random.nextInt(4)) {
            case 0 -> new String(bytes(right.getBytes(StandardCharsets.UTF_8), seed), StandardCharsets.UTF_8);
            case 1 -> {
                String[] pieces = right.split("(?<=[^\\w.])|(?=[^\\w.])");
                pieces[random.nextInt(pieces.length)] = TOKENS.get(random.nextInt(TOKENS.size()));
                yield String.join("", pieces);
            }
            case 2 -> right.substring(0, at) + TOKENS.get(random.nextInt(TOKENS.size())) + right.substring(at);
            default -> {
                String opened = random.nextBoolean() ? "[" : random.nextBoolean() ? "{\"a\":" : "<a>";
                yield random.nextInt(8) > 0
                        ? right.substring(0, at)
                        : right.substring(0, at) + opened.repeat(DEEP) + right.substring(at);
            }
        };
    }

    /** Returns other JSON: a value of it is another or gone, or it is another text. */
    public static String json(String right, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        if (random.nextInt(4) == 0) {
            return text(right, seed);
        }
        JsonElement root = JsonParser.parseString(right);
        List<Consumer<JsonElement>> places = new ArrayList<>();
        collect(root, places);
        JsonElement value = random.nextInt(4) == 0 ? null : VALUES.get(random.nextInt(VALUES.size()));
        places.get(random.nextInt(places.size())).accept(value);
        return root.toString();
    }

    /** Collects what puts a value, or removes it for null, at each place of a tree. */
    private static void collect(JsonElement tree, List<Consumer<JsonElement>> places) {
        if (tree instanceof JsonObject object) {
            object.asMap().forEach((name, value) -> {
                places.add(other -> {
                    if (other == null) {
                        object.remove(name);
                    } else {
                        object.add(name, other);
                    }
                });
                collect(value, places);
            });
        } else if (tree instanceof JsonArray array) {
            for (int i = 0; i < array.size(); i++) {
                int at = i;
                places.add(other -> {
                    if (other == null) {
                        array.remove(at);
                    } else {
                        array.set(at, other);
                    }
                });
                collect(array.get(i), places);
            }
        }
    }

    /**
     * Reads a file that may be wrong: what is read is a value, or refused in one line, and takes no more memory than a file
     * of that size can be worth.
     *
     * @param bytes the file's size
     * @return the value, or nothing if it was refused
     */
    public static <T> Optional<T> read(long bytes, Callable<T> reader) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getThreadAllocatedBytes(Thread.currentThread().getId());
        Optional<T> read;
        try {
            read = Optional.of(reader.call());
        } catch (Throwable error) {
            if (!OneLine.is(error)) {
                throw new AssertionError("not one line for a user: " + error, error);
            }
            read = Optional.empty();
        }
        long taken = threads.getThreadAllocatedBytes(Thread.currentThread().getId()) - before;
        assertThat(taken).as("bytes allocated for a file of %d", bytes).isLessThan((MEGABYTES << 20) + TIMES * bytes);
        return read;
    }
}
