package io.sessionizer.board;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.http.HttpParser;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.internal.HttpConnection;

/**
 * Connections that let {@code %00} in a path through, which Jetty refuses whatever its compliance is: a user may hold a
 * NUL. On its way through Jetty a blank stands in its place, which no request line can have there. And connections that
 * end where a request takes too long to come: Jetty bounds the wait for each byte alone.
 */
final class WholeTargets extends HttpConnectionFactory {
    private static final String NUL = "%00";
    private static final String STAND_IN = " ";
    private static final long WHOLE_WITHIN_NS = TimeUnit.SECONDS.toNanos(20);

    WholeTargets(HttpConfiguration http) {
        super(http);
    }

    /** A path as it was sent, from what Jetty says it is. */
    static String sent(String path) {
        return path.replace(STAND_IN, NUL);
    }

    /** To be asked when bytes have come: without any, the connection's idle time ends it. */
    private static boolean isTooSlow(HttpParser parser) {
        boolean isUnderWay = !parser.isStart() && !parser.isComplete();
        return isUnderWay && System.nanoTime() - parser.getBeginNanoTime() > WHOLE_WITHIN_NS;
    }

    private static String disguised(String target) {
        int query = target.indexOf('?');
        return query < 0
                ? target.replace(NUL, STAND_IN)
                : target.substring(0, query).replace(NUL, STAND_IN) + target.substring(query);
    }

    @Override
    public Connection newConnection(Connector connector, EndPoint endPoint) {
        HttpConnection connection = new HttpConnection(getHttpConfiguration(), connector, endPoint) {
            @Override
            protected HttpStreamOverHTTP1 newHttpStream(String method, String target, HttpVersion version) {
                return super.newHttpStream(method, disguised(target), version);
            }

            @Override
            public void onFillable() {
                if (isTooSlow(getParser())) {
                    getEndPoint().close(new TimeoutException("The request came too slowly."));
                }
                super.onFillable();
            }
        };
        return configure(connection, connector, endPoint);
    }
}
