package io.sessionizer.bench;

import java.util.Arrays;

/** Figures by size: their median, their ends, their percentiles. Never empty. */
public final class Spread {
    private final double[] sorted;

    private Spread(double[] sorted) {
        this.sorted = sorted;
    }

    public static Spread of(double... values) {
        if (values.length == 0) {
            throw new IllegalArgumentException("figures: must be at least one. Found: none");
        }
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return new Spread(sorted);
    }

    public double least() {
        return sorted[0];
    }

    public double most() {
        return sorted[sorted.length - 1];
    }

    /** The middle one, or halfway between the middle two. */
    public double median() {
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    /**
     * The smallest figure that so many per cent are not above.
     *
     * @param percent above 0, up to 100
     */
    public double percentile(double percent) {
        return sorted[(int) Math.ceil(percent / 100 * sorted.length) - 1];
    }
}
