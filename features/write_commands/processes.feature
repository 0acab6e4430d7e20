Feature: Who may write a command
  Credentials, processes that did not open the file, and files that are not open for writing.

  @write-credentials
  Rule: Whoever writes has the credentials of the opening

    @abi:uverbs @needs:unprivileged
    Scenario: processes with fewer and with more rights
      Given the device is open
      When processes with other rights write to a file they were given
      Then every call is refused

  @write-other-process
  Rule: Another process is refused whatever its rights

    @abi:uverbs
    Scenario: a child and a process that was given the file
      Given the device is open
      When processes with the same rights write to a file they did not open
      Then every call is refused

  @write-other-process-ioctl
  Rule: By ioctl everybody is served

    @abi:uverbs @needs:unprivileged
    Scenario: processes with other rights, a child, and a process that was given the file
      Given the device is open
      Then they are served by ioctl

  @write-mode
  Rule: A file that is open for reading takes no write

    @abi:uverbs
    Scenario: a file opened for reading
      When a command is written to a file that was opened for reading
      Then every call is refused
