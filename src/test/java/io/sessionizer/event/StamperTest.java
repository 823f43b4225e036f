package io.sessionizer.event;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sessionizer.event.format.EventFormat;
import io.sessionizer.event.format.FormatPreset;
import io.sessionizer.session.SessionId;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where the stamp goes, and that nothing else changes (specification, section 1). ID in these examples is the session's id. */
class StamperTest {
    private static final SessionId ID = new SessionId(0x0155e0a5_0001_7002L, 0x8003_0004_0005_0006L);

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                // absent
                "{'evtName':'a'}|{'evtName':'a','evtData':{'CT Session ID':'ID'}}",
                "` { 'evtName' : 'a' \t} `|` { 'evtName' : 'a','evtData':{'CT Session ID':'ID'} \t} `",
                "{'evtName':'a','x':[{'evtData':{}}]}|{'evtName':'a','x':[{'evtData':{}}],'evtData':{'CT Session ID':'ID'}}",
                // null
                "{'evtData':null,'evtName':'a'}|{'evtData':{'CT Session ID':'ID'},'evtName':'a'}",
                "{'evtData':{'b':1},'evtData': null ,'evtName':'a'}"
                        + "|{'evtData':{'b':1},'evtData': {'CT Session ID':'ID'} ,'evtName':'a'}",
                // empty
                "{'evtName':'a','evtData':{}}|{'evtName':'a','evtData':{'CT Session ID':'ID'}}",
                "`{'evtName':'a','evtData':{ \n }}`|`{'evtName':'a','evtData':{'CT Session ID':'ID' \n }}`",
                // properties
                "{'evtName':'a','evtData':{'b':1}}|{'evtName':'a','evtData':{'b':1,'CT Session ID':'ID'}}",
                "`{'evtName':'a','evtData':{ 'b' : 1.10 \r\n}}`|`{'evtName':'a','evtData':{ 'b' : 1.10,'CT Session ID':'ID' \r\n}}`",
                "{'evtName':'a','evtData':{'b':[1e400,{}]},'c':-0.0}"
                        + "|{'evtName':'a','evtData':{'b':[1e400,{}],'CT Session ID':'ID'},'c':-0.0}",
                "{'evtName':'a','evtData':{'evtData':{'CT Session ID':1},'ts':{}}}"
                        + "|{'evtName':'a','evtData':{'evtData':{'CT Session ID':1},'ts':{},'CT Session ID':'ID'}}",
                // a stamp is there
                "{'evtName':'a','evtData':{'CT Session ID':'x','b':1}}|{'evtName':'a','evtData':{'CT Session ID':'ID','b':1}}",
                "{'evtName':'a','evtData':{'CT Session ID': {'CT Session ID':[]} }}"
                        + "|{'evtName':'a','evtData':{'CT Session ID': 'ID' }}",
                "{'evtName':'a','evtData':{'CT Session ID':null}}|{'evtName':'a','evtData':{'CT Session ID':'ID'}}",
                "{'evtName':'a','evtData':{'CT\\u0020Session ID':1}}|{'evtName':'a','evtData':{'CT\\u0020Session ID':'ID'}}",
                // twice: the last counts
                "{'evtName':'a','evtData':{'CT Session ID':1,'CT Session ID':2}}"
                        + "|{'evtName':'a','evtData':{'CT Session ID':1,'CT Session ID':'ID'}}",
                "{'evtName':'a','evtData':{'CT Session ID':1},'evtData':{'b':2}}"
                        + "|{'evtName':'a','evtData':{'CT Session ID':1},'evtData':{'b':2,'CT Session ID':'ID'}}",
                "{'evtName':'a','evtData':5,'evt\\u0044ata':{'é':'\\ud83d'}}"
                        + "|{'evtName':'a','evtData':5,'evt\\u0044ata':{'é':'\\ud83d','CT Session ID':'ID'}}",
            })
    void leavesEveryOtherByteUntouched(String before, String after) {
        assertStamps(FormatPreset.CLEVERTAP.format(), before, after);
    }

    @Test
    void escapesTheNamesThatItWrites() {
        EventFormat odd = FormatPreset.CLEVERTAP.format(
                Map.of("event.data.field", "\"d\"\"\\\"", "event.session.field", "é\n\u0001"));
        assertStamps(odd, "{'evtName':'a'}", "{'evtName':'a','d\\\"\\\\':{'é\\n\\u0001':'ID'}}");
        assertStamps(
                odd,
                "{'evtName':'a','d\\\"\\\\':{'é\\n\\u0001':1}}",
                "{'evtName':'a','d\\\"\\\\':{'é\\n\\u0001':'ID'}}");
    }

    private static void assertStamps(EventFormat format, String before, String after) {
        byte[] value = before.replace('\'', '"').getBytes(UTF_8);
        EventReader reader = new EventReader(format, false);
        assertEquals(Verdict.COUNTS, reader.read(value));
        Stamper stamper = new Stamper(format);
        byte[] stamped = stamper.stamp(reader.stampable(), ID);
        assertEquals(after.replace('\'', '"').replace("\"ID\"", '"' + ID.toString() + '"'), new String(stamped, UTF_8));
        assertEquals(stamped.length, stamper.maxStampedLength(reader.stampable()));
    }
}
