@hazard:removes-device @needs:control-remove
Feature: Channels of a device that goes
  Nobody waits for events of a device that is gone, and everybody hears why.

  @removal-destroy-counts
  Rule: Destroy reports the events that were read before

    @needs:async-event @needs:control-raise-event @needs:qp-ud
    Scenario: objects of which two events were read and one was not
      Given the device is open
      And events that were read of every object that counts them
      When the device is removed
      Then destroying each object reports the events that were read

  @removal-reader
  Rule: Whoever waits is woken

    @needs:comp-channel
    Scenario: a completion channel
      Given the device is open
      And a read of a completion channel and a poll of another that wait
      When the device is removed
      Then both return

    @needs:async-event
    Scenario: an asynchronous event channel
      Given the device is open
      And a read of an asynchronous event channel and a poll of another that wait
      When the device is removed
      Then both return

    @needs:event-channel
    Scenario: an event channel that is associated with nothing
      Given the device is open
      And a read of an event channel and a poll of another that wait
      When the device is removed
      Then both return

  @removal-comp-channel
  Rule: A completion channel ends at once

    @needs:comp-channel
    Scenario: a completion channel without records
      Given the device is open
      And a completion channel
      When the device is removed
      Then a read of the completion channel is refused

    @needs:post @needs:comp-channel
    Scenario Outline: a completion channel with records of a <type> queue pair
      Given the device is open
      And a completion channel
      And two <type> queue pairs in RTS and RTS that complete on the completion channel
      And 4 receives are posted to the other queue pair
      When the completion queue is armed for next completions
      And the other completion queue is armed for next completions
      And 1 message is sent
      And the device is removed
      Then a read of the completion channel is refused

      @needs:qp-rc
      Examples:
        | type |
        | RC   |

      @needs:qp-uc
      Examples:
        | type |
        | UC   |

      @needs:qp-ud
      Examples:
        | type |
        | UD   |

  @removal-poll
  Rule: A poll of a channel that has ended reports it

    @needs:comp-channel
    Scenario: a poll of a completion channel without records
      Given the device is open
      And a completion channel
      When the device is removed
      Then a poll of the completion channel reports an error

    @abi:uapi @needs:async-event
    Scenario: a poll of an asynchronous event channel that has been read to its end
      Given the device is open
      And an asynchronous event channel
      When the device is removed
      And the asynchronous event channel is read to its end
      Then a poll of the asynchronous event channel reports an error

    @abi:uapi @needs:event-channel
    Scenario: an event channel without records
      Given the device is open
      And an event channel
      When the device is removed
      Then a poll of the event channel reports an error

    @needs:post @needs:comp-channel
    Scenario Outline: a poll of a completion channel with records of a <type> queue pair
      Given the device is open
      And a completion channel
      And two <type> queue pairs in RTS and RTS that complete on the completion channel
      And 4 receives are posted to the other queue pair
      When the completion queue is armed for next completions
      And the other completion queue is armed for next completions
      And 1 message is sent
      And the device is removed
      Then a poll of the completion channel reports an error

      @needs:qp-rc
      Examples:
        | type |
        | RC   |

      @needs:qp-uc
      Examples:
        | type |
        | UC   |

      @needs:qp-ud
      Examples:
        | type |
        | UD   |

  @removal-fatal
  Rule: The last event is the end of the device

    @needs:async-event
    Scenario: all records of an asynchronous event channel
      Given the device is open
      And an asynchronous event channel
      When the device is removed
      And the asynchronous event channel is read to its end
      Then the asynchronous event channel gave "DEVICE_FATAL 0"

  @removal-records
  Rule: What was not read before can be read afterwards

    @needs:async-event @needs:control-raise-event
    Scenario: an event of a port
      Given the device is open
      And an asynchronous event channel
      And port 1 reports PORT_ERR
      When the device is removed
      And the asynchronous event channel is read to its end
      Then the asynchronous event channel gave "PORT_ERR 1, DEVICE_FATAL 0"

  @removal-async-end
  Rule: After the last event there is nothing to wait for

    @abi:uapi @needs:async-event
    Scenario: a read of an asynchronous event channel that has been read to its end
      Given the device is open
      And an asynchronous event channel
      When the device is removed
      And the asynchronous event channel is read to its end
      Then a read of the asynchronous event channel is refused

    @abi:uapi @needs:event-channel
    Scenario: a read of an event channel that is associated with nothing
      Given the device is open
      And an event channel
      When the device is removed
      Then a read of the event channel is refused

  @removal-event-channel
  Rule: Event channels tell of the device they listen to

    @abi:uapi @needs:event-channel
    Scenario: event channels of the device and of a port
      Given the device is open
      And an event channel that is associated with device 0
      And an event channel that is associated with port 1
      When the device is removed
      Then a read of the event channel of the device gives "DEVICE_FATAL 0"
      And a read of the event channel of the port gives no record
