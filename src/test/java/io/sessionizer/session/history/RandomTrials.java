package io.sessionizer.session.history;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongFunction;

/** Checks many random histories, and shows the smallest that fails. The seed is printed; {@code -Dseed=} plays it again. */
public final class RandomTrials {
    private static final long SEED = Long.getLong("seed", System.nanoTime());

    private RandomTrials() {}

    public static void forAll(int count, LongFunction<History> maker, Consumer<History> check) {
        System.out.println(count + " histories, -Dseed=" + SEED);
        for (int i = 0; i < count; i++) {
            long seed = SEED + i;
            History history = maker.apply(seed);
            if (failure(history, check).isEmpty()) {
                continue;
            }
            History smallest =
                    history.shrunkWhile(candidate -> !failure(candidate, check).isEmpty());
            AssertionError failed = new AssertionError("-Dseed=" + seed + ": "
                    + failure(smallest, check).get(0) + "\nsmallest: " + smallest + "\nwhole: " + history);
            failed.initCause(failure(smallest, check).get(0));
            throw failed;
        }
    }

    /** What the check throws, if anything: a broken rule, or an exception of the code's own. */
    private static List<Throwable> failure(History history, Consumer<History> check) {
        List<Throwable> thrown = new ArrayList<>();
        try {
            check.accept(history);
        } catch (AssertionError | RuntimeException e) {
            thrown.add(e);
        }
        return thrown;
    }
}
