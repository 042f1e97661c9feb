package unlearn4j.report;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import org.knowm.xchart.AnnotationText;

/** A bar's value in figures, above a bar that rises, or its whisker, and below one that hangs. */
final class BarValue extends AnnotationText {
    BarValue(double x, double value, double end, boolean narrow) {
        super(figures(value, narrow), x, end, false);
    }

    @Override
    protected int getYAxisScreenValue(double y) {
        return super.getYAxisScreenValue(y) + (y < 0 ? 10 : -10);
    }

    private static String figures(double value, boolean narrow) {
        double size = Math.abs(value);
        BigDecimal number = BigDecimal.valueOf(value);
        BigDecimal rounded = size >= (narrow ? 10 : 100)
                ? number.setScale(0, RoundingMode.HALF_UP)
                : number.round(new MathContext(size >= 1 ? 3 : 2));
        return rounded.signum() == 0 ? "0" : rounded.stripTrailingZeros().toPlainString();
    }
}
