package io.sessionizer.event.format;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sessionizer.event.EventReader;
import io.sessionizer.event.HeaderLookup;
import io.sessionizer.event.RejectionReason;
import io.sessionizer.event.Stamper;
import io.sessionizer.event.Verdict;
import io.sessionizer.session.SampleIds;
import io.sessionizer.session.SessionId;
import io.sessionizer.session.SessionIdForm;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Values are read from and written to locations as specified (specification, section 1). */
class LocationRulesTest {
    private static final SessionId ID = SampleIds.of(7).in(SessionIdForm.EPOCH_MILLIS);

    /** The last of several members with the same name counts, with all of its members, at every level. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'c':{'s':1},'c':{}} | {'c':{'s':1},'c':{'s':7}}",
                "{'c':{'s':1},'c':{'s':2,'s':3}} | {'c':{'s':1},'c':{'s':2,'s':7}}",
                "{'c':{'s':1},'c':{'a':[{'s':1}]}} | {'c':{'s':1},'c':{'a':[{'s':1}],'s':7}}",
                "{'c':{'s':1},'c':null} | {'c':{'s':1},'c':{'s':7}}",
                "{'c':5,'\\u0063':{}} | {'c':5,'\\u0063':{'s':7}}",
                "{'c':{},'c':5} | BAD_EVENT_DATA",
                "{'c':{},'c':[]} | BAD_EVENT_DATA",
                "{'c':5,'c':{}} | {'c':5,'c':{'s':7}}"
            })
    void theLastMemberOfANameCounts_withAllThatIsInIt(String members, String expected) {
        assertRead(Map.of("event.session.field", "/c/s"), members, expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'p':{'n':'A'},'p':{'n':'B'}} | COUNTS",
                "{'p':{'n':'B'},'p':{'n':'A'}} | EXCLUDED",
                "{'p':{'n':'A'},'p':{}} | NO_EVENT_NAME",
                "{'p':{'n':'A'},'p':null} | NO_EVENT_NAME",
                "{'p':{'n':'A'},'p':'A'} | NO_EVENT_NAME",
                "{'p':{'q':{'n':'A'}},'p':{'n':'B'}} | COUNTS",
                "{'p':{'n':'B','n':'A'}} | EXCLUDED",
                "{'p':[{'n':'B'}]} | NO_EVENT_NAME",
                "{'p':{'n':''}} | NO_EVENT_NAME",
                "{'p':{'n':'','q':{'n':'B'}}} | COUNTS",
                "{'p':{'n':null,'q':{'n':'B'}}} | COUNTS",
                "{'p':{'n':7,'q':{'n':'B'}}} | NO_EVENT_NAME"
            })
    void isReadFromTheLastMemberOfAName_atTheFirstLocationThatHasOne(String event, String expected) {
        Map<String, String> overrides = Map.of("event.name.field", "/p/n,/p/q/n", "excluded.events", "A");
        String actual = read(overrides, json(event), HeaderLookup.NONE);
        assertEquals(expected, actual.startsWith("{") ? "COUNTS" : actual);
    }

    /** RFC 6901, section 4; the names of created parents are escaped as in JSON. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/a~1b/m~0n | {} | {'a/b':{'m~n':7}}",
                "/a~1b/m~0n | {'a/b':{'m~n':1,'m/n':2}} | {'a/b':{'m~n':7,'m/n':2}}",
                "/~01/s | {'~1':{},'/':{}} | {'~1':{'s':7},'/':{}}",
                "/ /s | {} | {' ':{'s':7}}",
                "// | {} | {'':{'':7}}",
                "// | {'':{'':1}} | {'':{'':7}}",
                "/key | {'key':1} | {'key':7}",
                "/é\\/s | {} | {'é\\\\':{'s':7}}",
                "/x/y/z | {'x':{}} | {'x':{'y':{'z':7}}}",
                "/x/y/z | {'x':{'y':null,'w':0}} | {'x':{'y':{'z':7},'w':0}}",
                "/x/y/z | {'x':{'y':'null'}} | BAD_EVENT_DATA",
                "/x/y/z | {'x':[]} | BAD_EVENT_DATA",
                "/x/y/z | {'x':{'y':{'z':{'a':[1]}}}} | {'x':{'y':{'z':7}}}",
                "/x/y/z | {'x':{'y':{'z':null}}} | {'x':{'y':{'z':7}}}"
            })
    void aPointerLeadsThroughObjects_whichAreCreatedWhereTheyAreMissing(
            String pointer, String members, String expected) {
        assertRead(Map.of("event.session.field", pointer), members, expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"{} | {'s':7}", "{'s':[1]} | {'s':7}", "{'a':{'s':1}} | {'a':{'s':1},'s':7}", "{ } | {'s':7 }"})
    void aNameIsAMemberOfTheEvent_whereThatIsItsData(String members, String expected) {
        Map<String, String> overrides = new HashMap<>(Map.of("event.data.field", "", "event.session.field", "s"));
        overrides.put("event.name.field", "header:n");
        HeaderLookup headers = name -> Optional.of(name.getBytes(UTF_8));
        assertEquals(json(expected), read(overrides, json(members), headers));
    }

    /** A header is a string if it is text in UTF-8; otherwise it is present, but not a string. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "event.user.fields | Zoë | COUNTS Zoë",
                "event.user.fields | 1e3 | COUNTS 1e3",
                "event.user.fields | ÿ | NO_USER",
                "event.user.fields | '' | NO_USER",
                "event.name.field | ÿ | NO_EVENT_NAME",
                "event.name.field | '' | NO_EVENT_NAME",
                "event.name.field | Session Concluded | EXCLUDED",
                "event.name.field | null | COUNTS u",
                "event.time.field | ÿ | BAD_TIMESTAMP",
                "event.time.field | '' | BAD_TIMESTAMP",
                "event.time.field | ' 7' | BAD_TIMESTAMP",
                "event.time.field | 7 | COUNTS u",
                "event.type.field | ÿ | UNTRACKED",
                "event.type.field | '' | UNTRACKED",
                "event.type.field | event | COUNTS u",
                "event.source.field | ÿ | COUNTS u",
                "event.source.field | API | UNTRACKED"
            })
    void aHeaderIsText(String field, String header, String expected) {
        byte[] bytes = header.equals("ÿ") ? header.getBytes(ISO_8859_1) : header.getBytes(UTF_8);
        EventReader reader = reader(Map.of(field, "header:h"));
        Verdict verdict = reader.read(
                "{\"identity\":\"u\",\"evtName\":\"Seen\"}".getBytes(UTF_8),
                Optional.empty(),
                name -> Optional.of(bytes).filter(any -> name.equals("h")));
        assertEquals(
                expected,
                switch (verdict) {
                    case COUNTS -> "COUNTS " + new String(reader.user(), UTF_8);
                    case REJECTED -> reader.reason().name();
                    case EXCLUDED, UNTRACKED -> verdict.name();
                });
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "none",
            value = {"none, b", "'', b", "a, a", "1, 1"})
    void theKeyIsAUserWhereItIsOneOfTheLocations(String key, String user) {
        EventReader reader = reader(Map.of("event.user.fields", "key,header:h"));
        reader.read(
                "{\"evtName\":\"Seen\"}".getBytes(UTF_8),
                Optional.ofNullable(key).map(text -> text.getBytes(UTF_8)),
                name -> Optional.of(new byte[] {'b'}));
        assertEquals(user, new String(reader.user(), UTF_8));
    }

    /** Numbers are used as written: 1e3 and 1000 are two users. */
    @ParameterizedTest
    @CsvSource({"7, 7", "1e3, 1e3", "-0, -0", "1.50, 1.50", "12345678901234567890123, 12345678901234567890123"})
    void aNumberIsAUser_asItIsWritten(String number, String user) {
        EventReader reader = reader(Map.of());
        reader.read(("{\"identity\":" + number + ",\"evtName\":\"Seen\"}").getBytes(UTF_8));
        assertEquals(user, new String(reader.user(), UTF_8));
    }

    /** A prefix is five bytes, the first of them zero. */
    @ParameterizedTest
    @CsvSource({
        "'', COUNTS",
        "0 7 7 7 7, COUNTS",
        "0 0 0 0 0, COUNTS",
        "0 7 7 7, MALFORMED_JSON",
        "1 7 7 7 7, MALFORMED_JSON",
        "0 7 7 7 7 0 7 7 7 7, MALFORMED_JSON"
    })
    void aPrefixIsPassed(String numbers, String expected) {
        String prefix = numbers.replace(" ", "")
                .chars()
                .mapToObj(digit -> Character.toString(digit - '0'))
                .collect(Collectors.joining());
        EventReader reader = reader(Map.of());
        Verdict verdict = reader.read((prefix + "{\"identity\":\"u\",\"evtName\":\"Seen\"}").getBytes(UTF_8));
        assertEquals(expected, verdict == Verdict.REJECTED ? reader.reason().name() : verdict.name());
        for (int length = 0; length <= prefix.length(); length++) {
            assertEquals(
                    Verdict.REJECTED, reader.read(prefix.substring(0, length).getBytes(UTF_8)));
            assertEquals(RejectionReason.MALFORMED_JSON, reader.reason());
            assertTrue(reader.detail().startsWith("Expected an object"), reader.detail());
        }
    }

    private static void assertRead(Map<String, String> overrides, String members, String expected) {
        String name = "{'evtName':'Seen'" + (members.equals("{}") ? "" : ",");
        assertEquals(
                expected.startsWith("{")
                        ? json(name + (members.equals("{}") ? "," : "") + expected.substring(1))
                        : expected,
                read(overrides, json(name + members.substring(1)), HeaderLookup.NONE));
    }

    /** The stamped event, or the reason why there is none. */
    private static String read(Map<String, String> overrides, String event, HeaderLookup headers) {
        EventFormat format = FormatPreset.CLEVERTAP.format(overrides);
        EventReader reader = new EventReader(format, false);
        return switch (reader.read(event.getBytes(UTF_8), Optional.empty(), headers)) {
            case COUNTS -> new String(new Stamper(format).stamp(reader.stampable(), ID), UTF_8);
            case REJECTED -> reader.reason().name();
            case EXCLUDED -> "EXCLUDED";
            case UNTRACKED -> "UNTRACKED";
        };
    }

    private static EventReader reader(Map<String, String> overrides) {
        return new EventReader(FormatPreset.CLEVERTAP.format(overrides), true);
    }

    private static String json(String text) {
        return text.replace('\'', '"');
    }
}
