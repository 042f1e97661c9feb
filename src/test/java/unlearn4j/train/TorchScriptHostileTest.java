package unlearn4j.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import unlearn4j.OneLine;
import unlearn4j.data.DataException;
import unlearn4j.data.ImageShape;
import unlearn4j.data.Images;
import unlearn4j.data.Normalisation;
import unlearn4j.data.TinyImages;

/** A file that is no body is one clear line; the modules are PyTorch's, {@code script.py}. */
class TorchScriptHostileTest {
    private static final Path FIXTURES = Path.of("src/test/resources/torch");
    private static final String NO_SCRIPT =
            "it is no TorchScript, which is a zip; in Python torch.jit.script(net).save(";
    private static final String PICKLE =
            "a pickle, which is a program and is never run; in Python torch.jit.script(net)";
    private static final Images IMAGES = TinyImages.black(new ImageShape(3, 32, 32), 5);

    @TempDir
    private Path folder;

    private static void assertRefused(Path file, String says) {
        assertThatThrownBy(() -> TorchScript.of(file, "fc", IMAGES))
                .isInstanceOf(DataException.class)
                .hasMessageContaining(file.getFileName() + " is not loaded: ")
                .hasMessageContaining(says)
                .satisfies(
                        error -> assertThat(OneLine.is(error)).as("%s", error).isTrue());
    }

    private void assertRefused(byte[] file, String says) {
        try {
            assertRefused(Files.write(folder.resolve("bad.pt"), file), says);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] fixture(String name) throws IOException {
        return Files.readAllBytes(FIXTURES.resolve(name));
    }

    /** A module whose entries were changed, with checksums that are right. */
    private static byte[] edited(Consumer<Map<String, byte[]>> change) throws IOException {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(fixture("traced.pt")))) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                entries.put(entry.getName(), in.readAllBytes());
            }
        }
        change.accept(entries);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream out = new ZipOutputStream(bytes)) {
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                out.putNextEntry(new ZipEntry(entry.getKey()));
                out.write(entry.getValue());
            }
        }
        return bytes.toByteArray();
    }

    @Test
    void whatIsNotThere() {
        assertThatThrownBy(() -> TorchScript.of(folder.resolve("none.pt"), "fc", IMAGES))
                .isInstanceOf(DataException.class)
                .hasMessageStartingWith("there is no file");
        assertThatThrownBy(() -> TorchScript.of(folder, "fc", IMAGES)).hasMessageStartingWith("there is no file");
        assertThatThrownBy(() -> TorchScript.of(FIXTURES.resolve("body.pt"), " ", IMAGES))
                .hasMessageContaining("head must be a layer's name in PyTorch");
    }

    @Test
    void whatIsNoZip() throws IOException {
        assertRefused(new byte[0], NO_SCRIPT);
        assertRefused("print('hello')".getBytes(StandardCharsets.UTF_8), NO_SCRIPT);
        assertRefused(FIXTURES.resolve("resnet.safetensors"), NO_SCRIPT);
        assertRefused(new byte[] {(byte) 0x80, 2, (byte) 0x8a, 10, 'l', -4, -100, 'F', -7}, PICKLE);
    }

    @Test
    void whatIsAnotherZip() throws IOException {
        assertRefused(FIXTURES.resolve("pickle.pt"), PICKLE);
        assertRefused(
                edited(all -> all.keySet().removeIf(name -> name.contains("code/"))), "it is what torch.save writes");
        assertRefused(edited(all -> all.keySet().removeIf(name -> name.contains("constants"))), "no TorchScript");
        assertRefused(edited(Map::clear), "no TorchScript");
    }

    @Test
    void whatIsDamaged() throws IOException {
        byte[] cut = fixture("traced.pt");
        assertRefused(Arrays.copyOf(cut, cut.length - 30), "its zip is cut off or damaged: take a copy");
        assertRefused(Arrays.copyOf(cut, 20), "its zip is cut off or damaged: take a copy");
        byte[] bomb = new byte[1 << 27];
        assertRefused(edited(all -> all.put("traced/code/bomb.py", bomb)), "zip bomb");
        byte[] nonsense = "no code".getBytes(StandardCharsets.UTF_8);
        assertRefused(
                edited(all -> all.replaceAll((name, code) -> name.endsWith(".py") ? nonsense : code)), "libtorch says");
        assertRefused(
                edited(all -> all.replaceAll((name, data) -> name.endsWith("/data.pkl") ? nonsense : data)),
                "libtorch says");
        assertRefused(edited(all -> all.keySet().remove("traced/data/0")), "libtorch says");
    }

    /** Where a bit turned that nobody reads, a time say, the module is the same. */
    @Test
    void aBitThatTurnedIsFoundOrMeansNothing() throws IOException {
        List<String> said = new ArrayList<>();
        for (int at = 0; at < fixture("traced.pt").length; at += 61) {
            byte[] file = fixture("traced.pt");
            file[at] ^= 4;
            try {
                TorchScript read = TorchScript.of(Files.write(folder.resolve("bad.pt"), file), "fc", IMAGES);
                assertThat(read.features()).isEqualTo(4);
            } catch (DataException e) {
                assertThat(OneLine.is(e)).as("%s", e).isTrue();
                said.add(e.getMessage());
            }
        }
        assertThat(said).hasSizeGreaterThan(20).anyMatch(line -> line.contains("is damaged, its checksum is wrong"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            frozen      | it has no parameters: save it before torch.jit.freeze
            random      | an image's features hang on chance, or on the images beside it
            in-training | an image's features hang on chance, or on the images beside it
            several     | for 1 of the images of 3×32×32 it gives 2 arrays
            maps        | it gives (1, 4, 30, 30) of float32, where a head needs (1, features)
            one-image   | for 2 of the images of 3×32×32 it gives (1, 8)
            other-size  | mat1 and mat2 shapes cannot be multiplied
            double      | is of float64: net.float() before it is scripted
            """)
    void aModuleThatIsNoBody(String module, String says) {
        assertRefused(FIXTURES.resolve(module + ".pt"), says);
    }

    @Test
    void imagesAndHeadsOfOthers() {
        Path body = FIXTURES.resolve("body.pt");
        Images grey = TinyImages.black(new ImageShape(1, 32, 32), 5);
        assertThatThrownBy(() -> TorchScript.of(body, "fc", grey))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("3 channels");
        assertThatThrownBy(() -> TorchScript.of(body, "layer4", IMAGES))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("it has the layer layer4 itself: net.layer4 = torch.nn.Identity()");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            body   | classifier | 5 | it has no linear layer classifier, a weight of two sides and a bias: its linear layers are [fc]
            traced | bn1        | 5 | it has no linear layer bn1
            traced | conv1      | 5 | it has no linear layer conv1
            traced | fc         | 5 | fc takes 10 features where the body gives 4: save the body with fc made an Identity
            body   | fc         | 4 | fc.weight has the shape [5, 10] where TorchScript
            """)
    void weightsOfOthers(String module, String head, int classes, String says) {
        Images images = TinyImages.black(IMAGES.shape(), classes);
        TorchScript script = TorchScript.of(FIXTURES.resolve(module + ".pt"), head, images);
        assertThatThrownBy(() -> TorchWeights.load(FIXTURES.resolve("resnet.safetensors"), script, images))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("resnet.safetensors is not loaded: ")
                .hasMessageContaining(says);
    }

    @Test
    void anotherNormalisationOrSize() {
        TorchScript script = TorchScript.of(FIXTURES.resolve("body.pt"), "fc", IMAGES);
        Path weights = FIXTURES.resolve("resnet.safetensors");
        Normalisation grey = new Normalisation(new float[] {0}, new float[] {1});
        assertThatThrownBy(() -> TorchWeights.load(weights, script, IMAGES, grey))
                .hasMessageContaining("normalisation of 1 channels");
        Images small = TinyImages.black(new ImageShape(3, 16, 16), 5);
        assertThatThrownBy(() -> TorchWeights.load(weights, script, small))
                .hasMessageContaining("was read for images of 3×32×32, not of 16×16");
    }
}
