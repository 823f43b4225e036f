package io.sessionizer.guarantee.access;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Certificates of a broker, and who trusts them, made by the JDK's keytool. */
public final class TestCertificates {
    public static final String PASSWORD = "store-secret";

    private static final String AUTHORITY = "authority";
    private static final String LOOPBACK = "san=ip:127.0.0.1,dns:localhost";

    private final Path directory;

    /** Why a client that trusts a certificate must refuse it all the same. */
    public enum Flaw {
        /** It is for another host. */
        MISNAMED,
        /** Its authority is trusted, but it is of last month. */
        EXPIRED;

        /** The truststore that has it, or its authority. */
        String truststore() {
            return this == EXPIRED ? "trust-" + AUTHORITY + ".p12" : "trust-" + store() + ".p12";
        }

        private String store() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private TestCertificates(Path directory) {
        this.directory = directory;
    }

    static TestCertificates generate(Path directory, Flaw... flaws) throws IOException, InterruptedException {
        TestCertificates made = new TestCertificates(Files.createDirectories(directory));
        made.generateTrusted("broker", LOOPBACK);
        made.generateTrusted("stranger", LOOPBACK);
        for (Flaw flaw : flaws) {
            switch (flaw) {
                case MISNAMED -> made.generateTrusted(flaw.store(), "san=dns:broker.example");
                case EXPIRED -> made.generateExpired(flaw.store());
            }
        }
        return made;
    }

    private void generateTrusted(String name, String extension) throws IOException, InterruptedException {
        generateKey(name, extension);
        keytool(name, "-exportcert", "-rfc", "-alias", name, "-file", file(name + ".pem"));
        importCertificate("trust-" + name, name, name);
    }

    /** Java takes a certificate that is itself trusted whatever its dates are, so this one has an authority. */
    private void generateExpired(String name) throws IOException, InterruptedException {
        generateTrusted(AUTHORITY, "bc=ca:true");
        generateKey(name, LOOPBACK);
        keytool(name, "-certreq", "-alias", name, "-file", file(name + ".csr"));
        keytool(
                AUTHORITY,
                "-gencert",
                "-rfc",
                "-alias",
                AUTHORITY,
                "-ext",
                LOOPBACK,
                "-startdate",
                "-30d",
                "-validity",
                "10",
                "-infile",
                file(name + ".csr"),
                "-outfile",
                file(name + ".pem"));
        importCertificate(name, AUTHORITY, AUTHORITY);
        importCertificate(name, name, name);
    }

    private void generateKey(String name, String extension) throws IOException, InterruptedException {
        keytool(
                name,
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
                extension);
    }

    private void importCertificate(String store, String alias, String name) throws IOException, InterruptedException {
        keytool(store, "-importcert", "-noprompt", "-alias", alias, "-file", file(name + ".pem"));
    }

    private void keytool(String store, String... options) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString()));
        command.addAll(List.of(options));
        command.addAll(List.of("-keystore", file(store + ".p12"), "-storetype", "PKCS12", "-storepass", PASSWORD));
        command.add("-J-XX:TieredStopAtLevel=1");
        Process keytool = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, keytool.waitFor(), () -> command + ": " + output);
    }

    /** The path of a file: {@code broker} is the broker's, {@code stranger} one that it does not use. */
    public String file(String name) {
        return directory.resolve(name).toString();
    }

    Map<String, String> ofBroker() {
        return keystore("broker", "");
    }

    /** The settings of a broker for its listener of this name. */
    Map<String, String> ofListener(Flaw flaw) {
        return keystore(flaw.store(), "listener.name." + flaw.name().toLowerCase(Locale.ROOT) + ".");
    }

    private Map<String, String> keystore(String store, String prefix) {
        return Map.of(
                prefix + "ssl.keystore.type",
                "PKCS12",
                prefix + "ssl.keystore.location",
                file(store + ".p12"),
                prefix + "ssl.keystore.password",
                PASSWORD,
                prefix + "ssl.key.password",
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
