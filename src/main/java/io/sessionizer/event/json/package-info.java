/** The JSON grammar (RFC 8259) over bytes: scanning, strings, digits, names. Does not depend on events. */
package io.sessionizer.event.json;
