package io.sessionizer.app;

/** The exit codes of the process. */
final class ExitCode {
    /** The process did what it was asked for, or was stopped on demand; a check found all fine. */
    static final int OK = 0;
    /** The service could not start, or failed; a check found something. */
    static final int FAILED = 1;
    /** The arguments or the configuration are wrong; Kafka has not been touched. */
    static final int WRONG_USAGE = 2;

    private ExitCode() {}
}
