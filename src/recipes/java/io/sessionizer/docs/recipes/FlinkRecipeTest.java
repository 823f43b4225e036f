package io.sessionizer.docs.recipes;

import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.sessionizer.guarantee.support.TestCluster;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.table.api.EnvironmentSettings;
import org.apache.flink.table.api.TableEnvironment;
import org.apache.flink.table.api.TableResult;
import org.apache.flink.types.Row;
import org.apache.flink.types.RowKind;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The statements of docs/recipes/flink.md on Flink, in this JVM. */
class FlinkRecipeTest {
    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final int DAY_OF_THE_EXAMPLE = 16994;

    @TempDir
    private Path directory;

    @Test
    void theResultsFollowTheTopics() throws Exception {
        try (RecipeEnvironment environment = RecipeEnvironment.start(directory)) {
            environment.createTopic(SessionRows.TOPIC);
            SessionRows.publish(environment);
            environment.publish(List.of(
                    event("user-1", "Product Viewed", "s1"),
                    event("user-1", "Product Viewed", "s1"),
                    event("user-2", "Charged", "s2"),
                    event("user-1", "Product Viewed", "s3")));
            environment.abort(List.of(event("user-1", "Product Viewed", "s1")));
            environment.publish(List.of(event("user-1", "Charged", "s1")));
            List<String> sql = RecipeEnvironment.blocks(environment.page("flink.md"), "sql");
            TableEnvironment flink = TableEnvironment.create(EnvironmentSettings.newInstance()
                    .inStreamingMode()
                    .withConfiguration(Configuration.fromMap(Map.of("parallelism.default", "1")))
                    .build());

            execute(flink, sql.get(0));
            awaitResult(flink, sql.get(1), List.of(DAY_OF_THE_EXAMPLE + " 3 3 660"));
            execute(flink, sql.get(2));
            awaitResult(flink, sql.get(3), List.of("Charged 1 1", "Product Viewed 2 1"));
        }
    }

    private static ProducerRecord<byte[], byte[]> event(String user, String name, String session) {
        return RecipeEnvironment.record(
                TestCluster.ENRICHED,
                user,
                "{\"identity\":\"" + user + "\",\"type\":\"event\",\"evtName\":\"" + name
                        + "\",\"ts\":1468308340,\"evtData\":{\"Product\":\"Shoes\",\"CT Session ID\":\"" + session
                        + "\"}}");
    }

    private static void execute(TableEnvironment flink, String statement) {
        flink.executeSql(withoutSemicolon(statement));
    }

    private static String withoutSemicolon(String statement) {
        return statement.strip().replaceFirst(";$", "");
    }

    /** A streaming query never ends; its changes are applied until they add up to this. */
    private static void awaitResult(TableEnvironment flink, String query, List<String> expected) {
        List<String> rows = new ArrayList<>();
        TableResult result = flink.executeSql(withoutSemicolon(query));
        assertTimeoutPreemptively(
                PATIENCE,
                () -> {
                    Iterator<Row> changes = result.collect();
                    while (!rows.stream().sorted().toList().equals(expected)) {
                        apply(changes.next(), rows);
                    }
                },
                rows::toString);
        result.getJobClient().orElseThrow().cancel().join();
    }

    private static void apply(Row change, List<String> rows) {
        StringJoiner columns = new StringJoiner(" ");
        for (int i = 0; i < change.getArity(); i++) {
            columns.add(String.valueOf(change.getField(i)));
        }
        boolean isAdded = change.getKind() == RowKind.INSERT || change.getKind() == RowKind.UPDATE_AFTER;
        if (isAdded) {
            rows.add(columns.toString());
        } else {
            rows.remove(columns.toString());
        }
    }
}
