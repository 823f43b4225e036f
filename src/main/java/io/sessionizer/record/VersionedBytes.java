package io.sessionizer.record;

import java.nio.ByteBuffer;

/**
 * Stored bytes whose first byte is the version of their format.
 *
 * @param format its name in the message of an unknown version
 * @param oldest the oldest version that is read
 * @param newest the newest version that is read, and the one that is written
 */
record VersionedBytes(String format, byte oldest, byte newest) {
    /** A format with only one version. */
    static VersionedBytes of(String format, byte version) {
        return new VersionedBytes(format, version, version);
    }

    /** A buffer that contains the version, with room for this many more bytes. */
    ByteBuffer allocate(int maxLength) {
        return ByteBuffer.allocate(1 + maxLength).put(newest);
    }

    /** The bytes that were put into the buffer. */
    static byte[] toArray(ByteBuffer out) {
        byte[] bytes = new byte[out.position()];
        out.get(0, bytes);
        return bytes;
    }

    /**
     * The bytes after the version.
     *
     * @throws NewerFormatException if the version is newer than this program
     * @throws IllegalStateException if no version of this program has ever written it
     */
    ByteBuffer wrap(byte[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        byte version = in.get();
        if (version > newest) {
            throw new NewerFormatException(unknown(version)
                    + ", written by a newer version; run that version or newer (to upgrade, stop all instances, then"
                    + " start them)");
        }
        if (version < oldest) {
            throw new IllegalStateException(unknown(version));
        }
        return in;
    }

    private String unknown(byte version) {
        String known = oldest == newest ? "" + newest : oldest + " to " + newest;
        return format + " format: must be " + known + ". Found: " + version;
    }
}
