package unlearn4j.report;

import java.awt.geom.Point2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.elk.alg.layered.options.LayeredOptions;
import org.eclipse.elk.alg.layered.options.LayeringStrategy;
import org.eclipse.elk.alg.layered.options.NodePlacementStrategy;
import org.eclipse.elk.core.RecursiveGraphLayoutEngine;
import org.eclipse.elk.core.math.ElkPadding;
import org.eclipse.elk.core.options.CoreOptions;
import org.eclipse.elk.core.options.Direction;
import org.eclipse.elk.core.options.EdgeLabelPlacement;
import org.eclipse.elk.core.options.EdgeRouting;
import org.eclipse.elk.core.util.IElkProgressMonitor;
import org.eclipse.elk.core.util.NullElkProgressMonitor;
import org.eclipse.elk.graph.ElkEdge;
import org.eclipse.elk.graph.ElkEdgeSection;
import org.eclipse.elk.graph.ElkLabel;
import org.eclipse.elk.graph.ElkNode;
import org.eclipse.elk.graph.util.ElkGraphUtil;
import unlearn4j.report.GraphPicture.Edge;
import unlearn4j.report.GraphPicture.Node;
import unlearn4j.train.Interrupted;

/**
 * Where the nodes and edges of a graph are.
 *
 * @param boxes the nodes
 * @param arrows the edges
 * @param width how wide all of it is, in CSS pixels
 * @param height how high
 */
record GraphLayout(List<Box> boxes, List<Arrow> arrows, double width, double height) {
    private static final int WIDEST = 1600;
    private static final int LARGE = 200;

    /** A node and its place. */
    record Box(Node node, Rectangle2D place) {}

    /** An edge and its way: the points of a line, its label's place where it has one. */
    record Arrow(Edge edge, List<Point2D> points, Rectangle2D labelPlace) {}

    /** Finds the places: in layers to the right, or down where that is too wide. */
    static GraphLayout of(List<Node> nodes, List<Edge> edges) {
        ElkNode graph = ElkGraphUtil.createGraph();
        options(graph);
        if (nodes.size() > LARGE) {
            quickly(graph);
        }
        Map<Node, ElkNode> placed = new LinkedHashMap<>();
        Map<String, ElkNode> byName = new LinkedHashMap<>();
        for (Node node : nodes) {
            ElkNode at = ElkGraphUtil.createNode(graph);
            at.setDimensions(
                    Math.max(
                            56,
                            24
                                    + Math.max(
                                            GraphPicture.textWidth(GraphPicture.NAME, node.name()),
                                            GraphPicture.textWidth(GraphPicture.NOTE, node.note()))),
                    node.note().isEmpty() ? 32 : 48);
            placed.put(node, at);
            byName.put(node.name(), at);
        }
        Map<Edge, ElkEdge> routed = new LinkedHashMap<>();
        for (Edge edge : edges) {
            ElkEdge at = ElkGraphUtil.createSimpleEdge(byName.get(edge.from()), byName.get(edge.to()));
            if (!edge.label().isEmpty()) {
                ElkLabel label = ElkGraphUtil.createLabel(edge.label(), at);
                label.setDimensions(GraphPicture.textWidth(GraphPicture.NOTE, edge.label()) + 6, 16);
                label.setProperty(LayeredOptions.EDGE_LABELS_PLACEMENT, EdgeLabelPlacement.CENTER);
            }
            routed.put(edge, at);
        }
        double toTheRight = layOut(graph, Direction.RIGHT);
        // A long chain of wide layers can be read when it goes down the page, not when it is shrunk to fit its width.
        if (toTheRight > WIDEST && layOut(graph, Direction.DOWN) >= toTheRight) {
            layOut(graph, Direction.RIGHT);
        }
        List<Box> boxes = new ArrayList<>();
        placed.forEach((node, at) ->
                boxes.add(new Box(node, new Rectangle2D.Double(at.getX(), at.getY(), at.getWidth(), at.getHeight()))));
        List<Arrow> arrows = new ArrayList<>();
        routed.forEach((edge, at) -> arrows.add(new Arrow(
                edge,
                way(at),
                at.getLabels().stream()
                        .findFirst()
                        .map(label ->
                                new Rectangle2D.Double(label.getX(), label.getY(), label.getWidth(), label.getHeight()))
                        .orElse(null))));
        return new GraphLayout(List.copyOf(boxes), List.copyOf(arrows), graph.getWidth(), graph.getHeight());
    }

    /** Gives all nodes and edges their places, and returns how wide that is. */
    private static double layOut(ElkNode graph, Direction direction) {
        graph.setProperty(LayeredOptions.DIRECTION, direction);
        new RecursiveGraphLayoutEngine().layout(graph, new Monitor());
        Interrupted.check("nothing is drawn");
        return graph.getWidth();
    }

    /** Ends the layout where its thread is interrupted. */
    private static final class Monitor extends NullElkProgressMonitor {
        @Override
        public boolean isCanceled() {
            return Thread.currentThread().isInterrupted();
        }

        @Override
        public IElkProgressMonitor subTask(float work) {
            return this;
        }
    }

    private static void options(ElkNode graph) {
        graph.setProperty(CoreOptions.ALGORITHM, LayeredOptions.ALGORITHM_ID);
        graph.setProperty(LayeredOptions.RANDOM_SEED, 1);
        graph.setProperty(LayeredOptions.EDGE_ROUTING, EdgeRouting.POLYLINE);
        graph.setProperty(LayeredOptions.NODE_PLACEMENT_STRATEGY, NodePlacementStrategy.NETWORK_SIMPLEX);
        graph.setProperty(LayeredOptions.PADDING, new ElkPadding(GraphPicture.MARGIN));
        graph.setProperty(LayeredOptions.SPACING_NODE_NODE, 16.0);
        graph.setProperty(LayeredOptions.SPACING_NODE_NODE_BETWEEN_LAYERS, 44.0);
        graph.setProperty(LayeredOptions.SPACING_EDGE_NODE, 8.0);
        graph.setProperty(LayeredOptions.SPACING_EDGE_EDGE, 6.0);
        graph.setProperty(LayeredOptions.SPACING_COMPONENT_COMPONENT, 24.0);
    }

    /** Takes the steps that are linear, or nearly: the layout looks for an interrupt between its steps alone. */
    private static void quickly(ElkNode graph) {
        graph.setProperty(LayeredOptions.LAYERING_STRATEGY, LayeringStrategy.LONGEST_PATH);
        graph.setProperty(LayeredOptions.NODE_PLACEMENT_STRATEGY, NodePlacementStrategy.BRANDES_KOEPF);
        graph.setProperty(LayeredOptions.THOROUGHNESS, 1);
    }

    private static List<Point2D> way(ElkEdge edge) {
        ElkEdgeSection section = edge.getSections().get(0);
        List<Point2D> points = new ArrayList<>();
        points.add(new Point2D.Double(section.getStartX(), section.getStartY()));
        section.getBendPoints().forEach(bend -> points.add(new Point2D.Double(bend.getX(), bend.getY())));
        points.add(new Point2D.Double(section.getEndX(), section.getEndY()));
        return List.copyOf(points);
    }
}
