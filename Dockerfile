# docker build -t sessionizer .

FROM maven:3.9.11-eclipse-temurin-17 AS build
WORKDIR /build
COPY .mvn .mvn
COPY pom.xml LICENSE ./
COPY config config
COPY src src
# without tests: an image needs only the jar
RUN --mount=type=cache,target=/root/.m2 mvn -B -q package -DskipTests -Dspotless.check.skip=true

FROM eclipse-temurin:17-jre-noble
RUN groupadd --system --gid 10001 sessionizer \
    && useradd --system --uid 10001 --gid sessionizer --no-create-home sessionizer \
    && mkdir -p /opt/sessionizer /var/lib/sessionizer \
    && chown sessionizer:sessionizer /var/lib/sessionizer
COPY --from=build /build/target/sessionizer.jar /opt/sessionizer/sessionizer.jar

# RocksDB and the page cache need memory besides the heap, so the heap gets half. A process that is out of memory exits, so
# that the platform restarts it. With one arena per thread, glibc would keep much of the memory that RocksDB frees.
ENV JAVA_TOOL_OPTIONS="-XX:MaxRAMPercentage=50 -XX:+ExitOnOutOfMemoryError" \
    MALLOC_ARENA_MAX=2 \
    SESSIONIZER_STATE_DIR=/var/lib/sessionizer

# by number, so that a platform can see that it is not root
USER 10001:10001
WORKDIR /opt/sessionizer
VOLUME /var/lib/sessionizer
# pages, API, health and metrics; reached from outside with SESSIONIZER_HTTP_HOST=0.0.0.0
EXPOSE 8080
# Checks liveness: an instance that is not ready yet, or waits for its brokers, is healthy.
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --retries=6 \
    CMD ["sh", "-c", "exec curl --fail --silent --output /dev/null --max-time 3 http://localhost:${SESSIONIZER_HTTP_HEALTH_PORT:-${SESSIONIZER_HTTP_PORT:-8080}}/health/live"]
# The exec form: the signal reaches Java instead of a shell, and the service commits, leaves the group and exits with 0.
STOPSIGNAL SIGTERM
ENTRYPOINT ["java", "-jar", "/opt/sessionizer/sessionizer.jar"]
CMD ["run"]
