package io.sessionizer.guarantee.support;

/**
 * One record of the input topic, identified by an id in its data.
 *
 * @param kind what the service must make of it
 * @param time event time, epoch ms, at least 100,000,000,000 so that the JSON has it in ms
 * @param recordTime the record's own timestamp, epoch ms
 */
public record TestEvent(String id, String user, TestEventKind kind, long time, long recordTime) {
    /** What the service must make of a record. */
    public enum TestEventKind {
        COUNTED,
        /** Excluded by its name. */
        EXCLUDED,
        /** Untracked by its source. */
        UNTRACKED,
        /** For the dead letters: it has no name. */
        BROKEN,
        /** Erases the user: the record has no value. */
        ERASURE
    }

    /** The property of the data that holds the id. */
    static final String ID_FIELD = "test id";

    /** An event that counts, written when it happened. */
    public static TestEvent counted(String id, String user, long time) {
        return new TestEvent(id, user, TestEventKind.COUNTED, time, time);
    }

    boolean isErasure() {
        return kind == TestEventKind.ERASURE;
    }

    boolean counts() {
        return kind == TestEventKind.COUNTED;
    }

    /** The value of its record. */
    public String json() {
        String name =
                switch (kind) {
                    case COUNTED, UNTRACKED -> "\"evtName\":\"Product Viewed\",";
                    case EXCLUDED -> "\"evtName\":\"Notification Sent\",";
                    case BROKEN -> "";
                    case ERASURE -> throw new IllegalStateException(this + " has no value");
                };
        String source = kind == TestEventKind.UNTRACKED ? "API" : "Web";
        return "{\"identity\":\"" + user + "\",\"type\":\"event\"," + name + "\"ts\":" + time + ",\"evtData\":{\""
                + ID_FIELD + "\":\"" + id + "\",\"CT Source\":\"" + source + "\"}}";
    }
}
