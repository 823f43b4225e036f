package io.sessionizer.web;

import io.sessionizer.session.Timeline;
import io.sessionizer.web.board.BoardTotals;
import java.time.Clock;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What the server asks of the running service. All of it is called on any thread, and may throw {@link Unavailable}.
 *
 * @param totals what the board shows
 * @param gapSeconds the inactivity gap, in whole seconds
 * @param users what is known of single users
 * @param tracking the switch of session tracking
 * @param health what probes ask
 * @param settings the settings in effect, without secrets
 * @param metrics the metrics in the text format that suits the given value of the header Accept, which may be empty
 * @param clock the wall clock
 */
public record Backend(
        BoardTotals totals,
        long gapSeconds,
        UserAccess users,
        TrackingControl tracking,
        HealthProbe health,
        Supplier<List<EffectiveSetting>> settings,
        Function<String, MetricsPage> metrics,
        Clock clock) {

    /**
     * Users, each as the bytes of its UTF-8.
     *
     * @param find what this instance knows of a user
     * @param otherInstances {@code host:port} of the instances to ask for a user that is not held here, the best first
     * @param erase sends the erasure of a user on its way, and returns when the broker has it
     */
    public record UserAccess(
            Function<byte[], Known> find, Function<byte[], List<String>> otherInstances, Consumer<byte[]> erase) {}

    /** What an instance knows of a user. */
    public sealed interface Known {
        /** Sessions are remembered: at least one. */
        record Remembered(Timeline timeline) implements Known {}

        /** Nothing is remembered here, nor can it be anywhere else. */
        record Nothing() implements Known {}

        /** Nothing is remembered here; there are other instances. */
        record NothingHere() implements Known {}

        /** Nothing can be said yet, since users are on their way to or from this instance. */
        record Moving() implements Known {}
    }

    /**
     * A switch of the whole account.
     *
     * @param isOn how it stands, as this instance knows it
     * @param set returns when this instance has read the change back
     */
    public record TrackingControl(BooleanSupplier isOn, Consumer<Boolean> set) {}

    /**
     * What probes ask.
     *
     * @param isAlive false where only a restart helps
     * @param isReady whether all is restored and running
     */
    public record HealthProbe(BooleanSupplier isAlive, BooleanSupplier isReady) {}

    /**
     * A setting in effect.
     *
     * @param section what it is about
     * @param key as it stands in a file
     * @param value never a secret
     * @param origin default, file or environment
     * @param doc what it is, in a line
     */
    public record EffectiveSetting(String section, String key, String value, String origin, String doc) {}

    /**
     * Metrics as text.
     *
     * @param type the media type
     * @param body not to be changed
     */
    public record MetricsPage(String type, byte[] body) {}

    /** Something that can't be had at the moment, as when the service has just started: it is worth another try. */
    public static final class Unavailable extends RuntimeException {
        private static final long serialVersionUID = 1L;

        /** @param sentence for the caller: no internals */
        public Unavailable(String sentence) {
            super(sentence, null, false, false);
        }
    }
}
