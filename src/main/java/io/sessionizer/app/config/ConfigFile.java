package io.sessionizer.app.config;

import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/**
 * The contents of a properties file.
 *
 * @param values by key, in the file's order
 * @param problems problems with the file itself
 */
public record ConfigFile(Map<String, String> values, List<ConfigProblem> problems) {
    /** No file. */
    public static final ConfigFile NONE = new ConfigFile(Map.of(), List.of());

    private static final String OPTION = "--config";

    public static ConfigFile read(Path path) {
        try {
            return parse(path, Files.readString(path, StandardCharsets.UTF_8));
        } catch (CharacterCodingException e) {
            return unreadable(path, "must be in UTF-8");
        } catch (NoSuchFileException e) {
            return unreadable(path, "must be a file that exists");
        } catch (AccessDeniedException e) {
            return unreadable(path, "must be a file that may be read");
        } catch (IOException e) {
            return unreadable(path, "must be a file that can be read");
        }
    }

    static ConfigFile parse(Path path, String text) {
        Map<String, String> values = new LinkedHashMap<>();
        List<ConfigProblem> problems = new ArrayList<>();
        // Properties parses the syntax, but silently keeps the last of duplicate keys
        Properties reader = new Properties() {
            private static final long serialVersionUID = 1L;

            @Override
            public synchronized Object put(Object key, Object value) {
                String before = values.putIfAbsent((String) key, (String) value);
                if (before != null) {
                    problems.add(ConfigProblem.repeated((String) key, (String) value));
                }
                return before;
            }
        };
        try {
            reader.load(new StringReader(withoutByteOrderMark(text)));
        } catch (IOException | IllegalArgumentException e) {
            return unreadable(path, "must be a properties file: " + e.getMessage());
        }
        return new ConfigFile(values, problems);
    }

    /** Some editors write a byte order mark, which would become part of the first key. */
    private static String withoutByteOrderMark(String text) {
        return text.startsWith("\uFEFF") ? text.substring(1) : text;
    }

    private static ConfigFile unreadable(Path path, String rule) {
        return new ConfigFile(Map.of(), List.of(new ConfigProblem(OPTION, rule, path.toString())));
    }
}
