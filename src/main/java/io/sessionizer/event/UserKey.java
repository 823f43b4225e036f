package io.sessionizer.event;

import io.sessionizer.event.json.Utf8;

/** Which bytes are a user: UTF-8 text of 1 to {@value #MAX_BYTES} bytes. */
public final class UserKey {
    /** An id is a few dozen bytes; a separate bound keeps the users in memory small, whatever the topics accept. */
    public static final int MAX_BYTES = 8_192;

    /**
     * The empty key, which belongs to no user. It means that the user is unknown. In stores and topics that are keyed by user,
     * it is the key of what belongs to the whole partition: its clock, its open counts, a watermark. It is the first of all
     * keys, so a scan of a store begins at it.
     */
    public static final byte[] NONE = {};

    private UserKey() {}

    public static boolean isValid(byte[] user) {
        return user.length <= MAX_BYTES && Utf8.isText(user);
    }

    /** @throws IllegalArgumentException if no event can have such a user */
    public static void requireValid(byte[] user) {
        if (!isValid(user)) {
            throw new IllegalArgumentException("user: must be UTF-8 text of 1 to " + MAX_BYTES + " bytes. Found: "
                    + user.length + " bytes" + (Utf8.isText(user) ? "" : " that are not such text"));
        }
    }
}
