package io.sessionizer.guarantee.support;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import org.apache.kafka.common.Endpoint;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclBindingFilter;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.server.authorizer.AclCreateResult;
import org.apache.kafka.server.authorizer.AclDeleteResult;
import org.apache.kafka.server.authorizer.Action;
import org.apache.kafka.server.authorizer.AuthorizableRequestContext;
import org.apache.kafka.server.authorizer.AuthorizationResult;
import org.apache.kafka.server.authorizer.Authorizer;
import org.apache.kafka.server.authorizer.AuthorizerServerInfo;

/**
 * Delays or denies requests within the embedded broker, as an overloaded coordinator or a missing right does. It is
 * Kafka's authorizer, which sees each request first; its state is that of the JVM, as there is one broker at a time.
 */
public final class RequestGate implements Authorizer {
    /** Settings of a broker with this gate; it needs a thread for each request that is held. */
    public static final Map<String, String> SETTINGS =
            Map.of("authorizer.class.name", RequestGate.class.getName(), "num.io.threads", "24");

    private static final Map<ApiKeys, CountDownLatch> HELD = new ConcurrentHashMap<>();
    private static final Map<ApiKeys, CountDownLatch> ARRIVED = new ConcurrentHashMap<>();
    private static final Map<ApiKeys, Boolean> DENIED = new ConcurrentHashMap<>();
    /** When a producer of a stream thread last asked for a topic's leaders, in ns. */
    private static final Map<String, Long> LEADERS_ASKED = new ConcurrentHashMap<>();

    /** The topics whose leaders producers of stream threads do not learn. */
    private static final Set<String> LEADERS_HELD = ConcurrentHashMap.newKeySet();

    /** From now on, requests of this kind from clients of stream threads are not processed. */
    public static void hold(ApiKeys kind) {
        ARRIVED.put(kind, new CountDownLatch(1));
        HELD.put(kind, new CountDownLatch(1));
    }

    /** Waits until a request of this kind is held. */
    public static void awaitHeld(ApiKeys kind) throws InterruptedException {
        ARRIVED.get(kind).await();
    }

    /** Requests of this kind are processed again, those held first. */
    public static void release(ApiKeys kind) {
        CountDownLatch held = HELD.remove(kind);
        if (held != null) {
            held.countDown();
        }
    }

    /** The next request of this kind from a client of a stream thread is denied. */
    public static void denyNext(ApiKeys kind) {
        DENIED.put(kind, true);
    }

    /** From now on, producers of stream threads get no answer that has the leaders of this topic. */
    public static void holdLeaders(String topic) {
        LEADERS_HELD.add(topic);
        hold(ApiKeys.METADATA);
    }

    /** Whether a producer of a stream thread has asked for this topic's leaders, but not for some time. */
    public static boolean areLeadersForgotten(String topic, Duration unasked) {
        Long asked = LEADERS_ASKED.get(topic);
        return asked != null && System.nanoTime() - asked > unasked.toNanos();
    }

    /** Nothing is held or denied. */
    public static void open() {
        DENIED.clear();
        LEADERS_HELD.clear();
        LEADERS_ASKED.clear();
        List.copyOf(HELD.keySet()).forEach(RequestGate::release);
    }

    @Override
    public List<AuthorizationResult> authorize(AuthorizableRequestContext request, List<Action> actions) {
        ApiKeys kind = ApiKeys.forId(request.requestType());
        AuthorizationResult result = AuthorizationResult.ALLOWED;
        if (isOfStreamThread(request.clientId())) {
            if (kind != ApiKeys.METADATA || isHeldFor(request.clientId(), actions)) {
                awaitRelease(kind);
            }
            if (DENIED.remove(kind) != null) {
                result = AuthorizationResult.DENIED;
            }
        }
        return Collections.nCopies(actions.size(), result);
    }

    private static boolean isOfStreamThread(String clientId) {
        return clientId != null && clientId.matches(".*-StreamThread-\\d+-(consumer|producer)");
    }

    /** Consumers may learn of all leaders. */
    private static boolean isHeldFor(String clientId, List<Action> actions) {
        boolean isHeld = false;
        if (clientId.endsWith("-producer")) {
            for (Action action : actions) {
                String name = action.resourcePattern().name();
                LEADERS_ASKED.put(name, System.nanoTime());
                isHeld |= LEADERS_HELD.contains(name);
            }
        }
        return isHeld;
    }

    private static void awaitRelease(ApiKeys kind) {
        CountDownLatch held = HELD.get(kind);
        if (held != null) {
            ARRIVED.get(kind).countDown();
            try {
                held.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public void configure(Map<String, ?> configs) {}

    @Override
    public Map<Endpoint, ? extends CompletionStage<Void>> start(AuthorizerServerInfo server) {
        Map<Endpoint, CompletionStage<Void>> started = new ConcurrentHashMap<>();
        server.endpoints().forEach(endpoint -> started.put(endpoint, CompletableFuture.completedFuture(null)));
        return started;
    }

    @Override
    public List<? extends CompletionStage<AclCreateResult>> createAcls(
            AuthorizableRequestContext request, List<AclBinding> acls) {
        throw new UnsupportedOperationException("no ACL is kept here");
    }

    @Override
    public List<? extends CompletionStage<AclDeleteResult>> deleteAcls(
            AuthorizableRequestContext request, List<AclBindingFilter> filters) {
        throw new UnsupportedOperationException("no ACL is kept here");
    }

    @Override
    public Iterable<AclBinding> acls(AclBindingFilter filter) {
        return List.of();
    }

    @Override
    public void close() {
        open();
    }
}
