package io.sessionizer.guarantee.access;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;

/** The rights of docs/security.md, as kafka-acls.sh would understand its lines. */
public final class DocumentedRights {
    private static final Path PAGE = Path.of("docs", "security.md");
    private static final String COMMAND = "$ACLS ";
    private static final String PRINCIPAL = "User:sessionizer";

    private DocumentedRights() {}

    /** All of them. */
    public static List<AclBinding> all() throws IOException {
        return Files.readAllLines(PAGE).stream()
                .filter(line -> line.startsWith(COMMAND))
                .flatMap(line -> parse(line.substring(COMMAND.length()).split(" ")))
                .toList();
    }

    private static Stream<AclBinding> parse(String[] options) {
        List<AclOperation> operations = new ArrayList<>();
        List<ResourcePattern> resources = new ArrayList<>();
        boolean isPrefixed = Arrays.asList(options).contains("prefixed");
        PatternType pattern = isPrefixed ? PatternType.PREFIXED : PatternType.LITERAL;
        for (int i = 0; i < options.length; i += 2) {
            String value = options[i + 1];
            switch (options[i]) {
                case "--operation" -> operations.add(operation(value));
                case "--topic" -> resources.add(new ResourcePattern(ResourceType.TOPIC, value, pattern));
                case "--group" -> resources.add(new ResourcePattern(ResourceType.GROUP, value, pattern));
                case "--transactional-id" ->
                    resources.add(new ResourcePattern(ResourceType.TRANSACTIONAL_ID, value, pattern));
                case "--resource-pattern-type" -> {}
                default -> throw new IllegalArgumentException("option: must be known. Found: " + options[i]);
            }
        }
        return resources.stream()
                .flatMap(resource -> operations.stream().map(operation -> binding(resource, operation)));
    }

    private static AclOperation operation(String pascalCase) {
        return AclOperation.fromString(pascalCase.replaceAll("(?<=[a-z])(?=[A-Z])", "_"));
    }

    private static AclBinding binding(ResourcePattern resource, AclOperation operation) {
        return new AclBinding(resource, new AccessControlEntry(PRINCIPAL, "*", operation, AclPermissionType.ALLOW));
    }

    /** The same right, refused: it outranks what is allowed, and leaves Describe. */
    public static AclBinding denial(ResourcePattern resource, AclOperation operation) {
        return new AclBinding(resource, new AccessControlEntry(PRINCIPAL, "*", operation, AclPermissionType.DENY));
    }
}
