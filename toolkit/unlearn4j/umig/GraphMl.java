package unlearn4j.umig;

import java.io.StringReader;
import java.io.StringWriter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import javax.xml.stream.XMLStreamWriter;
import unlearn4j.core.Check;

/** A graph's shape as GraphML (graphml.graphdrawing.org). What it does not know it passes over. */
final class GraphMl {
    private static final String NAMESPACE = "http://graphml.graphdrawing.org/xmlns";
    /** Forms of a graph that no inheritance has. */
    private static final List<String> NOT_HERE = List.of("hyperedge", "port");

    private final XMLStreamReader in;
    private final GraphFile file = new GraphFile();
    private final Map<String, Key> keys = new HashMap<>();
    private boolean graph;
    private boolean directed;

    /** A kind of datum: for nodes, edges or all, with a name, and a value where none is given. */
    private record Key(String of, String name, String otherwise) {}

    private GraphMl(XMLStreamReader in) {
        this.in = in;
    }

    static String write(GraphShape shape) {
        StringWriter text = new StringWriter();
        try {
            XMLStreamWriter out = XMLOutputFactory.newFactory().createXMLStreamWriter(text);
            out.writeStartDocument("UTF-8", "1.0");
            out.writeStartElement("graphml");
            out.writeDefaultNamespace(NAMESPACE);
            for (String key : List.of("name", "model", "labels", "weight")) {
                out.writeEmptyElement("key");
                out.writeAttribute("id", key);
                out.writeAttribute("for", key.equals("weight") ? "edge" : "node");
                out.writeAttribute("attr.name", key);
                out.writeAttribute("attr.type", key.equals("weight") ? "double" : "string");
            }
            out.writeStartElement("graph");
            out.writeAttribute("edgedefault", "directed");
            GraphFile.Ids ids = new GraphFile.Ids(shape);
            for (GraphShape.Node node : shape.nodes()) {
                out.writeStartElement("node");
                out.writeAttribute("id", ids.of(node.name()));
                datum(out, "name", node.name());
                datum(out, "model", node.model());
                datum(out, "labels", GraphFile.labels(node.labels()));
                out.writeEndElement();
            }
            for (GraphShape.Edge edge : shape.edges()) {
                out.writeStartElement("edge");
                out.writeAttribute("source", ids.of(edge.parent()));
                out.writeAttribute("target", ids.of(edge.child()));
                datum(out, "weight", String.valueOf(edge.weight()));
                out.writeEndElement();
            }
            out.writeEndDocument();
            out.close();
        } catch (XMLStreamException e) {
            throw new IllegalStateException(e);
        }
        return text.toString();
    }

    private static void datum(XMLStreamWriter out, String key, String value) throws XMLStreamException {
        out.writeStartElement("data");
        out.writeAttribute("key", key);
        // XML reads a carriage return as a line feed, unless it comes as a reference.
        String[] pieces = value.split("\r", -1);
        for (int i = 0; i < pieces.length; i++) {
            if (i > 0) {
                out.writeEntityRef("#xD");
            }
            out.writeCharacters(pieces[i]);
        }
        out.writeEndElement();
    }

    static GraphShape read(String text) {
        XMLInputFactory factory = XMLInputFactory.newFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_COALESCING, true);
        try {
            return new GraphMl(factory.createXMLStreamReader(new StringReader(text))).document();
        } catch (XMLStreamException e) {
            throw Check.refusal(
                    "this is not a graph in GraphML: %s",
                    e.getMessage().replaceAll("\\s+", " ").replace("ParseError at [row,col]:", "at [line,column] "));
        }
    }

    private GraphShape document() throws XMLStreamException {
        while (in.hasNext()) {
            if (in.next() == XMLStreamConstants.START_ELEMENT) {
                switch (in.getLocalName()) {
                    case "key" -> key();
                    case "graph" -> graph();
                    case "node" -> file.node(item("node"));
                    case "edge" -> file.edge(item("edge"));
                    default -> known(in.getLocalName());
                }
            }
        }
        Check.that(graph, "this is not a graph in GraphML: it has no <graph>");
        return file.shape();
    }

    private void known(String element) {
        Check.that(!NOT_HERE.contains(element), "%s: a <%s> is in no inheritance graph", place(), element);
    }

    private void key() throws XMLStreamException {
        String id = attribute("id");
        String of = attribute("for");
        String name = attribute("attr.name");
        String otherwise = null;
        while (in.next() != XMLStreamConstants.END_ELEMENT || !in.getLocalName().equals("key")) {
            if (in.isStartElement() && in.getLocalName().equals("default")) {
                otherwise = in.getElementText();
            }
        }
        keys.put(id, new Key(of == null ? "all" : of, name == null ? "" : name, otherwise));
    }

    private void graph() {
        Check.that(!graph, "%s: a second <graph>, or one in another, is not read: give one", place());
        graph = true;
        directed = !"undirected".equals(attribute("edgedefault"));
    }

    /** Reads a node or an edge to its end. */
    private GraphFile.Item item(String kind) throws XMLStreamException {
        GraphFile.Item item = new GraphFile.Item(place());
        item.id = attribute("id");
        item.source = attribute("source");
        item.target = attribute("target");
        if (kind.equals("edge")) {
            String direction = attribute("directed");
            Check.that(
                    direction == null ? directed : direction.equals("true"),
                    "%s: edge %s – %s has no direction, so nobody knows who inherits: use directed edges",
                    item.place,
                    item.source,
                    item.target);
        }
        for (Key key : keys.values()) {
            if (key.otherwise != null && (key.of.equals(kind) || key.of.equals("all"))) {
                put(item, kind, key.name, key.otherwise, item.place);
            }
        }
        while (in.next() != XMLStreamConstants.END_ELEMENT || !in.getLocalName().equals(kind)) {
            if (in.isStartElement()) {
                if (in.getLocalName().equals("data")) {
                    String place = place();
                    Key key = keys.get(attribute("key"));
                    Check.that(key != null, "%s: there is no <key> of id %s", place, attribute("key"));
                    if (key.name.isEmpty()
                            || !List.of("name", "model", "labels", "weight").contains(key.name)) {
                        continue;
                    }
                    put(item, kind, key.name, in.getElementText(), place);
                } else {
                    Check.that(
                            !in.getLocalName().equals("graph"),
                            "%s: a <graph> in a node is not read: give one",
                            place());
                    known(in.getLocalName());
                }
            }
        }
        return item;
    }

    private void put(GraphFile.Item item, String kind, String name, String value, String place) {
        if (kind.equals("edge")) {
            if (name.equals("weight")) {
                item.weight = file.weight(value, place);
            }
            return;
        }
        switch (name) {
            case "name" -> item.name = value;
            case "model" -> item.model = value;
            case "labels" -> item.labels = value;
            default -> {
                // A node has no more of ours.
            }
        }
    }

    private String attribute(String name) {
        return in.getAttributeValue(null, name);
    }

    private String place() {
        return "line " + in.getLocation().getLineNumber();
    }
}
