package io.sessionizer.web.http;

import io.sessionizer.web.http.RouteTable.RouteMatch;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Dispatches Jetty's requests to routes: converts each to a {@link WebRequest}, and runs the route's action. */
public final class RequestDispatcher extends Handler.Abstract {
    private static final int MAX_BODY_BYTES = 4096;
    private static final long BODY_TIMEOUT_NS = TimeUnit.SECONDS.toNanos(20);

    private final RouteTable routes;
    private final AccessPolicy policy;
    private final Executor blockingPool;

    /** @param blockingPool runs requests that may block; may reject them */
    public RequestDispatcher(RouteTable routes, AccessPolicy policy, Executor blockingPool) {
        this.routes = routes;
        this.policy = policy;
        this.blockingPool = blockingPool;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        ResponseSender sender = new ResponseSender(request, response, callback);
        if (request.getLength() > MAX_BODY_BYTES) {
            sender.send(tooLarge().toResponse());
            return true;
        }
        WebRequest webRequest = toWebRequest(request);
        String path = webRequest.target().path();
        routes.find(webRequest.method(), path)
                .ifPresentOrElse(
                        match -> sender.attempt(() -> dispatch(match, webRequest, sender)),
                        () -> sender.send(routes.notFound(path)));
        return true;
    }

    private void dispatch(RouteMatch match, WebRequest webRequest, ResponseSender sender) {
        Route route = match.route();
        policy.checkHost(webRequest);
        if (route.execution() == Route.Execution.CHANGE) {
            policy.authorizeChange(webRequest);
        }
        Runnable action = () -> sender.attempt(() -> {
            WebRequest withBody = route.hasBody() ? webRequest.with(body(sender.request())) : webRequest;
            sender.send(route.action().apply(withBody, PercentEncoding.decode(match.parameter())));
        });
        // a peer request must not wait in the queue: two instances could wait for each other
        if (route.execution() == Route.Execution.QUICK || webRequest.isPeerRequest()) {
            action.run();
            return;
        }
        try {
            blockingPool.execute(action);
        } catch (RejectedExecutionException e) {
            throw HttpException.of(503, "Too many requests wait already.");
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
                    throw HttpException.of(408, "The request came too slowly.");
                }
                body[length++] = (byte) next;
            }
        } catch (IOException e) {
            throw HttpException.badRequest("The body must be whole.");
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
        String path = request.getHttpURI().getPath();
        String query = request.getHttpURI().getQuery();
        InetAddress caller =
                ((InetSocketAddress) request.getConnectionMetaData().getRemoteSocketAddress()).getAddress();
        RequestTarget target = new RequestTarget(path == null ? "" : path, query == null ? "" : query);
        return new WebRequest(request.getMethod(), target, headers, caller, new byte[0]);
    }
}
