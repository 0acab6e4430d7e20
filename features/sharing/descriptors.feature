Feature: Event channels and memory in several processes

  @share-events
  Rule: An event is read by one process

    @needs:async-event @needs:control-raise-event
    Scenario Outline: events of a completion queue on a channel that was <how>
      Given the device is open
      Then an event on a channel that is <how> is read once

      Examples:
        | how       |
        | inherited |
        | received  |

  @share-numbers
  Rule: A number of a descriptor means what it means to the caller

    @needs:comp-channel
    Scenario: a completion queue and the numbers of its channel
      Given the device is open
      And the device is received by another process
      Then a channel is named by its number in the process that calls

  @share-flags
  Rule: Flags are of the descriptor or of the file

    @needs:async-event
    Scenario Outline: an asynchronous event channel that was <how>
      Given the device is open
      Then flags of an asynchronous event channel that is <how> are where they belong

      Examples:
        | how       |
        | inherited |
        | received  |

    @needs:comp-channel
    Scenario Outline: a completion channel that was <how>
      Given the device is open
      Then flags of a completion channel that is <how> are where they belong

      Examples:
        | how       |
        | inherited |
        | received  |

  @share-mapping
  Rule: A mapping is the same memory in a child

    @abi:uapi @needs:doorbell-page
    Scenario: a mapping made before the fork
      Given the device is open
      Then a mapping of the device is the same memory in a child
