package io.sessionizer.app;

/** The exit codes of the process. */
final class ExitCode {
    /** The command succeeded, or the service was stopped on request; a check found no problem. */
    static final int OK = 0;
    /** The service could not start, or failed; a check found a problem. */
    static final int FAILED = 1;
    /** The arguments or the configuration are wrong; the service has not connected to Kafka. */
    static final int WRONG_USAGE = 2;

    private ExitCode() {}
}
