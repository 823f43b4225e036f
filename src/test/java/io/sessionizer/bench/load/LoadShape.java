package io.sessionizer.bench.load;

/**
 * How much made-up traffic there is, and of what kind. Times are epoch ms or ms.
 *
 * @param seed of everything random
 * @param users how many there are, at least 1
 * @param events how many events they send in {@code spanMs}
 * @param startMs when the first of their sessions may begin
 * @param spanMs how long new sessions begin
 * @param remembered so many sessions of one event each has every user had in the hours before; these are sent first
 * @param isDisordered whether 5 % of the events arrive out of order by up to 10 minutes and 0.5 % late by hours
 */
public record LoadShape(
        long seed, int users, int events, long startMs, long spanMs, int remembered, boolean isDisordered) {
    private static final long MINUTE = 60_000;
    /** Two sessions of a user that lie at least so far apart are never linked; and 50 of them fit into a retention. */
    static final long APART_MS = 25 * MINUTE;

    private static final long HALF_A_DAY_MS = 12 * 60 * MINUTE;

    public LoadShape {
        if (users < 1 || events < 1 || spanMs < 1 || remembered < 0) {
            throw new IllegalArgumentException("users, events, span, remembered: must be at least 1, 1, 1, 0. Found: "
                    + users + ", " + events + ", " + spanMs + ", " + remembered);
        }
        if (startMs % 1000 != 0) {
            throw new IllegalArgumentException("start: must be whole seconds. Found: " + startMs);
        }
    }

    /** All events, those of the hours before included. */
    public int total() {
        return Math.addExact(events, before());
    }

    /** How many events come before those that are measured. */
    public int before() {
        return Math.multiplyExact(users, remembered);
    }

    /** When the first event of all happens. */
    long firstMs() {
        return startMs - (remembered == 0 ? 0 : remembered * betweenRememberedMs() + APART_MS);
    }

    /** So far apart lie the sessions that a user has had before, over half a day if they fit. */
    long betweenRememberedMs() {
        return Math.max(APART_MS, HALF_A_DAY_MS / Math.max(1, remembered));
    }
}
