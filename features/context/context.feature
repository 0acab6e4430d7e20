Feature: The context of a file
  How files are opened, GET_CONTEXT by both ways, and what comes before it.

  @open-mode
  Rule: Ioctls ask for no mode

    @abi:uverbs
    Scenario: files opened for reading, for writing and for both
      Then a file that is opened in any mode serves ioctls

  @open-close-on-exec
  Rule: Close-on-exec is the caller's

    @abi:uverbs
    Scenario: close-on-exec cleared and set
      Given the device is open
      Then close-on-exec of its descriptor is what was set last

  @context-once
  Rule: A file has one context

    @abi:uverbs
    Scenario: a second context by either way
      When contexts are made twice in one file
      Then every call is refused

  @context-first
  Rule: The context comes first

    @abi:uverbs
    Scenario: every create and every query of the device by all ways
      Given the device is open
      When everything that makes or asks is called in a file without a context
      Then every call is refused

  @context-command
  Rule: The old command makes a channel as well

    @abi:uverbs
    Scenario: a context by write
      Then the write command that makes a context makes a channel with it
