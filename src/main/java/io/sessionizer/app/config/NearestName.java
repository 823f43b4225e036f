package io.sessionizer.app.config;

import java.util.Collection;
import java.util.Optional;

/** Finds the closest known word by Levenshtein distance. */
final class NearestName {
    private NearestName() {}

    /** Empty if more than about a third of the letters differ: a suggestion would be misleading. */
    static Optional<String> to(String word, Collection<String> candidates) {
        String best = null;
        int minDistance = word.length() / 3 + 2;
        for (String candidate : candidates) {
            // the difference in length is a lower bound, which avoids most of the work
            if (Math.abs(candidate.length() - word.length()) < minDistance) {
                int distance = distance(word, candidate);
                if (distance < minDistance) {
                    minDistance = distance;
                    best = candidate;
                }
            }
        }
        return Optional.ofNullable(best);
    }

    static int distance(String a, String b) {
        int[] above = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            above[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int[] row = new int[b.length() + 1];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = above[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(replaced, 1 + Math.min(above[j], row[j - 1]));
            }
            above = row;
        }
        return above[b.length()];
    }
}
