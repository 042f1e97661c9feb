package unlearn4j.train;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import unlearn4j.core.Check;

/** The numbers of a safetensors file as 32-bit floats, each of which is exactly the 16-bit one that it came from. */
final class TorchNumbers {
    /** Numbers read or written at a time. */
    private static final int CHUNK = 1 << 20;

    private TorchNumbers() {}

    /** Returns whether numbers of that type are read. */
    static boolean isRead(String type) {
        return type.equals("F32") || type.equals("BF16") || type.equals("F16");
    }

    /**
     * Reads the next array.
     *
     * @throws IllegalArgumentException if one of its numbers is not finite
     */
    static float[] read(DataInputStream in, SafeTensors.Tensor tensor) throws IOException {
        int width = tensor.type().equals("F32") ? Float.BYTES : Short.BYTES;
        float[] numbers = new float[Math.toIntExact((tensor.end() - tensor.begin()) / width)];
        byte[] bytes = new byte[width * Math.min(numbers.length, CHUNK)];
        ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        for (int from = 0; from < numbers.length; from += CHUNK) {
            int count = Math.min(CHUNK, numbers.length - from);
            in.readFully(bytes, 0, width * count);
            for (int i = 0; i < count; i++) {
                numbers[from + i] = switch (tensor.type()) {
                    case "F32" -> buffer.getFloat(width * i);
                    case "BF16" -> Float.intBitsToFloat(buffer.getShort(width * i) << 16);
                    default -> half(buffer.getShort(width * i));
                };
                Check.that(
                        Float.isFinite(numbers[from + i]),
                        "%s has %s at %d: a weight must be a finite number",
                        tensor.name(),
                        numbers[from + i],
                        from + i);
            }
        }
        return numbers;
    }

    /** IEEE 754's binary16: 5 bits of exponent, 10 of fraction. Java's own conversion begins with Java 20. */
    private static float half(short bits) {
        int exponent = bits >> 10 & 0x1f;
        int fraction = bits & 0x3ff;
        float size =
                switch (exponent) {
                    case 0 -> Math.scalb((float) fraction, -24);
                    case 0x1f -> fraction == 0 ? Float.POSITIVE_INFINITY : Float.NaN;
                    default -> Math.scalb(1024f + fraction, exponent - 25);
                };
        return bits < 0 ? -size : size;
    }

    /** Writes an array as 32-bit floats. */
    static void write(OutputStream out, float[] numbers) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(Float.BYTES * Math.min(numbers.length, CHUNK))
                .order(ByteOrder.LITTLE_ENDIAN);
        for (int from = 0; from < numbers.length; from += CHUNK) {
            int count = Math.min(CHUNK, numbers.length - from);
            bytes.asFloatBuffer().put(numbers, from, count);
            out.write(bytes.array(), 0, Float.BYTES * count);
        }
    }
}
