package io.sessionizer.board;

import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.internal.HttpConnection;

/**
 * Connections that let {@code %00} in a path through, which Jetty refuses whatever its compliance is: a user may hold a
 * NUL. On its way through Jetty a blank stands in its place, which no request line can have there.
 */
final class WholeTargets extends HttpConnectionFactory {
    private static final String NUL = "%00";
    private static final String STAND_IN = " ";

    WholeTargets(HttpConfiguration http) {
        super(http);
    }

    /** A path as it was sent, from what Jetty says it is. */
    static String sent(String path) {
        return path.replace(STAND_IN, NUL);
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
        };
        return configure(connection, connector, endPoint);
    }
}
