package io.sessionizer.web;

import com.fasterxml.jackson.core.JsonGenerator;
import io.sessionizer.web.Backend.EffectiveSetting;
import io.sessionizer.web.http.AccessPolicy;
import io.sessionizer.web.http.HttpException;
import io.sessionizer.web.http.JsonBody;
import io.sessionizer.web.http.WebRequest;
import io.sessionizer.web.http.WebResponse;
import java.io.IOException;
import java.time.ZoneId;
import java.util.Optional;

/** The settings in effect, and the switch of session tracking. */
final class SettingsApi {
    private final Backend service;
    private final ZoneId account;
    private final AccessPolicy guard;

    SettingsApi(Backend service, ZoneId account, AccessPolicy guard) {
        this.service = service;
        this.account = account;
        this.guard = guard;
    }

    WebResponse show(WebRequest call) {
        Optional<String> objection = guard.objection(call);
        boolean tracking = service.tracking().isOn().getAsBoolean();
        return WebResponse.json(200, JsonBody.object(json -> {
            json.writeObjectFieldStart("tracking");
            json.writeBooleanField("active", tracking);
            json.writeEndObject();
            json.writeStringField("timeZone", account.getId());
            json.writeObjectFieldStart("changes");
            json.writeBooleanField("allowed", objection.isEmpty());
            json.writeBooleanField("needsToken", guard.needsToken());
            json.writeStringField("why", objection.orElse(""));
            json.writeEndObject();
            json.writeArrayFieldStart("configuration");
            for (EffectiveSetting setting : service.configuration().get()) {
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

    WebResponse switchTracking(WebRequest call) {
        String type = call.header("content-type").orElse("").split(";", 2)[0].trim();
        if (!type.equalsIgnoreCase("application/json")) {
            throw HttpException.of(415, "The body must be of the type application/json.");
        }
        boolean active = JsonBody.onlyBoolean("active", call.body());
        service.tracking().set().accept(active);
        return WebResponse.json(200, JsonBody.object(json -> json.writeBooleanField("active", active)));
    }
}
