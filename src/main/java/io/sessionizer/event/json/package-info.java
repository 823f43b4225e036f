/** The JSON grammar (RFC 8259) over bytes: scanning, strings, digits, names. Knows nothing of events. */
package io.sessionizer.event.json;
