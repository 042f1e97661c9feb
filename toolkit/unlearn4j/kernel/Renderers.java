package unlearn4j.kernel;

import java.util.Base64;
import java.util.Map;
import java.util.function.Function;
import org.dflib.jjava.jupyter.kernel.display.DisplayData;
import org.dflib.jjava.jupyter.kernel.display.Renderer;
import org.dflib.jjava.jupyter.kernel.display.mime.MIMEType;
import org.knowm.xchart.internal.chartpart.Chart;
import tech.tablesaw.api.Table;
import unlearn4j.core.Scale;
import unlearn4j.data.Partition;
import unlearn4j.hdus.Receipt;
import unlearn4j.report.Charts;
import unlearn4j.report.Figures;
import unlearn4j.report.Picture;
import unlearn4j.store.UnlearningReceipt;
import unlearn4j.umig.Umig;
import unlearn4j.unlearn.UnlearningResult;

/** How a value looks in a cell: one line in {@link #register} for each type. JJava brings those for text and images. */
final class Renderers {
    /** What stands below each table and chart, small: a number of SMOKE looks like any other. */
    private static final String SCALE = "scale " + Scale.current();

    private Renderers() {}

    static void register(Renderer renderer) {
        on(renderer, Table.class, Renderers::table);
        on(renderer, Picture.class, picture -> picture(picture, "picture"));
        on(renderer, Chart.class, Renderers::chart);
        on(renderer, Partition.class, partition -> table(partition.table()));
        on(renderer, Receipt.class, receipt -> table(receipt.table()));
        on(renderer, UnlearningReceipt.class, receipt -> table(receipt.table()));
        on(renderer, Umig.class, umig -> picture(Figures.graph(umig), umig.toString()));
        on(
                renderer,
                UnlearningResult.class,
                result -> picture(Figures.graph(result.umig(), result.unlearning()), result.toString()));
    }

    /** Subtypes look like {@code type} where they have no line of their own. */
    private static <T> void on(Renderer renderer, Class<T> type, Function<? super T, DisplayData> view) {
        renderer.createRegistration(type)
                .register((value, context) -> context.getOutputContainer().assign(view.apply(value)));
    }

    private static DisplayData table(Table table) {
        DisplayData data = new DisplayData(table.print(TableHtml.ROWS) + "\n" + SCALE);
        data.putHTML(TableHtml.of(table) + "<div style=\"font-size:85%;opacity:.65\">" + SCALE + "</div>");
        return data;
    }

    private static DisplayData chart(Chart<?, ?> chart) {
        String title = chart.getTitle();
        DisplayData data = picture(
                Charts.picture(chart).stamped(SCALE), title == null || title.isEmpty() ? "chart" : "chart: " + title);
        Vega.of(chart, SCALE).ifPresent(view -> data.putData(MIMEType.parse(Vega.MIME), view));
        return data;
    }

    private static DisplayData picture(Picture picture, String words) {
        DisplayData data = new DisplayData(words);
        data.putData(MIMEType.IMAGE_PNG, Base64.getEncoder().encodeToString(picture.png()));
        data.putMetaData(MIMEType.IMAGE_PNG, Map.of("width", picture.width(), "height", picture.height()));
        return data;
    }
}
