package io.sessionizer.web;

import io.sessionizer.web.Backend.MetricsPage;
import io.sessionizer.web.http.WebRequest;
import io.sessionizer.web.http.WebResponse;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** Metrics are computed once a second at most: reading thousands of them takes time on the CPUs of the stream. */
final class MetricsCache {
    private static final long MAX_AGE_NS = TimeUnit.SECONDS.toNanos(1);
    private static final String OPEN_METRICS = "application/openmetrics-text";

    private final Function<String, MetricsPage> source;
    private final Map<String, CachedPage> byFormat = new HashMap<>();

    private record CachedPage(MetricsPage page, long at) {}

    /** @param source the metrics in the format that matches the Accept header */
    MetricsCache(Function<String, MetricsPage> source) {
        this.source = source;
    }

    WebResponse metrics(WebRequest request) {
        String accept = request.header("accept").orElse("");
        MetricsPage page = page(accept.contains(OPEN_METRICS) ? OPEN_METRICS : "");
        return WebResponse.of(200, page.type(), page.body());
    }

    private synchronized MetricsPage page(String format) {
        long now = System.nanoTime();
        CachedPage cached = byFormat.get(format);
        if (cached == null || now - cached.at() >= MAX_AGE_NS) {
            cached = new CachedPage(source.apply(format), now);
            byFormat.put(format, cached);
        }
        return cached.page();
    }
}
