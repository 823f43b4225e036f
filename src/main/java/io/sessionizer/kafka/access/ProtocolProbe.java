package io.sessionizer.kafka.access;

import io.sessionizer.kafka.access.SaslHandshake.Reply;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.apache.kafka.common.security.auth.SecurityProtocol;

/**
 * Finds out which security protocol a port speaks by sending a request. Kafka's clients do not report it: on a mismatch
 * they are disconnected repeatedly, or read a TLS alert as the length of a huge response.
 */
final class ProtocolProbe {
    private static final int TIMEOUT_MS = 2_000;

    private final SecurityProtocol configured;
    private final String mechanism;

    /** @param mechanism the SASL mechanism that is requested from the broker */
    ProtocolProbe(SecurityProtocol configured, String mechanism) {
        this.configured = configured;
        this.mechanism = mechanism;
    }

    /** The mismatch at this port, in one line; empty if there is none, or if it is unknown. */
    Optional<String> mismatch(String host, int port) {
        boolean isTls = configured == SecurityProtocol.SSL || configured == SecurityProtocol.SASL_SSL;
        Optional<Reply> expected = ask(host, port, isTls);
        Optional<Reply> found = expected.isPresent() ? expected : ask(host, port, !isTls);
        return found.flatMap(reply -> mismatch(host + ":" + port, reply, isTls == expected.isPresent()));
    }

    private Optional<String> mismatch(String address, Reply reply, boolean isTls) {
        SecurityProtocol spoken = reply.isSasl()
                ? isTls ? SecurityProtocol.SASL_SSL : SecurityProtocol.SASL_PLAINTEXT
                : isTls ? SecurityProtocol.SSL : SecurityProtocol.PLAINTEXT;
        if (spoken != configured) {
            return Optional.of("security.protocol: must be that of the brokers' port. Found: " + configured + ", and "
                    + address + " speaks " + spoken);
        }
        return reply.isSasl() && !reply.mechanisms().contains(mechanism)
                ? Optional.of("sasl.mechanism: must be one that the broker at " + address + " has enabled, "
                        + String.join(", ", reply.mechanisms()) + ". Found: " + mechanism)
                : Optional.empty();
    }

    private Optional<Reply> ask(String host, int port, boolean isTls) {
        try (Socket socket = new Socket()) {
            socket.setSoTimeout(TIMEOUT_MS);
            socket.connect(new InetSocketAddress(host, port), TIMEOUT_MS);
            if (!isTls) {
                return SaslHandshake.ask(socket, mechanism);
            }
            try (SSLSocket encrypted =
                    (SSLSocket) anyTrusted().getSocketFactory().createSocket(socket, host, port, true)) {
                encrypted.startHandshake();
                return SaslHandshake.ask(encrypted, mechanism);
            }
        } catch (IOException | GeneralSecurityException e) {
            // another protocol, or a broker that is not up yet
            return Optional.empty();
        }
    }

    private static SSLContext anyTrusted() throws GeneralSecurityException {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[] {new AnyTrusted()}, null);
        return context;
    }

    /** Kafka's client checks the certificate: the probe sends only the name of a mechanism, and closes. */
    private static final class AnyTrusted extends X509ExtendedTrustManager {
        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
