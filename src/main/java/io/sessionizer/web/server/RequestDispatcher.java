package io.sessionizer.web.server;

import io.sessionizer.web.access.AccessPolicy;
import io.sessionizer.web.access.AuditLog;
import io.sessionizer.web.http.HttpException;
import io.sessionizer.web.http.PercentEncoding;
import io.sessionizer.web.http.RequestTarget;
import io.sessionizer.web.http.Route;
import io.sessionizer.web.http.RouteTable;
import io.sessionizer.web.http.RouteTable.RouteMatch;
import io.sessionizer.web.http.WebRequest;
import io.sessionizer.web.http.WebResponse;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Dispatches Jetty's requests to routes: converts each to a {@link WebRequest}, and runs the route's action. */
final class RequestDispatcher extends Handler.Abstract {
    /** The name of the connector for probes and metrics. */
    static final String MONITORING = "monitoring";

    private static final int MAX_BODY_BYTES = 4096;
    private static final long BODY_TIMEOUT_NS = TimeUnit.SECONDS.toNanos(20);
    /** For responses that are made for one request each. */
    private static final long RESPONSE_BYTES = 16L << 20;

    private final ListenerRoutes routes;
    private final AccessPolicy policy;
    private final AuditLog audit;
    private final RequestLanes lanes;
    private final ResponseMemory memory = new ResponseMemory(RESPONSE_BYTES);

    RequestDispatcher(ListenerRoutes routes, AccessPolicy policy, AuditLog audit, RequestLanes lanes) {
        this.routes = routes;
        this.policy = policy;
        this.audit = audit;
        this.lanes = lanes;
    }

    /**
     * The routes of each listener.
     *
     * @param monitoring of the listener for probes and metrics; empty if they share the other's
     */
    record ListenerRoutes(RouteTable main, Optional<RouteTable> monitoring) {
        RouteTable of(Request request) {
            boolean isMonitoring = MONITORING.equals(
                    request.getConnectionMetaData().getConnector().getName());
            return isMonitoring ? monitoring.orElseThrow() : main;
        }
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        ResponseSender sender = new ResponseSender(request, response, callback, given -> given);
        if (request.getLength() > MAX_BODY_BYTES) {
            sender.send(tooLarge().toResponse());
            return true;
        }
        WebRequest webRequest = toWebRequest(request);
        String path = webRequest.target().path();
        RouteTable table = routes.of(request);
        table.find(webRequest.method(), path)
                .ifPresentOrElse(match -> dispatch(match, webRequest, sender), () -> sender.send(table.notFound(path)));
        return true;
    }

    private void dispatch(RouteMatch match, WebRequest webRequest, ResponseSender plain) {
        Route route = match.route();
        EndPoint endPoint =
                plain.request().getConnectionMetaData().getConnection().getEndPoint();
        ResponseSender sender = plain.with(plain.callback(), response -> {
            BoundedConnector.awaitsResponse(endPoint, false);
            audit.record(webRequest, route, userOf(match, webRequest), response);
            return policy.signed(webRequest, response);
        });
        String name = route.method() + " " + route.path();
        sender.attempt(name, () -> {
            policy.admit(webRequest, route.kind());
            BoundedConnector.awaitsResponse(endPoint, true);
            try {
                lanes.run(
                        route.kind(),
                        webRequest.isPeerRequest(),
                        () -> sender.attempt(name, () -> respond(match, webRequest, sender)));
            } catch (RejectedExecutionException e) {
                throw HttpException.of(503, "Too many requests are waiting.");
            }
        });
    }

    private void respond(RouteMatch match, WebRequest webRequest, ResponseSender sender) {
        Route route = match.route();
        WebRequest withBody = route.hasBody() ? webRequest.with(body(sender.request())) : webRequest;
        WebResponse response = route.action().apply(withBody, PercentEncoding.decode(match.parameter()));
        if (route.kind() != Route.Kind.LOOKUP) {
            sender.send(response);
            return;
        }
        int bytes = response.body().length;
        if (!memory.reserve(bytes)) {
            throw HttpException.of(503, "Too many responses are being read slowly.");
        }
        Callback releasing = Callback.from(sender.callback(), () -> memory.release(bytes));
        sender.with(releasing, sender.finish()).send(response);
    }

    /** The user that a request concerns; empty if there is none, or the id is not valid. */
    private static String userOf(RouteMatch match, WebRequest webRequest) {
        try {
            return match.route().path().endsWith("/{user}")
                    ? PercentEncoding.decode(match.parameter())
                    : webRequest.parameter("user").orElse("");
        } catch (HttpException e) {
            return "";
        }
    }

    private static byte[] body(Request request) {
        InputStream in = Content.Source.asInputStream(request);
        byte[] body = new byte[MAX_BODY_BYTES];
        long start = System.nanoTime();
        int length = 0;
        try {
            for (int next = in.read(); next >= 0; next = in.read()) {
                if (length == MAX_BODY_BYTES) {
                    throw tooLarge();
                }
                if (System.nanoTime() - start > BODY_TIMEOUT_NS) {
                    throw HttpException.of(408, "The request arrived too slowly.");
                }
                body[length++] = (byte) next;
            }
        } catch (IOException e) {
            throw HttpException.badRequest("The body is incomplete.");
        }
        return Arrays.copyOf(body, length);
    }

    private static HttpException tooLarge() {
        return HttpException.of(413, "The body must be at most " + MAX_BODY_BYTES + " bytes.");
    }

    private static WebRequest toWebRequest(Request request) {
        Map<String, List<String>> headers = new TreeMap<>();
        for (HttpField field : request.getHeaders()) {
            headers.computeIfAbsent(field.getName().toLowerCase(Locale.ROOT), name -> new ArrayList<>(1))
                    .add(field.getValue() == null ? "" : field.getValue());
        }
        if (request.getConnectionMetaData().getHttpVersion() == HttpVersion.HTTP_1_0) {
            // from a proxy that adds no header, such as nginx by default: today's clients use HTTP/1.1
            headers.computeIfAbsent("via", name -> List.of("1.0"));
        }
        String path = request.getHttpURI().getPath();
        String query = request.getHttpURI().getQuery();
        InetAddress caller =
                ((InetSocketAddress) request.getConnectionMetaData().getRemoteSocketAddress()).getAddress();
        RequestTarget target = new RequestTarget(path == null ? "" : path, query == null ? "" : query);
        return new WebRequest(request.getMethod(), target, headers, caller, new byte[0]);
    }
}
