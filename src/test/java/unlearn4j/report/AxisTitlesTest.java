package unlearn4j.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** What a chart's axes are called, in the toolkit and in the notebooks: one form for each quantity, its unit after a comma. */
class AxisTitlesTest {
    private static final Pattern CALL =
            Pattern.compile("(Charts\\.(?:lines|bars|points|counts|heat)|Figures\\.(?:bars|lines|histogram))\\(");
    private static final Pattern WORDS = Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*)\"");
    /** Other forms of what has one: "accuracy, %", "epoch", "time, s", "difference, points", "sent, MB". */
    private static final Pattern OTHER_FORMS = Pattern.compile(
            "percent|\\(%\\)|^%|[^,] %|epochs|[Ss]econds|milliseconds|\\((ms|s|MB)\\)|^(points|MB|s|ms)$");

    private static String code(Path notebook) {
        try {
            JsonObject json = JsonParser.parseString(Files.readString(notebook)).getAsJsonObject();
            return cells(json.getAsJsonArray("cells"))
                    .map(JsonElement::getAsJsonObject)
                    .filter(cell -> cell.get("cell_type").getAsString().equals("code"))
                    .map(cell -> cells(cell.getAsJsonArray("source"))
                            .map(JsonElement::getAsString)
                            .collect(Collectors.joining()))
                    .collect(Collectors.joining("\n"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<JsonElement> cells(Iterable<JsonElement> array) {
        return StreamSupport.stream(array.spliterator(), false);
    }

    /** Returns a call's arguments, the first three; commas within words or parentheses part nothing. */
    private static List<String> arguments(String code, int from) {
        List<String> arguments = new ArrayList<>();
        int depth = 0;
        boolean quoted = false;
        int start = from;
        for (int i = from; i < code.length() && depth >= 0 && arguments.size() < 3; i++) {
            char letter = code.charAt(i);
            quoted ^= letter == '"' && code.charAt(i - 1) != '\\';
            depth += quoted ? 0 : letter == '(' ? 1 : letter == ')' ? -1 : 0;
            if (depth < 0 || depth == 0 && letter == ',' && !quoted) {
                arguments.add(code.substring(start, i));
                start = i + 1;
            }
        }
        return arguments;
    }

    private static List<String> titles(String code) {
        List<String> titles = new ArrayList<>();
        Matcher call = CALL.matcher(code);
        while (call.find()) {
            List<String> arguments = arguments(code, call.end());
            int last = call.group(1).startsWith("Charts") ? 3 : 2;
            for (String argument : arguments.subList(1, Math.min(last, arguments.size()))) {
                titles.add(WORDS.matcher(argument)
                        .results()
                        .map(words -> words.group(1))
                        .collect(Collectors.joining("…", argument.strip().startsWith("\"") ? "" : "…", "")));
            }
        }
        return titles;
    }

    @Test
    void eachQuantityHasOneForm() throws IOException {
        List<String> titles = new ArrayList<>();
        try (Stream<Path> notebooks = Files.walk(Path.of("notebooks"));
                Stream<Path> toolkit = Files.walk(Path.of("toolkit"))) {
            notebooks
                    .filter(file -> file.toString().endsWith(".ipynb")
                            && !file.toString().contains("results")
                            && !file.toString().contains(".ipynb_checkpoints"))
                    .forEach(file -> titles.addAll(titles(code(file))));
            for (Path source :
                    toolkit.filter(file -> file.toString().endsWith(".java")).toList()) {
                titles.addAll(titles(Files.readString(source)));
            }
        }
        assertThat(titles).hasSizeGreaterThan(50).contains("accuracy, %", "…, %", "time, ms", "epoch");
        assertThat(titles).noneMatch(title -> OTHER_FORMS.matcher(title).find());
    }
}
