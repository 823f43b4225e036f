package io.sessionizer.board;

import java.util.Map;

/** A request that is not granted, with the status and the sentence that the caller gets. No bug: it is not logged. */
public final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;

    private Refusal(int status, String sentence) {
        super(sentence, null, false, false);
        this.status = status;
    }

    public static Refusal of(int status, String sentence) {
        return new Refusal(status, sentence);
    }

    public static Refusal bad(String sentence) {
        return new Refusal(400, sentence);
    }

    public Answer answer() {
        Answer answer = Answer.error(status, getMessage());
        return switch (status) {
            case 401 -> answer.with(Map.of("WWW-Authenticate", "Bearer"));
            case 503 -> answer.with(Map.of("Retry-After", "1"));
            default -> answer;
        };
    }
}
