package unlearn4j.report;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.Shape;
import java.awt.Stroke;
import java.awt.font.FontRenderContext;
import java.awt.geom.Path2D;
import java.awt.geom.Point2D;
import java.awt.geom.Rectangle2D;
import java.awt.geom.RoundRectangle2D;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.BreakIterator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jgrapht.graph.DefaultEdge;
import org.jgrapht.graph.DirectedAcyclicGraph;
import unlearn4j.core.Check;
import unlearn4j.core.Reason;
import unlearn4j.report.GraphLayout.Arrow;
import unlearn4j.report.GraphLayout.Box;
import unlearn4j.umig.Role;

/**
 * A picture of an inheritance graph, in layers from left to right: each edge goes from a layer to one further right
 * (Sugiyama's method, by the Eclipse Layout Kernel). A graph that would be very wide goes from top to bottom where that
 * is narrower. The same graph gives the same picture.
 */
public final class GraphPicture implements Picture {
    static final int MARGIN = 12;
    private static final int MOST_NODES = 200;
    private static final int LEGEND_HEIGHT = 34;
    private static final int CAPTION_HEIGHT = 20;
    private static final int LONGEST_TEXT = 40;
    static final Font NAME = Charts.FONT.deriveFont(Font.BOLD);
    static final Font NOTE = Charts.FONT.deriveFont(12f);
    private static final FontRenderContext FONTS = new FontRenderContext(null, true, true);

    private final List<Node> nodes;
    private final List<Edge> edges;
    private final GraphLayout layout;
    private final String words;
    private final String caption;
    private final int width;
    private final int height;

    /** How the nodes of a role look: discovery nodes with a double border, untouched ones with a dashed one, unknown ones with a dotted one. */
    record Look(String words, Color fill, Color text) {
        static Look of(Role role) {
            return switch (role) {
                case DISCOVERY -> new Look("discovery node", new Color(0xF2B84B), Color.BLACK);
                case INHERITED -> new Look("inherited node", Charts.COLOURS.get(0), Color.WHITE);
                case UNTOUCHED -> new Look("untouched node", Color.WHITE, Color.BLACK);
                case UNKNOWN -> new Look("nobody knows", new Color(0x333333), Color.WHITE);
            };
        }
    }

    /**
     * A model.
     *
     * @param name its name in the graph; a long one is cut in the picture
     * @param role what it is to the request
     * @param note what stands below its name, the labels that it forgets say; empty for nothing
     */
    public record Node(String name, Role role, String note) {
        /** Makes a node. */
        public Node {
            Check.that(name != null && !name.isBlank(), "a node's name (%s) must not be blank", name);
            Check.given("role of node " + name, role);
            Check.given("note of node " + name, note);
        }
    }

    /**
     * An inheritance.
     *
     * @param from the name of the node inherited from
     * @param to the name of the heir
     * @param label what stands on the edge, a weight say; empty for nothing
     */
    public record Edge(String from, String to, String label) {
        /** Makes an edge. */
        public Edge {
            Check.given("start of an edge", from);
            Check.given("end of an edge", to);
            Check.given("label of edge " + from + " → " + to, label);
        }

        /** Makes an edge without a label. */
        public Edge(String from, String to) {
            this(from, to, "");
        }

        @Override
        public String toString() {
            return from + " → " + to;
        }
    }

    private GraphPicture(List<Node> nodes, List<Edge> edges, GraphLayout layout, String words) {
        this.nodes = nodes;
        this.edges = edges;
        this.layout = layout;
        this.words = words;
        double legend = roles().mapToDouble(role -> legendWidth(role)).sum() + 2 * MARGIN;
        caption = layout.boxes().size() == nodes.size()
                ? words
                : "%d nodes and %d edges in groups by depth, role and labels; .save(file) draws each%s"
                        .formatted(nodes.size(), edges.size(), words.isEmpty() ? "" : "; " + words);
        double captionWidth = NOTE.getStringBounds(caption, FONTS).getWidth() + 2 * MARGIN;
        width = (int) Math.ceil(Math.max(layout.width(), Math.max(legend, captionWidth)));
        height = (int) Math.ceil(layout.height()) + LEGEND_HEIGHT + (caption.isEmpty() ? 0 : CAPTION_HEIGHT);
    }

    /**
     * Lays a graph out: one of more than {@value #MOST_NODES} nodes in groups of alike ones, which says so.
     *
     * @param nodes 1 node or more; their names differ
     * @param edges edges between these nodes, no two alike, without a cycle
     * @throws unlearn4j.train.Interrupted if the thread is interrupted
     */
    public static GraphPicture of(List<Node> nodes, List<Edge> edges) {
        return of(nodes, edges, "");
    }

    /** Lays a graph out, with words below it. */
    static GraphPicture of(List<Node> nodes, List<Edge> edges, String words) {
        Check.notEmpty("nodes", nodes);
        Check.allGiven("edges", edges);
        DirectedAcyclicGraph<String, DefaultEdge> names = new DirectedAcyclicGraph<>(DefaultEdge.class);
        for (Node node : nodes) {
            Check.that(
                    names.addVertex(node.name()), "node %s is given twice: give each a name of its own", node.name());
        }
        for (Edge edge : edges) {
            for (String end : List.of(edge.from(), edge.to())) {
                Check.that(
                        names.containsVertex(end),
                        "edge %s: there is no node %s, but %s",
                        edge,
                        end,
                        nodes.size() > MOST_NODES ? "others" : names.vertexSet());
            }
            Check.that(!names.containsEdge(edge.from(), edge.to()), "edge %s is given twice", edge);
            try {
                names.addEdge(edge.from(), edge.to());
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException(
                        "edge " + edge + " closes a cycle: a model can't inherit from its heir", e);
            }
        }
        return Drawing.apart(() -> {
            GraphGroups shown =
                    nodes.size() > MOST_NODES ? GraphGroups.of(nodes, edges, names) : new GraphGroups(nodes, edges);
            return new GraphPicture(
                    List.copyOf(nodes), List.copyOf(edges), GraphLayout.of(shown.nodes(), shown.edges()), words);
        });
    }

    /**
     * Draws the whole graph, each of its nodes, into an SVG file. Thousands of nodes take minutes and gigabytes.
     *
     * @param file the file; one that is there is replaced
     * @throws UncheckedIOException if it can't be written
     * @throws unlearn4j.train.Interrupted if the thread is interrupted, and then nothing is written
     */
    public void save(Path file) {
        Check.given("file", file);
        String svg = Drawing.apart(() -> new GraphPicture(nodes, edges, GraphLayout.of(nodes, edges), words))
                .svg();
        Drawing.apart(() -> {
            try {
                return Files.writeString(file, svg);
            } catch (IOException e) {
                throw new UncheckedIOException("the graph can't be written to " + file + " (" + Reason.of(e) + ")", e);
            }
        });
    }

    @Override
    public int width() {
        return width;
    }

    @Override
    public int height() {
        return height;
    }

    @Override
    public String toString() {
        return "graph of " + nodes.size() + " nodes and " + edges.size() + " edges"
                + (boxes().size() == nodes.size() ? "" : " in " + boxes().size() + " groups");
    }

    List<Box> boxes() {
        return layout.boxes();
    }

    List<Arrow> arrows() {
        return layout.arrows();
    }

    @Override
    public void paint(Graphics2D graphics) {
        Check.given("graphics", graphics).setColor(Color.WHITE);
        graphics.fill(new Rectangle2D.Double(0, 0, width, height));
        arrows().forEach(arrow -> paint(graphics, arrow));
        for (Box box : boxes()) {
            paint(graphics, box.node().role(), box.place());
            graphics.setColor(Look.of(box.node().role()).text);
            double middle = box.place().getCenterX();
            boolean bare = box.node().note().isEmpty();
            text(graphics, NAME, box.node().name(), middle, box.place().getCenterY() + (bare ? 5 : -3));
            text(graphics, NOTE, box.node().note(), middle, box.place().getCenterY() + 14);
        }
        double x = MARGIN;
        double y = layout.height();
        if (!caption.isEmpty()) {
            graphics.setColor(Charts.TEXT);
            graphics.setFont(NOTE);
            graphics.drawString(caption, MARGIN, (float) y + 12);
            y += CAPTION_HEIGHT;
        }
        for (Role role : roles().toList()) {
            paint(graphics, role, new Rectangle2D.Double(x, y + 8, 28, 16));
            graphics.setColor(Charts.TEXT);
            String words = Look.of(role).words;
            text(graphics, NOTE, words, x + 36 + textWidth(NOTE, words) / 2, y + 20);
            x += legendWidth(role);
        }
    }

    private static void paint(Graphics2D graphics, Role role, Rectangle2D place) {
        Shape outline = round(place, 0);
        graphics.setColor(Look.of(role).fill);
        graphics.fill(outline);
        Stroke dashes = new BasicStroke(1.3f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 10, new float[] {5, 3}, 0);
        Stroke dots = new BasicStroke(2f, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND, 10, new float[] {0.1f, 5}, 0);
        graphics.setStroke(
                switch (role) {
                    case UNTOUCHED -> dashes;
                    case UNKNOWN -> dots;
                    default -> new BasicStroke(1.3f);
                });
        graphics.setColor(Charts.TEXT);
        graphics.draw(outline);
        if (role == Role.DISCOVERY) {
            graphics.draw(round(place, 3.5));
        }
    }

    private static Shape round(Rectangle2D place, double inwards) {
        return new RoundRectangle2D.Double(
                place.getX() + inwards,
                place.getY() + inwards,
                place.getWidth() - 2 * inwards,
                place.getHeight() - 2 * inwards,
                12 - 2 * inwards,
                12 - 2 * inwards);
    }

    private static void paint(Graphics2D graphics, Arrow arrow) {
        List<Point2D> points = arrow.points();
        Point2D tip = points.get(points.size() - 1);
        Point2D before = points.get(points.size() - 2);
        double angle = Math.atan2(tip.getY() - before.getY(), tip.getX() - before.getX());
        Path2D line = new Path2D.Double();
        line.moveTo(points.get(0).getX(), points.get(0).getY());
        points.subList(1, points.size() - 1).forEach(point -> line.lineTo(point.getX(), point.getY()));
        line.lineTo(tip.getX() - 7 * Math.cos(angle), tip.getY() - 7 * Math.sin(angle));
        graphics.setColor(new Color(0x666666));
        graphics.setStroke(new BasicStroke(1.3f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND));
        graphics.draw(line);
        Path2D head = new Path2D.Double();
        head.moveTo(tip.getX(), tip.getY());
        for (double side : new double[] {0.4, -0.4}) {
            head.lineTo(tip.getX() - 9 * Math.cos(angle + side), tip.getY() - 9 * Math.sin(angle + side));
        }
        head.closePath();
        graphics.fill(head);
        if (arrow.labelPlace() != null) {
            graphics.setColor(Color.WHITE);
            graphics.fill(arrow.labelPlace());
            graphics.setColor(Charts.TEXT);
            text(
                    graphics,
                    NOTE,
                    arrow.edge().label(),
                    arrow.labelPlace().getCenterX(),
                    arrow.labelPlace().getCenterY() + 4);
        }
    }

    private static void text(Graphics2D graphics, Font font, String text, double middle, double baseline) {
        graphics.setFont(font);
        graphics.drawString(cut(text), (float) (middle - textWidth(font, text) / 2), (float) baseline);
    }

    static double textWidth(Font font, String text) {
        return font.getStringBounds(cut(text), FONTS).getWidth();
    }

    private static String cut(String text) {
        if (text.length() <= LONGEST_TEXT) {
            return text;
        }
        BreakIterator characters = BreakIterator.getCharacterInstance(Locale.ROOT);
        characters.setText(text);
        // Not in the middle of a character: many take two places, some more.
        return text.substring(0, characters.preceding(LONGEST_TEXT)) + "…";
    }

    /** The roles that the legend names: none where nothing is asked to be forgotten. */
    private Stream<Role> roles() {
        return Stream.of(Role.values())
                .filter(role -> boxes().stream().anyMatch(box -> box.node().role() == role))
                .filter(role -> boxes().stream().anyMatch(box -> box.node().role() != Role.UNTOUCHED));
    }

    private static double legendWidth(Role role) {
        return 36 + textWidth(NOTE, Look.of(role).words) + 20;
    }
}
