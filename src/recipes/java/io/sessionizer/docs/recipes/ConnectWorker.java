package io.sessionizer.docs.recipes;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import org.apache.kafka.connect.cli.ConnectStandalone;
import org.apache.kafka.connect.runtime.Connect;

/** Kafka Connect in this JVM, with the connectors of the class path. */
final class ConnectWorker implements AutoCloseable {
    private final Connect<?> connect;

    private ConnectWorker(Connect<?> connect) {
        this.connect = connect;
    }

    /** @param directory for the offsets of sources */
    static ConnectWorker start(String bootstrapServers, Path directory) {
        return new ConnectWorker(new ConnectStandalone()
                .startConnect(Map.of(
                        "bootstrap.servers", bootstrapServers,
                        "key.converter", "org.apache.kafka.connect.converters.ByteArrayConverter",
                        "value.converter", "org.apache.kafka.connect.converters.ByteArrayConverter",
                        "offset.storage.file.filename",
                                directory.resolve("connect.offsets").toString(),
                        "offset.flush.interval.ms", "500",
                        "plugin.discovery", "service_load",
                        "listeners", "http://localhost:0")));
    }

    /** Of its REST API, {@code host:port}. */
    String address() {
        URI url = connect.rest().serverUrl();
        return url.getHost() + ":" + url.getPort();
    }

    /** As the REST API reports it. */
    String status(String connector) {
        URI url = URI.create("http://" + address() + "/connectors/" + connector + "/status");
        return HttpClient.newHttpClient()
                .sendAsync(HttpRequest.newBuilder(url).build(), HttpResponse.BodyHandlers.ofString())
                .join()
                .body();
    }

    @Override
    public void close() {
        connect.stop();
        connect.awaitStop();
    }
}
