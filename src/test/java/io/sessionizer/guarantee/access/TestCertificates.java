package io.sessionizer.guarantee.access;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A certificate of a broker, and who trusts it, made by the JDK's keytool. */
public final class TestCertificates {
    public static final String PASSWORD = "store-secret";

    private final Path directory;

    private TestCertificates(Path directory) {
        this.directory = directory;
    }

    static TestCertificates generate(Path directory) throws IOException, InterruptedException {
        TestCertificates made = new TestCertificates(Files.createDirectories(directory));
        made.generateKey("broker");
        made.generateKey("stranger");
        for (String name : List.of("broker", "stranger")) {
            made.keytool(
                    "-exportcert",
                    "-rfc",
                    "-alias",
                    name,
                    "-keystore",
                    made.file(name + ".p12"),
                    "-file",
                    made.file(name + ".pem"));
            made.keytool(
                    "-importcert",
                    "-noprompt",
                    "-alias",
                    name,
                    "-file",
                    made.file(name + ".pem"),
                    "-keystore",
                    made.file("trust-" + name + ".p12"));
        }
        return made;
    }

    private void generateKey(String name) throws IOException, InterruptedException {
        keytool(
                "-genkeypair",
                "-alias",
                name,
                "-keyalg",
                "EC",
                "-validity",
                "30",
                "-dname",
                "CN=" + name,
                "-ext",
                "san=ip:127.0.0.1,dns:localhost",
                "-keystore",
                file(name + ".p12"));
    }

    private void keytool(String... options) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString()));
        command.addAll(List.of(options));
        command.addAll(List.of("-storetype", "PKCS12", "-storepass", PASSWORD));
        Process keytool = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, keytool.waitFor(), () -> command + ": " + output);
    }

    /** The path of a file: {@code broker} is the broker's, {@code stranger} one that it does not use. */
    public String file(String name) {
        return directory.resolve(name).toString();
    }

    Map<String, String> ofBroker() {
        return Map.of(
                "ssl.keystore.type",
                "PKCS12",
                "ssl.keystore.location",
                file("broker.p12"),
                "ssl.keystore.password",
                PASSWORD,
                "ssl.key.password",
                PASSWORD);
    }

    Map<String, String> ofClient() {
        return truststore("trust-broker.p12");
    }

    /** The settings of a client that trusts what is in this file. */
    public Map<String, String> truststore(String name) {
        return Map.of(
                "ssl.truststore.type",
                "PKCS12",
                "ssl.truststore.location",
                file(name),
                "ssl.truststore.password",
                PASSWORD);
    }
}
