package unlearn4j.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.lang.reflect.Modifier;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A cell's last value prints as what it is, never as a class and a number. */
class PrintedTest {
    /** What no cell ends with: other code uses them. */
    private static final Set<String> NEVER_SHOWN = Set.of("Notebook", "ModelSpecJson", "TextScreen", "Fetcher");

    private static List<Class<?>> values() {
        List<Class<?>> values = new ArrayList<>();
        new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests()).importPackages("unlearn4j").stream()
                        .map(JavaClass::reflect)
                        .filter(PrintedTest::isPublic)
                        .filter(type -> !type.isInterface() && !Throwable.class.isAssignableFrom(type))
                        .filter(type -> Arrays.stream(type.getMethods())
                                .anyMatch(method -> method.getDeclaringClass() == type
                                        && !Modifier.isStatic(method.getModifiers())))
                        .filter(type -> !NEVER_SHOWN.contains(type.getSimpleName()))
                        .sorted(Comparator.comparing(Class::getName))
                        .forEach(values::add);
        return values;
    }

    private static boolean isPublic(Class<?> type) {
        return Modifier.isPublic(type.getModifiers())
                && (type.getEnclosingClass() == null || isPublic(type.getEnclosingClass()));
    }

    @Test
    void noValueIsPrintedByTheClassObject() {
        assertThat(values()).hasSizeGreaterThan(80);
        assertThat(values()).filteredOn(PrintedTest::isObjects).isEmpty();
    }

    @Test
    void noValueIsPrintedAsAnAddress(@TempDir Path folder) throws Exception {
        Samples samples = new Samples(folder);
        List<String> printed = new ArrayList<>();
        for (Class<?> type : values()) {
            Optional<Object> value = sample(samples, type);
            value.map(String::valueOf)
                    .filter(text -> text.matches("(?s).*\\w@[0-9a-f]{4,8}\\b.*|(?s).*\\[[FIDJB]@.*"))
                    .ifPresent(text -> printed.add(type.getName() + ": " + text));
        }
        assertThat(printed).isEmpty();
    }

    private static boolean isObjects(Class<?> type) {
        try {
            return type.getMethod("toString").getDeclaringClass() == Object.class;
        } catch (NoSuchMethodException e) {
            throw new AssertionError(e);
        }
    }

    private static Optional<Object> sample(Samples samples, Class<?> type) throws NoSuchMethodException {
        try {
            return samples.of(type, type.getMethod("toString"));
        } catch (IllegalArgumentException e) {
            // Some samples are wrong on purpose.
            return Optional.empty();
        }
    }
}
