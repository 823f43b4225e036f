package io.sessionizer.web;

import io.sessionizer.session.UserState;
import io.sessionizer.web.board.BoardSource;
import io.sessionizer.web.http.ServiceUnavailableException;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The running service as seen by the server. All functions are thread-safe and may throw {@link ServiceUnavailableException}.
 *
 * @param board what the board is computed from
 * @param users access to individual users
 * @param tracking the session tracking switch
 * @param monitoring health and metrics
 * @param settings the effective settings, without secrets
 */
public record Backend(
        BoardSource board,
        UserAccess users,
        TrackingControl tracking,
        Monitoring monitoring,
        Supplier<List<EffectiveSetting>> settings) {

    /**
     * Users, each as the bytes of its UTF-8.
     *
     * @param find what this instance knows of a user
     * @param otherInstances {@code host:port} of the instances to ask for a user that is not held here, the best first
     * @param erase erases a user, and returns when the broker has acknowledged it
     */
    public record UserAccess(
            Function<byte[], UserState> find, Function<byte[], List<String>> otherInstances, Consumer<byte[]> erase) {}

    /**
     * A switch for all instances.
     *
     * @param isOn its state, as this instance knows it
     * @param set changes it, and returns when this instance has read the change back
     */
    public record TrackingControl(BooleanSupplier isOn, Consumer<Boolean> set) {}

    /**
     * State for health probes, and metrics.
     *
     * @param livenessProblem why only a restart helps, as a sentence; empty while it works
     * @param readinessProblem why it is not ready, as a sentence; empty when all is restored and running
     * @param metrics the metrics in the text format that matches the Accept header, which may be empty
     */
    public record Monitoring(
            Supplier<Optional<String>> livenessProblem,
            Supplier<Optional<String>> readinessProblem,
            Function<String, MetricsPage> metrics) {}

    /**
     * An effective setting.
     *
     * @param section what it is about
     * @param key as written in a file
     * @param value never a secret
     * @param origin default, file or environment
     * @param doc its description, in one line
     */
    public record EffectiveSetting(String section, String key, String value, String origin, String doc) {}

    /**
     * Metrics as text.
     *
     * @param type the media type
     * @param body not to be changed
     */
    public record MetricsPage(String type, byte[] body) {}
}
