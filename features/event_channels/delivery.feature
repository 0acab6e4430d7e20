Feature: Where events go
  What a record says, and which channels it arrives on.

  @event-record
  Rule: A record says what happened to what

    @needs:async-event @needs:control-raise-event
    Scenario: every event on an asynchronous event channel
      Given the device is open
      And an asynchronous event channel
      Then every event is reported on the asynchronous event channel with what it is about

    @abi:uapi @needs:event-channel @needs:control-raise-event
    Scenario: every event on an event channel
      Given the device is open
      And an event channel
      Then every event is reported on the event channel with what it is about

    @needs:post @needs:comp-channel
    Scenario Outline: a completion of a <type> queue pair
      Given the device is open
      And a completion channel
      And two <type> queue pairs in RTS and RTS that complete on the completion channel
      And 4 receives are posted to the other queue pair
      When the other completion queue is armed for next completions
      And 1 message is sent
      Then the completion channel tells of a completion of the other completion queue

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

    @abi:uapi @needs:post @needs:event-channel
    Scenario Outline: a completion of a <type> queue pair on an event channel
      Given the device is open
      And an event channel
      And two <type> queue pairs in RTS and RTS that complete on the event channel
      And 4 receives are posted to the other queue pair
      When the other completion queue is armed for next completions
      And 1 message is sent
      Then the event channel tells of a completion of the other completion queue

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

  @event-affiliated
  Rule: Events of an object go to the channel it was made with

    @needs:async-event @needs:control-raise-event
    Scenario: a completion queue that names the second channel
      Given the device is open
      And an asynchronous event channel
      And another asynchronous event channel
      And a completion queue that reports to the other asynchronous event channel
      When the event CQ_ERR happens to the completion queue
      Then the other asynchronous event channel gets CQ_ERR
      And the asynchronous event channel gets nothing

    @needs:async-event @needs:qp @needs:control-raise-event
    Scenario: a queue pair that names the second channel
      Given the device is open
      And an asynchronous event channel
      And another asynchronous event channel
      And a queue pair that reports to the other asynchronous event channel
      When the event COMM_EST happens to the queue pair
      And the event QP_FATAL happens to the queue pair
      Then the other asynchronous event channel gets COMM_EST, QP_FATAL
      And the asynchronous event channel gets nothing

    @needs:async-event @needs:comp-channel @needs:control-raise-event
    Scenario: a completion queue with a completion channel
      Given the device is open
      And a completion channel
      And a completion queue that uses the completion channel
      When the event CQ_ERR happens to the completion queue
      Then the completion channel gets nothing

  @event-completion
  Rule: Completions are told on the channel of their completion queue

    @needs:post @needs:comp-channel
    Scenario Outline: a <type> queue pair and two completion channels
      Given the device is open
      And a completion channel
      And another completion channel
      And two <type> queue pairs in RTS and RTS that complete on the other completion channel
      And 4 receives are posted to the other queue pair
      When the other completion queue is armed for next completions
      And 1 message is sent
      Then the other completion channel gets COMPLETION
      And the completion channel gets nothing

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

    @needs:post @needs:comp-channel @needs:async-event
    Scenario Outline: a <type> queue pair and an asynchronous event channel
      Given the device is open
      And a completion channel
      And an asynchronous event channel
      And two <type> queue pairs in RTS and RTS that complete on the completion channel
      And 4 receives are posted to the other queue pair
      When the other completion queue is armed for next completions
      And 1 message is sent
      Then the completion channel gets COMPLETION
      And the asynchronous event channel gets nothing

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

  @event-default
  Rule: The first channel of the context stands for the one that was not named

    @needs:async-event @needs:control-raise-event
    Scenario: a completion queue that names no channel
      Given the device is open
      And an asynchronous event channel
      And another asynchronous event channel
      And a completion queue
      When the event CQ_ERR happens to the completion queue
      Then the asynchronous event channel gets CQ_ERR
      And the other asynchronous event channel gets nothing

    @needs:async-event @needs:control-raise-event
    Scenario: a channel that is made later
      Given the device is open
      And an asynchronous event channel
      And a completion queue
      And another asynchronous event channel
      When the event CQ_ERR happens to the completion queue
      Then the asynchronous event channel gets CQ_ERR
      And the other asynchronous event channel gets nothing

    @needs:async-event @needs:qp @needs:control-raise-event
    Scenario: a queue pair that names no channel
      Given the device is open
      And an asynchronous event channel
      And a queue pair
      When the event QP_ACCESS_ERR happens to the queue pair
      Then the asynchronous event channel gets QP_ACCESS_ERR

  @event-default-none
  Rule: An object made before any channel reports to none

    @needs:async-event @needs:control-raise-event
    Scenario: a completion queue that is older than the channel
      Given the device is open
      And a completion queue
      And an asynchronous event channel
      When the event CQ_ERR happens to the completion queue
      Then the asynchronous event channel gets nothing

    @needs:async-event @needs:control-raise-event
    Scenario: a completion queue whose default channel was closed
      Given the device is open
      And an asynchronous event channel
      And a completion queue
      And the descriptor of the asynchronous event channel is closed
      And another asynchronous event channel
      When the event CQ_ERR happens to the completion queue
      Then the other asynchronous event channel gets nothing

  @event-unaffiliated
  Rule: Events of ports and of the device go to all who listen

    @needs:async-event @needs:control-raise-event
    Scenario Outline: <event> of <matter> in two files
      Given the device is open
      And the device is open a second time
      And an asynchronous event channel
      And another asynchronous event channel
      And an asynchronous event channel of the second file
      When the event <event> happens to <matter>
      Then the asynchronous event channel gets <event>
      And the other asynchronous event channel gets <event>
      And the far asynchronous event channel gets <event>

      Examples:
        | event        | matter     |
        | LID_CHANGE   | port 1     |
        | PORT_ERR     | port 1     |
        | DEVICE_FATAL | the device |

  @event-port-state
  Rule: A port that comes or goes reports it

    @needs:async-event @needs:control-set-port
    Scenario: every port down and up again
      Given the device is open
      And an asynchronous event channel
      Then ports that go down and come up report it on the asynchronous event channel as a query shows it
