package io.sessionizer.web;

import com.fasterxml.jackson.core.JsonGenerator;
import io.sessionizer.event.UserKey;
import io.sessionizer.session.Session;
import io.sessionizer.session.UserState;
import io.sessionizer.web.http.HttpException;
import io.sessionizer.web.http.JsonBody;
import io.sessionizer.web.http.WebRequest;
import io.sessionizer.web.http.WebResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** Profiles and erasure of users, on whichever instance has them. */
final class ProfileApi {
    private final Backend.UserAccess users;
    private final PeerClient peerClient;

    ProfileApi(Backend.UserAccess users, PeerClient peerClient) {
        this.users = users;
        this.peerClient = peerClient;
    }

    /** The user of the query form. */
    static String requestedUser(WebRequest request) {
        return request.parameter("user").orElseThrow(() -> HttpException.badRequest("The parameter user is missing."));
    }

    WebResponse show(WebRequest request, String name) {
        byte[] user = validUser(name);
        UserState state = users.find().apply(user);
        if (state instanceof UserState.Found found) {
            return profile(name, found.timeline().sessions());
        }
        boolean mayBeElsewhere = !(state instanceof UserState.Absent);
        if (!request.isPeerRequest() && mayBeElsewhere) {
            List<String> others = users.otherInstances().apply(user);
            Optional<WebResponse> response = peerClient.find("GET", user, others);
            if (response.isPresent()) {
                return response.orElseThrow();
            }
            if (others.isEmpty()) {
                throw PeerClient.notAvailable();
            }
        }
        throw state instanceof UserState.Unavailable ? PeerClient.notAvailable() : notFound();
    }

    /**
     * The instance that has the user writes the erasure, since it knows the partition. If no instance has the user, any
     * instance may write it.
     */
    WebResponse erase(WebRequest request, String name) {
        byte[] user = validUser(name);
        UserState state = users.find().apply(user);
        boolean mayBeElsewhere = state instanceof UserState.AbsentHere || state instanceof UserState.Unavailable;
        if (mayBeElsewhere && request.isPeerRequest()) {
            throw state instanceof UserState.Unavailable ? PeerClient.notAvailable() : notFound();
        }
        if (mayBeElsewhere) {
            Optional<WebResponse> done =
                    peerClient.find("DELETE", user, users.otherInstances().apply(user));
            if (done.isPresent()) {
                return done.orElseThrow();
            }
        }
        users.erase().accept(user);
        return WebResponse.json(202, JsonBody.object(json -> json.writeStringField("user", name)));
    }

    private static HttpException notFound() {
        return HttpException.of(404, "No session of this user is remembered.");
    }

    private static byte[] validUser(String name) {
        byte[] user = name.getBytes(StandardCharsets.UTF_8);
        if (!UserKey.isValid(user)) {
            throw HttpException.badRequest("A user id must be 1 to " + UserKey.MAX_BYTES + " bytes of UTF-8.");
        }
        return user;
    }

    private static WebResponse profile(String name, List<Session> byStart) {
        List<Session> latestFirst = new ArrayList<>(byStart);
        Collections.reverse(latestFirst); // sessions do not overlap, so they have the same order by end as by start
        return WebResponse.json(200, JsonBody.object(json -> {
            json.writeStringField("user", name);
            json.writeArrayFieldStart("sessions");
            for (Session session : latestFirst) {
                write(json, session);
            }
            json.writeEndArray();
        }));
    }

    private static void write(JsonGenerator json, Session session) throws IOException {
        json.writeStartObject();
        json.writeStringField("id", session.id().toString());
        json.writeBooleanField("isOpen", session.isOpen());
        json.writeStringField("start", Instant.ofEpochMilli(session.start()).toString());
        json.writeStringField(
                "lastActivity", Instant.ofEpochMilli(session.end()).toString());
        json.writeNumberField("lengthSeconds", session.lengthSeconds());
        json.writeNumberField("events", session.events());
        json.writeNumberField("revision", session.revision());
        json.writeEndObject();
    }
}
