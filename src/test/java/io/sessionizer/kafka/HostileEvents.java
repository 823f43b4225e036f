package io.sessionizer.kafka;

import java.util.List;
import java.util.stream.IntStream;

/** Values of input records, of each kind that the service treats in its own way. Single quotes stand for double ones. */
final class HostileEvents {
    /** Events that count, one or more for each place of the stamp. */
    static final List<String> STAMP_PLACES = json(
            "{'identity':'places','evtName':'Seen'}",
            " \t\r\n{ 'identity' : 'places' , 'evtName' : 'Seen' } \n",
            "{'identity':'places','evtName':'Seen','evtData':null}",
            "{'evtData': null ,'identity':'places','evtName':'Seen'}",
            "{'identity':'places','evtName':'Seen','evtData':{}}",
            "{'identity':'places','evtName':'Seen','evtData':{ \n }}",
            "{'identity':'places','evtName':'Seen','evtData':{'Product':'Shoes','CT Source':'Web'}}",
            "{'evtData':{'a':[1,{'CT Session ID':'not this'}] },'identity':'places','evtName':'Seen'}",
            "{'identity':'places','evtName':'Seen','evtData':{'CT Session ID':'stale','b':1}}",
            "{'identity':'places','evtName':'Seen','evtData':{'CT Session ID':{'x':[]}}}",
            "{'identity':'places','evtName':'Seen','evtData':{'CT\\u0020Session ID' : null , 'b':1}}",
            "{'identity':'places','evtName':'Seen','evtData':{'CT Session ID':1,'CT Session ID':2}}",
            "{'identity':'places','evtName':'Seen','CT Session ID':'not this'}");

    /** Events that count though their members are odd. */
    static final List<String> ODD_MEMBERS = json(
            "{'identity':'odd','evtName':'Seen','evtName':'Seen again','evtData':5,'evtData':{'x':1}}",
            "{'identity':'odd','evtName':'Seen','evtData':{'x':1},'evtData':null}",
            "{'\\u0069dentity':'odd','evt\\u004eame':'S\\u00e9en \\ud83d\\ude00','evtData':{'\\u0000':'\\u0000'}}",
            "{'identity':'odd','evtName':'\\'\\\\\\/\\b\\f\\n\\r\\t','type':'\\u0065vent'}",
            "{'identity':'odd','evtName':'Seen','type':null,'':'','\\ud83d':'\\ude00','evtname':1}",
            "{'identity':'odd','evtName':'Seen','n':[-0.0e-0,1E+400,12345678901234567890123456789]}",
            "{'identity':'odd','evtName':'Grüße 😀','größe':'ß','evtData':{'Ключ':'знач'}}",
            "{'identity':'odd','evtName':'app installed','CT Source':'API','x':{'type':'profile','ts':true}}",
            "{'identity':'odd','evtName':'Seen','evtData':{'CT Source':'API','CT Source':'Web'}}",
            "{'identity':'odd','evtName':'Seen','evtData':{'CT Source':['API'],'y':{'CT Source':'API'}}}",
            nested(998));

    /** Events that count, by who their user is. */
    static final List<String> USERS = json(
            "{'objectId':'by-object','evtName':'Seen'}",
            "{'identity':null,'objectId':12.50,'evtName':'Seen'}",
            "{'identity':'','objectId':-1e400,'evtName':'Seen'}",
            "{'identity':'a\\'\\\\\\/\\u00e9\\ud83d\\ude00\\u20ac\\u0001\\u007f','evtName':'Seen'}",
            "{'identity':'späte \\'Grüße\\' 😀','evtName':'Seen'}",
            "{'identity':'first','identity':'second','evtName':'Seen'}",
            "{'identity':1,'evtName':'Seen'}",
            "{'identity':'1','evtName':'Seen'}");

    /** Valid values of the time of an event that counts. */
    static final List<String> TIMES = json(
            "1468321200",
            "1468321200.9999",
            "1468321201500",
            "14683212.02e2",
            "0",
            "-0",
            "1e-400",
            "99999999999999e-5",
            "null",
            "'2016-07-12T11:00:03Z'",
            "'2016-07-12t13:00:03.123456+02:00'",
            "'2016-07-12T11:00:0\\u0034Z'",
            "'2016-07-11T23:59:60-11:00'");

    /** Values that are not a valid time. */
    static final List<String> BAD_TIMES = json(
            "'never'",
            "''",
            "true",
            "[]",
            "{}",
            "-1",
            "253402300800",
            "1e300",
            "'2016-02-30T00:00:00Z'",
            "'1468321200'");

    /** Events that do not count: for their name, their type or their source, whatever else is wrong with them. */
    static final List<String> UNCOUNTED = json(
            "{'identity':'uncounted','evtName':'App Installed','ts':1468321200}",
            "{'identity':'uncounted','evtName':'UTM\\u0020Visited','ts':'never'}",
            "{'identity':'uncounted','evtName':'Session Concluded','evtData':{'Session Length':1}}",
            "{'evtName':'Identity Error','evtData':1}",
            "{'identity':true,'evtName':'Identity Set'}",
            "{'identity':'uncounted','type':'profile'}",
            "{'identity':'uncounted','type':'Event','evtName':'Seen'}",
            "{'identity':'uncounted','type':{},'ts':99999999999}",
            "{'type':'profile','ts':1468321200}",
            "{'identity':'uncounted','evtName':'Seen','evtData':{'CT Source':'API','x':1}}",
            "{'objectId':7,'evtName':'Seen','evtData':{'CT\\u0020Source':'AP\\u0049'}}");

    /** Events that are rejected for their bytes alone. */
    static final List<String> REJECTED = json(
            "",
            " ",
            "{",
            "[]",
            "null",
            "{'identity':'rejected','evtName':'Seen'}}",
            "{'identity':'rejected','evtName':'Seen',}",
            "{'identity':'rejected','evtName':'a\tb'}",
            "{'identity':'rejected','evtName':'\\x'}",
            "{'identity':'rejected','evtName':'Seen','n':01}",
            "\uFEFF{'identity':'rejected','evtName':'Seen'}",
            nested(1_000),
            "{'identity':'rejected'}",
            "{'identity':'rejected','evtName':''}",
            "{'identity':'rejected','evtName':17}",
            "{'identity':'rejected','evtName':'Seen','evtName':[]}",
            "{'identity':'rejected','evtName':'Seen','evtData':[]}",
            "{'identity':'rejected','evtName':'Seen','evtData':'x','ts':1}",
            "{'identity':'rejected','evtName':'Seen','evtData':false}",
            "{'evtName':'No user'}",
            "{'identity':true,'objectId':'o','evtName':'No user'}",
            "{'identity':'\\ud83d','evtName':'No user'}");

    private HostileEvents() {}

    static String json(String text) {
        return text.replace('\'', '"');
    }

    private static List<String> json(String... texts) {
        return IntStream.range(0, texts.length).mapToObj(i -> json(texts[i])).toList();
    }

    private static String nested(int depth) {
        return "{'identity':'odd','evtName':'Nested','evtData':{'x':" + "[".repeat(depth) + "]".repeat(depth) + "}}";
    }
}
