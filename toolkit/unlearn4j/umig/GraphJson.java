package unlearn4j.umig;

import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import com.google.gson.stream.JsonWriter;
import com.google.gson.stream.MalformedJsonException;
import java.io.EOFException;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.HashSet;
import java.util.Set;
import unlearn4j.core.Check;

/** A graph's shape as JSON: an object with an array of nodes and one of edges. What it does not know it passes over. */
final class GraphJson {
    private final JsonReader in;
    private final GraphFile file = new GraphFile();

    private GraphJson(JsonReader in) {
        this.in = in;
    }

    static String write(GraphShape shape) {
        StringWriter text = new StringWriter();
        try (JsonWriter out = new JsonWriter(text)) {
            out.beginObject().name("nodes").beginArray();
            for (int i = 0; i < shape.nodes().size(); i++) {
                GraphShape.Node node = shape.nodes().get(i);
                out.beginObject().name("id").value("n" + i).name("name").value(node.name());
                out.name("model").value(node.model());
                out.name("labels").value(GraphFile.labels(node.labels())).endObject();
            }
            out.endArray().name("edges").beginArray();
            GraphFile.Ids ids = new GraphFile.Ids(shape);
            for (GraphShape.Edge edge : shape.edges()) {
                out.beginObject().name("source").value(ids.of(edge.parent()));
                out.name("target").value(ids.of(edge.child()));
                out.name("weight").value(edge.weight()).endObject();
            }
            out.endArray().endObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    static GraphShape read(String text) {
        try (JsonReader in = new JsonReader(new StringReader(text))) {
            return new GraphJson(in).graph();
        } catch (EOFException e) {
            throw Check.refusal("this is not a graph in JSON: it ends before its time");
        } catch (MalformedJsonException e) {
            throw Check.refusal(
                    "this is not a graph in JSON: %s",
                    e.getMessage().lines().findFirst().orElse("it is malformed"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private GraphShape graph() throws IOException {
        begin(JsonToken.BEGIN_OBJECT, "an object");
        in.beginObject();
        Set<String> members = new HashSet<>();
        while (in.hasNext()) {
            String member = once(members);
            if (member.equals("nodes") || member.equals("edges")) {
                begin(JsonToken.BEGIN_ARRAY, "an array");
                in.beginArray();
                while (in.hasNext()) {
                    item(member.equals("nodes"));
                }
                in.endArray();
            } else {
                in.skipValue();
            }
        }
        in.endObject();
        Check.that(in.peek() == JsonToken.END_DOCUMENT, "this is not a graph in JSON: something follows its end");
        return file.shape();
    }

    private void item(boolean node) throws IOException {
        String place = in.getPath();
        begin(JsonToken.BEGIN_OBJECT, "an object");
        in.beginObject();
        Set<String> members = new HashSet<>();
        GraphFile.Item item = new GraphFile.Item(place);
        while (in.hasNext()) {
            switch (once(members)) {
                case "id" -> item.id = word();
                case "name" -> item.name = word();
                case "model" -> item.model = word();
                case "labels" -> item.labels = word();
                case "source" -> item.source = word();
                case "target" -> item.target = word();
                case "weight" -> {
                    begin(JsonToken.NUMBER, "a number");
                    item.weight = file.weight(in.nextString(), place + ".weight");
                }
                default -> in.skipValue();
            }
        }
        in.endObject();
        if (node) {
            file.node(item);
        } else {
            file.edge(item);
        }
    }

    /** A string; an id may also be a number. */
    private String word() throws IOException {
        if (in.peek() != JsonToken.NUMBER) {
            begin(JsonToken.STRING, "a string");
        }
        return in.nextString();
    }

    private String once(Set<String> members) throws IOException {
        String member = in.nextName();
        Check.that(members.add(member), "%s is given twice", in.getPath());
        return member;
    }

    private void begin(JsonToken expected, String what) throws IOException {
        JsonToken found = in.peek();
        if (found != expected) {
            // The place first: what is read is no longer there.
            String place = in.getPath();
            String words =
                    switch (found) {
                        case BEGIN_ARRAY -> "an array";
                        case BEGIN_OBJECT -> "an object";
                        case STRING -> "the string \"" + in.nextString() + "\"";
                        case NUMBER -> "the number " + in.nextString();
                        case BOOLEAN -> String.valueOf(in.nextBoolean());
                        case NULL -> "null";
                        default -> "nothing";
                    };
            throw Check.refusal("%s must be %s, not %s", place, what, words);
        }
    }
}
