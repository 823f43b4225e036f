package io.sessionizer.web.access;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Clock;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signs requests between instances, and their responses, with HMAC-SHA-256, with the shared token as the key. The token
 * itself is never sent, because any member of the consumer group can advertise any address. A signature is for one method, user, time and
 * instance, so that it is of no use to a recipient other than the intended one.
 */
public final class PeerSignature {
    /** The clocks of instances agree within a minute, and a request may take a few seconds. */
    private static final long MAX_AGE_SECONDS = 90;

    private static final Pattern FORM = Pattern.compile("t=(\\d{1,12}), mac=([0-9a-f]{64})");
    private static final String REQUEST = "sessionizer request 1\n";
    private static final String RESPONSE = "sessionizer response 1\n";

    private final AccessToken token;
    private final Clock clock;

    public PeerSignature(AccessToken token, Clock clock) {
        this.token = token;
        this.clock = clock;
    }

    /**
     * The signed parts of a request.
     *
     * @param target {@code host:port} of the instance it is for, as it advertises itself
     * @param user UTF-8; must not be modified
     */
    public record PeerCall(String method, String target, byte[] user) {}

    /** The value of the request's header. */
    public String sign(PeerCall call) {
        long seconds = clock.instant().getEpochSecond();
        return "t=" + seconds + ", mac=" + mac(call, seconds);
    }

    /** Whether the header is the signature of this call, and not an old one. */
    boolean isOf(String header, PeerCall call) {
        Matcher form = FORM.matcher(header);
        if (!form.matches()) {
            return false;
        }
        long seconds = Long.parseLong(form.group(1));
        return Math.abs(clock.instant().getEpochSecond() - seconds) <= MAX_AGE_SECONDS
                && isSame(mac(call, seconds), form.group(2));
    }

    /**
     * Signs a response.
     *
     * @param request the header of the request
     */
    String signResponse(String request, int status, byte[] body) {
        return mac(RESPONSE + request + "\n" + status + "\n", body);
    }

    /** Whether a response to the request is from an instance that has the token; {@code signature} is its header, if any. */
    public boolean isOfResponse(Optional<String> signature, String request, int status, byte[] body) {
        return signature
                .filter(found -> isSame(signResponse(request, status, body), found))
                .isPresent();
    }

    private String mac(PeerCall call, long seconds) {
        return mac(REQUEST + call.method() + "\n" + call.target() + "\n" + seconds + "\n", call.user());
    }

    private String mac(String head, byte[] rest) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(token.value().getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            mac.update(head.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(mac.doFinal(rest));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("HmacSHA256: every Java has it", e);
        }
    }

    private static boolean isSame(String a, String b) {
        return MessageDigest.isEqual(a.getBytes(StandardCharsets.US_ASCII), b.getBytes(StandardCharsets.US_ASCII));
    }
}
