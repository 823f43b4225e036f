package io.sessionizer.web;

import com.fasterxml.jackson.core.JsonGenerator;
import io.sessionizer.web.Backend.EffectiveSetting;
import io.sessionizer.web.access.AccessPolicy;
import io.sessionizer.web.http.BuildVersions;
import io.sessionizer.web.http.HttpException;
import io.sessionizer.web.http.JsonBody;
import io.sessionizer.web.http.WebRequest;
import io.sessionizer.web.http.WebResponse;
import java.io.IOException;
import java.time.ZoneId;
import java.util.Optional;

/** The effective settings and the session tracking switch. */
final class SettingsApi {
    private final Backend backend;
    private final ZoneId account;
    private final AccessPolicy policy;

    SettingsApi(Backend backend, ZoneId account, AccessPolicy policy) {
        this.backend = backend;
        this.account = account;
        this.policy = policy;
    }

    WebResponse show(WebRequest request) {
        Optional<String> denial = policy.denial(request);
        boolean tracking = backend.tracking().isOn().getAsBoolean();
        return WebResponse.json(200, JsonBody.object(json -> {
            json.writeStringField("version", BuildVersions.service());
            json.writeStringField("instance", policy.address());
            json.writeObjectFieldStart("tracking");
            json.writeBooleanField("active", tracking);
            json.writeEndObject();
            json.writeStringField("timeZone", account.getId());
            json.writeObjectFieldStart("changes");
            json.writeBooleanField("allowed", denial.isEmpty());
            json.writeBooleanField("needsToken", policy.needsToken());
            json.writeStringField("why", denial.orElse(""));
            json.writeEndObject();
            json.writeArrayFieldStart("configuration");
            for (EffectiveSetting setting : backend.settings().get()) {
                write(json, setting);
            }
            json.writeEndArray();
        }));
    }

    private static void write(JsonGenerator json, EffectiveSetting setting) throws IOException {
        json.writeStartObject();
        json.writeStringField("section", setting.section());
        json.writeStringField("key", setting.key());
        json.writeStringField("value", setting.value());
        json.writeStringField("origin", setting.origin());
        json.writeStringField("doc", setting.doc());
        json.writeEndObject();
    }

    WebResponse switchTracking(WebRequest request) {
        String type = request.header("content-type").orElse("").split(";", 2)[0].trim();
        if (!type.equalsIgnoreCase("application/json")) {
            throw HttpException.of(415, "The body must be of the type application/json.");
        }
        boolean active = JsonBody.onlyBoolean("active", request.body())
                .orElseThrow(() -> HttpException.badRequest(
                        "The body must be a JSON object with the field active, true or false, and no other."));
        backend.tracking().set().accept(active);
        return WebResponse.json(200, JsonBody.object(json -> json.writeBooleanField("active", active)));
    }
}
