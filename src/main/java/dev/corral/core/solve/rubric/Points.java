package dev.corral.core.solve.rubric;

import java.math.BigDecimal;

/** Points as people write them. */
public final class Points {
    private Points() {}

    /** {@code 2}, {@code 1.5} */
    public static String words(double points) {
        return BigDecimal.valueOf(points).stripTrailingZeros().toPlainString();
    }
}
