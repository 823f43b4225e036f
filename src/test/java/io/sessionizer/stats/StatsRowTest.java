package io.sessionizer.stats;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StatsRowTest {
    @Test
    void isPossibleForAPartitionOfTheInput_andNotInTheFuture() {
        long latest = 1_795_483_000_000L;
        long quarterHour = QuarterHour.of(latest);
        for (int partition : new int[] {0, 3}) {
            for (StatsRow row : rows(partition, quarterHour)) {
                assertEquals(true, row.isPossible(4, latest), row::toString);
                assertEquals(false, row.isPossible(partition, latest), row::toString);
            }
        }
        assertEquals(false, new StatsRow.ExpiredRow(0, quarterHour + 1).isPossible(4, latest));
        assertEquals(
                false, new StatsRow.QuarterHourRow(0, quarterHour + 1, new QuarterHourStats()).isPossible(4, latest));
    }

    private static List<StatsRow> rows(int partition, long quarterHour) {
        return List.of(
                new StatsRow.QuarterHourRow(partition, quarterHour, new QuarterHourStats()),
                new StatsRow.ExpiredRow(partition, quarterHour),
                new StatsRow.LiveRow(partition, new OpenCounts(1, 2), Optional.empty()));
    }
}
