package io.sessionizer.web.board;

import io.sessionizer.web.http.HttpException;
import io.sessionizer.web.http.JsonBody;
import io.sessionizer.web.http.WebRequest;
import io.sessionizer.web.http.WebResponse;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BooleanSupplier;

/**
 * The board and the time zones as JSON. A board is cached: it is returned again until the second is over, or until new
 * rows have arrived and {@value #MIN_AGE_MS} ms have passed. Zones whose clocks agree share a board: of some 600 names only
 * about 40 differ.
 */
public final class BoardApi {
    private static final int MAX_BOARDS = 100;
    private static final long MIN_AGE_MS = 200;

    private final BoardSource source;
    private final BooleanSupplier isTracking;
    private final ZoneId account;
    private final Map<ZoneOffsets, CachedBoard> boards = new LinkedHashMap<>(MAX_BOARDS, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<ZoneOffsets, CachedBoard> eldest) {
            return size() > MAX_BOARDS;
        }
    };

    /**
     * A cached board.
     *
     * @param version of the totals
     */
    private record CachedBoard(Instant at, long version, BoardNotices notices, BoardSummary summary) {
        boolean isFresh(Instant now, long newest, BoardNotices noticesNow) {
            long age = ChronoUnit.MILLIS.between(at, now);
            return notices.equals(noticesNow)
                    && at.getEpochSecond() == now.getEpochSecond()
                    && (version == newest || age >= 0 && age < MIN_AGE_MS);
        }
    }

    /**
     * @param isTracking state of the tracking switch
     * @param account the account's time zone
     */
    public BoardApi(BoardSource source, BooleanSupplier isTracking, ZoneId account) {
        this.source = source;
        this.isTracking = isTracking;
        this.account = account;
    }

    public WebResponse board(WebRequest request) {
        ZoneId zone = request.parameter("zone")
                .map(name -> TimeZones.find(name)
                        .orElseThrow(() ->
                                HttpException.badRequest("The zone must be an IANA time zone such as Europe/Berlin.")))
                .orElse(account);
        return WebResponse.json(200, json(zone));
    }

    private byte[] json(ZoneId zone) {
        CachedBoard board = board(zone);
        return BoardJson.of(zone.getId(), board.summary(), source.gapSeconds(), board.notices());
    }

    private synchronized CachedBoard board(ZoneId zone) {
        Instant now = source.clock().instant().truncatedTo(ChronoUnit.MILLIS);
        BoardNotices notices =
                new BoardNotices(isTracking.getAsBoolean(), source.totals().nearlyAllUncounted());
        long version = source.totals().version();
        ZoneOffsets offsets = ZoneOffsets.of(zone, now);
        CachedBoard cached = boards.get(offsets);
        if (cached == null || !cached.isFresh(now, version, notices)) {
            cached = new CachedBoard(now, version, notices, source.totals().summary(zone, now));
            boards.put(offsets, cached);
        }
        return cached;
    }

    public WebResponse zones() {
        return WebResponse.json(200, JsonBody.object(json -> {
            json.writeArrayFieldStart("zones");
            for (String name : TimeZones.names()) {
                json.writeString(name);
            }
            json.writeEndArray();
            json.writeStringField("account", account.getId());
        }));
    }
}
