package io.sessionizer.bench.load;

import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;

/**
 * The JSON of made-up events, about 300 bytes each, as a shop's apps would send them. The same number gives the same text.
 * It is written by hand, since a tree for each of millions of events would take longer than what is measured.
 */
public final class EventText {
    /** The property of the data that holds the event's number. */
    public static final String NUMBER = "n";

    private static final String[] NAMES = {
        "Product Viewed", "Category Viewed", "Added To Cart", "Search", "Screen Viewed", "Charged"
    };
    private static final String[] PRODUCTS = {
        "Trail Running Shoes", "Waterproof Jacket", "Espresso Machine", "Noise Cancelling Headphones", "Yoga Mat"
    };
    private static final String[] CITIES = {"Mumbai", "São Paulo", "London", "San Francisco", "Jakarta"};
    private static final String[] SOURCES = {"Mobile", "Web"};

    private EventText() {}

    /**
     * @param number of the event
     * @param ts as in the JSON: epoch seconds, or epoch ms from 100,000,000,000 on
     */
    public static String of(long number, String user, EventKind kind, long ts) {
        SplittableRandom random = new SplittableRandom(number);
        return "{\"identity\":\"" + user + "\",\"type\":\"event\",\"evtName\":\""
                + (kind == EventKind.EXCLUDED ? "Notification Clicked" : one(NAMES, random)) + "\",\"ts\":" + ts
                + ",\"evtData\":{\"" + NUMBER + "\":" + number + ",\"Product\":\"" + one(PRODUCTS, random)
                + "\",\"SKU\":\"" + Long.toString(random.nextLong() >>> 16, 36) + "\",\"Price\":" + random.nextInt(500)
                + ".99,\"Currency\":\"USD\",\"City\":\"" + one(CITIES, random)
                + "\",\"Network\":\"WiFi\",\"App Version\":\"7." + random.nextInt(20) + "." + random.nextInt(9)
                + "\",\"Page\":\"https://shop.example/p/" + Long.toString(random.nextLong() >>> 16, 36)
                + "\",\"CT Source\":\"" + (kind == EventKind.API ? "API" : one(SOURCES, random)) + "\"}}";
    }

    /** An event that counts, of about so many bytes: a small one with more properties of the same sort. */
    public static byte[] ofSize(long number, int bytes) {
        String small = of(number, LoadGenerator.name((int) number), EventKind.COUNTED, 1_468_308_340 + number);
        StringBuilder more = new StringBuilder();
        for (int i = 0; small.length() + more.length() + 24 < bytes; i++) {
            more.append(",\"Property ")
                    .append(i)
                    .append(i % 3 == 0 ? "\":" + i * 17 : "\":\"" + PRODUCTS[i % PRODUCTS.length] + "\"");
        }
        return (small.substring(0, small.length() - 2) + more + "}}").getBytes(StandardCharsets.UTF_8);
    }

    private static String one(String[] of, SplittableRandom random) {
        return of[random.nextInt(of.length)];
    }

    /** What the service must make of an event. */
    public enum EventKind {
        COUNTED,
        /** Excluded by its name. */
        EXCLUDED,
        /** Untracked by its source. */
        API;

        boolean counts() {
            return this == COUNTED;
        }
    }
}
