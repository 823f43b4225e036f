package io.sessionizer.web;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Requests as raw bytes: HTTP clients would correct invalid requests, and refuse to set some headers. */
final class RawHttpClient {
    private RawHttpClient() {}

    /**
     * A response.
     *
     * @param headers by name in lower case
     */
    record RawResponse(int status, Map<String, String> headers, String body) {
        String header(String name) {
            return headers.getOrDefault(name, "");
        }
    }

    /** Sends a request of this method and target, with the Host of the instance unless {@code headers} has one. */
    static RawResponse send(TestServer instance, String method, String target, String... headers) throws IOException {
        return sendBody(instance, method, target, "", headers);
    }

    static RawResponse sendBody(TestServer instance, String method, String target, String body, String... headers)
            throws IOException {
        StringBuilder request = new StringBuilder(method + " " + target + " HTTP/1.1\r\nConnection: close\r\n");
        boolean hasHost = false;
        for (String header : headers) {
            request.append(header).append("\r\n");
            hasHost |= header.startsWith("Host:");
        }
        if (!hasHost) {
            request.append("Host: ").append(instance.authority()).append("\r\n");
        }
        if (!body.isEmpty()) {
            request.append("Content-Length: ")
                    .append(body.getBytes(StandardCharsets.ISO_8859_1).length)
                    .append("\r\n");
        }
        return raw(instance, request + "\r\n" + body);
    }

    /** Sends these characters, a byte each, and reads the response to the end of the connection. */
    static RawResponse raw(TestServer instance, String request) throws IOException {
        return raw(instance.port(), request);
    }

    /** A request of a client of its own, at this port of the machine. */
    static RawResponse get(int port, String target) throws IOException {
        return raw(port, "GET " + target + " HTTP/1.1\r\nConnection: close\r\nHost: localhost:" + port + "\r\n\r\n");
    }

    private static RawResponse raw(int port, String request) throws IOException {
        try (Socket socket = new Socket("localhost", port)) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().flush();
            return parse(readAll(socket.getInputStream()));
        }
    }

    private static String readAll(InputStream in) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            in.transferTo(out);
        } catch (IOException e) {
            // reset by a server that does not want the rest of the request: its response so far counts
            if (out.size() == 0) {
                throw e;
            }
        }
        return out.toString(StandardCharsets.UTF_8);
    }

    private static RawResponse parse(String text) {
        int end = text.indexOf("\r\n\r\n");
        String[] lines = text.substring(0, end).split("\r\n");
        Map<String, String> headers = new TreeMap<>();
        for (int i = 1; i < lines.length; i++) {
            int colon = lines[i].indexOf(':');
            headers.put(
                    lines[i].substring(0, colon).toLowerCase(Locale.ROOT),
                    lines[i].substring(colon + 1).trim());
        }
        return new RawResponse(Integer.parseInt(lines[0].split(" ")[1]), headers, text.substring(end + 4));
    }
}
