package io.sessionizer.kafka.access;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Kafka's SaslHandshake request, version 1, on a separate connection: the only request that every listener accepts
 * before a login; listeners without SASL respond with an error.
 */
final class SaslHandshake {
    private static final int API_KEY = 17;
    private static final int API_VERSION = 1;
    private static final int CORRELATION = 0x5e55;
    private static final int MAX_LENGTH = 1 << 16;
    private static final int ILLEGAL_SASL_STATE = 34;

    private SaslHandshake() {}

    /**
     * A broker's reply.
     *
     * @param isSasl whether the listener requires a login
     * @param mechanisms that it has enabled
     */
    record Reply(boolean isSasl, List<String> mechanisms) {
        Reply {
            mechanisms = List.copyOf(mechanisms);
        }
    }

    /**
     * Requests this mechanism; empty if the peer is not a broker that understands this socket's protocol.
     *
     * @throws IOException if there is no response
     */
    static Optional<Reply> ask(Socket socket, String mechanism) throws IOException {
        socket.getOutputStream().write(request(mechanism));
        socket.getOutputStream().flush();
        DataInputStream in = new DataInputStream(socket.getInputStream());
        int length = in.readInt();
        if (length < 0 || length > MAX_LENGTH || in.readInt() != CORRELATION) {
            return Optional.empty();
        }
        int error = in.readShort();
        int count = in.readInt();
        List<String> mechanisms = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            mechanisms.add(new String(in.readNBytes(in.readShort()), StandardCharsets.UTF_8));
        }
        return Optional.of(new Reply(error != ILLEGAL_SASL_STATE, mechanisms));
    }

    private static byte[] request(String mechanism) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream body = new DataOutputStream(bytes);
        body.writeShort(API_KEY);
        body.writeShort(API_VERSION);
        body.writeInt(CORRELATION);
        writeString("sessionizer-probe", body);
        writeString(mechanism, body);
        ByteArrayOutputStream framed = new ByteArrayOutputStream();
        new DataOutputStream(framed).writeInt(bytes.size());
        bytes.writeTo(framed);
        return framed.toByteArray();
    }

    private static void writeString(String text, DataOutputStream out) throws IOException {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        out.writeShort(utf8.length);
        out.write(utf8);
    }
}
