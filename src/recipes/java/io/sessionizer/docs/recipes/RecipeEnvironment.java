package io.sessionizer.docs.recipes;

import io.sessionizer.docs.CorrectedSessions;
import io.sessionizer.docs.MarkdownPage;
import io.sessionizer.docs.MarkdownPage.CodeBlock;
import io.sessionizer.guarantee.support.TestCluster;
import io.sessionizer.kafka.StreamDriver;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** A broker and a Postgres as the recipes expect them, on free ports. For one thread. */
final class RecipeEnvironment implements AutoCloseable {
    private final TestCluster cluster;
    private final EmbeddedPostgres postgres;
    private final Map<String, String> addresses = new HashMap<>();
    private int transactions;

    private RecipeEnvironment(TestCluster cluster, EmbeddedPostgres postgres) {
        this.cluster = cluster;
        this.postgres = postgres;
        useAddress("localhost:9092", cluster.bootstrapServers());
        useAddress("localhost:5432", "localhost:" + postgres.getPort());
    }

    /** @param directory for the data of both */
    static RecipeEnvironment start(Path directory) throws Exception {
        TestCluster cluster = TestCluster.start(directory.resolve("broker"), 1);
        EmbeddedPostgres postgres = EmbeddedPostgres.builder()
                .setDataDirectory(directory.resolve("postgres"))
                .start();
        try (Connection admin = postgres.getPostgresDatabase().getConnection();
                Statement statement = admin.createStatement()) {
            statement.execute("CREATE ROLE sessions LOGIN PASSWORD 'secret'");
            statement.execute("CREATE DATABASE shop OWNER sessions");
        }
        return new RecipeEnvironment(cluster, postgres);
    }

    TestCluster cluster() {
        return cluster;
    }

    /** Pages are read with {@code actual} in the place of {@code documented} from now on. */
    void useAddress(String documented, String actual) {
        addresses.put(documented, actual);
    }

    /** A page of docs/recipes with the addresses of these servers. */
    MarkdownPage page(String name) {
        MarkdownPage page = MarkdownPage.read("docs/recipes/" + name);
        List<String> lines = new ArrayList<>(page.lines());
        addresses.forEach((documented, actual) -> lines.replaceAll(line -> line.replace(documented, actual)));
        return new MarkdownPage(page.path(), lines);
    }

    /** The blocks of a page in one language, in their order. */
    static List<String> blocks(MarkdownPage page, String language) {
        return page.blocks().stream()
                .filter(block -> block.language().equals(language))
                .map(CodeBlock::text)
                .toList();
    }

    /** @param value may be null */
    static ProducerRecord<byte[], byte[]> record(String topic, String key, String value) {
        return new ProducerRecord<>(topic, TestCluster.bytes(key), value == null ? null : TestCluster.bytes(value));
    }

    /** What the service publishes for sessions that are amended and merged. */
    static List<ProducerRecord<byte[], byte[]>> concluded() {
        try (StreamDriver stream = CorrectedSessions.play()) {
            return stream.concluded().stream()
                    .map(record -> new ProducerRecord<>(TestCluster.CONCLUDED, record.key(), record.value()))
                    .toList();
        }
    }

    void createTopic(String name) throws InterruptedException, ExecutionException {
        cluster.admin()
                .createTopics(List.of(new NewTopic(name, 1, (short) 1)))
                .all()
                .get();
    }

    /** Writes all records in one transaction. */
    void publish(List<ProducerRecord<byte[], byte[]>> records) {
        publish(records, true);
    }

    /** Writes all records in a transaction that is aborted. */
    void abort(List<ProducerRecord<byte[], byte[]>> records) {
        publish(records, false);
    }

    private void publish(List<ProducerRecord<byte[], byte[]>> records, boolean isCommitted) {
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                cluster.client(Map.of("transactional.id", "recipe-" + transactions++)),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            producer.initTransactions();
            producer.beginTransaction();
            records.forEach(producer::send);
            producer.flush();
            if (isCommitted) {
                producer.commitTransaction();
            } else {
                producer.abortTransaction();
            }
        }
    }

    /** Executes statements, separated by semicolons. */
    void execute(String sql) throws SQLException {
        try (Connection database = database();
                Statement statement = database.createStatement()) {
            statement.execute(sql);
        }
    }

    /** The rows of a query, each as its columns joined with a blank. */
    List<String> query(String sql) {
        try (Connection database = database();
                Statement statement = database.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            List<String> rows = new ArrayList<>();
            while (result.next()) {
                List<String> columns = new ArrayList<>();
                for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
                    columns.add(result.getString(i));
                }
                rows.add(String.join(" ", columns));
            }
            return rows;
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    String databaseUrl() {
        return "jdbc:postgresql://localhost:" + postgres.getPort() + "/shop";
    }

    private Connection database() throws SQLException {
        return DriverManager.getConnection(databaseUrl(), "sessions", "secret");
    }

    @Override
    public void close() throws IOException {
        postgres.close();
        cluster.close();
    }
}
