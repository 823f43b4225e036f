package io.sessionizer.quickstart.traffic;

import java.util.List;
import java.util.Random;

/** The sample shop's vocabulary: what its visitors do, as JSON events. Times are epoch milliseconds. */
final class SampleShop {
    private static final List<String> PRODUCTS = List.of(
            "Running Shoes", "Rain Jacket", "Café Crème Mug", "Desk Lamp", "Backpack 30 l", "Headphones", "Yoga Mat");
    private static final List<String> CATEGORIES = List.of("Sports", "Outdoor", "Kitchen", "Home", "Electronics");
    private static final List<String> SEARCHES = List.of("shoes", "gift under 50", "lamp", "größe 42", "sale");

    private final Random random;

    SampleShop(Random random) {
        this.random = random;
    }

    /** One event of a visit: mostly looking around, now and then something for the basket. */
    String visit(String user, long time, String source) {
        int dice = random.nextInt(100);
        if (dice < 45) {
            return event(user, "Product Viewed", time, product() + source(source));
        }
        if (dice < 65) {
            return event(user, "Category Viewed", time, text("Category", any(CATEGORIES)) + source(source));
        }
        if (dice < 78) {
            return event(user, "Searched", time, text("Query", any(SEARCHES)) + source(source));
        }
        if (dice < 90) {
            return event(
                    user, "Added To Cart", time, product() + "\"Quantity\":" + (1 + dice % 3) + "," + source(source));
        }
        if (dice < 96) {
            return event(
                    user, "Charged", time, "\"Amount\":" + price() + ",\"Items\":[{" + item() + "}]," + source(source));
        }
        return event(user, "Review Read", time, product() + source(source));
    }

    /** An event that does not count, by its name. */
    String notification(String user, long time) {
        return event(user, "Notification Sent", time, text("Campaign", "weekend-sale") + source("Dashboard"));
    }

    /** An event that does not count, by its name. */
    String installation(String user, long time, String source) {
        return event(user, "App Installed", time, source(source));
    }

    /** An event that does not count because of its source: sent by the warehouse, not by the user's device. */
    String shipment(String user, long time) {
        return event(user, "Order Shipped", time, text("Carrier", "Parcel") + source("API"));
    }

    static String event(String user, String name, long time, String data) {
        return "{\"identity\":\"" + user + "\",\"type\":\"event\",\"evtName\":\"" + name + "\",\"ts\":" + time / 1000
                + ",\"evtData\":{" + data + "}}";
    }

    static String source(String source) {
        return "\"CT Source\":\"" + source + "\"";
    }

    private String product() {
        return text("Product", any(PRODUCTS)) + "\"Price\":" + price() + ",";
    }

    private String item() {
        return "\"Product\":\"" + any(PRODUCTS) + "\",\"Quantity\":1";
    }

    private String price() {
        return (5 + random.nextInt(195)) + "." + (10 + random.nextInt(90));
    }

    private String any(List<String> choice) {
        return choice.get(random.nextInt(choice.size()));
    }

    private static String text(String name, String value) {
        return "\"" + name + "\":\"" + value + "\",";
    }
}
