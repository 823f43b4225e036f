package io.sessionizer.record;

/** The last visited user of a partition, as it is stored: a format version byte, then the user. */
public final class UserCursorCodec {
    private static final VersionedBytes FORMAT = VersionedBytes.of("user cursor", (byte) 1);

    private UserCursorCodec() {}

    public static byte[] encode(byte[] user) {
        return VersionedBytes.toArray(FORMAT.allocate(user.length).put(user));
    }

    /**
     * Decodes what {@link #encode} wrote.
     *
     * @throws IllegalStateException if the version is unknown
     */
    public static byte[] decode(byte[] bytes) {
        byte[] user = new byte[bytes.length - 1];
        FORMAT.wrap(bytes).get(user);
        return user;
    }
}
