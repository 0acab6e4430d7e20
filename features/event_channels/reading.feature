Feature: Reading event channels
  One record at a time, in order, waiting or not.

  @event-read-order
  Rule: Records come in the order of their events

    @needs:async-event @needs:control-raise-event
    Scenario: events of an object, of a port and of the device
      Given the device is open
      And an asynchronous event channel
      And a completion queue
      When the event LID_CHANGE happens to port 1
      And the event CQ_ERR happens to the completion queue
      And the event DEVICE_FATAL happens to the device
      And the event PKEY_CHANGE happens to port 1
      And the event CQ_ERR happens to the completion queue
      Then the asynchronous event channel gets LID_CHANGE, CQ_ERR, DEVICE_FATAL, PKEY_CHANGE, CQ_ERR

    @needs:async-event @needs:qp @needs:control-raise-event
    Scenario: events of two queue pairs
      Given the device is open
      And an asynchronous event channel
      And a queue pair
      And another queue pair
      When the event COMM_EST happens to the other queue pair
      And the event QP_FATAL happens to the queue pair
      And the event SQ_DRAINED happens to the other queue pair
      Then the asynchronous event channel gets COMM_EST, QP_FATAL, SQ_DRAINED

  @event-read-one
  Rule: A read hands out one record

    @needs:async-event @needs:control-raise-event
    Scenario: three events and more room than they need
      Given the device is open
      And an asynchronous event channel
      When the event LID_CHANGE happens to port 1
      And the event SM_CHANGE happens to port 1
      And the event GID_CHANGE happens to port 1
      Then 3 reads of the asynchronous event channel hand out one record each, whatever the room

  @event-read-short
  Rule: A record is read as a whole or not at all

    @needs:async-event @needs:control-raise-event
    Scenario: reads with too little room
      Given the device is open
      And an asynchronous event channel
      When the event LID_CHANGE happens to port 1
      Then reads of the asynchronous event channel with too little room are refused
      And the asynchronous event channel gets LID_CHANGE

  @event-read-empty
  Rule: A read that must not wait is refused where there is nothing

    Scenario Outline: an empty <object>
      Given the device is open
      And a <object>
      Then a read of the <object> that does not wait is refused

      @needs:comp-channel
      Examples:
        | object             |
        | completion channel |

      @needs:async-event
      Examples:
        | object                     |
        | asynchronous event channel |

      @needs:event-channel
      Examples:
        | object        |
        | event channel |

  @event-read-wait
  Rule: A read waits for an event

    @needs:async-event @needs:control-raise-event
    Scenario: a reader before the event
      Given the device is open
      And an asynchronous event channel
      And 1 reader of the asynchronous event channel
      Then the readers of the asynchronous event channel get nothing
      When the event LID_CHANGE happens to port 1
      Then the readers of the asynchronous event channel get LID_CHANGE

    @needs:post @needs:comp-channel
    Scenario Outline: a reader before a completion of a <type> queue pair
      Given the device is open
      And a completion channel
      And two <type> queue pairs in RTS and RTS that complete on the completion channel
      And 4 receives are posted to the other queue pair
      And 1 reader of the completion channel
      Then the readers of the completion channel get nothing
      When the other completion queue is armed for next completions
      And 1 message is sent
      Then the readers of the completion channel get COMPLETION

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

  @event-read-shared
  Rule: Of several readers one gets the event

    @needs:async-event @needs:control-raise-event
    Scenario: two readers and one event, then another
      Given the device is open
      And an asynchronous event channel
      And 2 readers of the asynchronous event channel
      When the event LID_CHANGE happens to port 1
      Then the readers of the asynchronous event channel get LID_CHANGE, nothing
      When the event SM_CHANGE happens to port 1
      Then the readers of the asynchronous event channel get LID_CHANGE, SM_CHANGE

  @event-poll
  Rule: A channel is readable while it holds a record

    @needs:async-event @needs:control-raise-event
    Scenario: before, between and after
      Given the device is open
      And an asynchronous event channel
      Then a poll of the asynchronous event channel reports nothing
      When the event LID_CHANGE happens to port 1
      Then a poll of the asynchronous event channel reports IN
      And 1 reads of the asynchronous event channel hand out one record each, whatever the room
      And a poll of the asynchronous event channel reports nothing

    @needs:comp-channel
    Scenario: a completion channel without events
      Given the device is open
      And a completion channel
      Then a poll of the completion channel reports nothing

  @event-poll-wait
  Rule: A poll waits for an event

    @needs:async-event @needs:control-raise-event
    Scenario: a poll before the event
      Given the device is open
      And an asynchronous event channel
      And a poll that waits for the asynchronous event channel
      Then the waiting poll of the asynchronous event channel reports nothing
      When the event LID_CHANGE happens to port 1
      Then the waiting poll of the asynchronous event channel reports IN

  @event-read-ended
  Rule: Nothing more is read of a completion channel whose context is closed

    @needs:comp-channel
    Scenario: readers that wait, and one that comes later
      Given the device is open
      And a completion channel
      And 2 readers of the completion channel
      When the file is closed
      Then the readers of the completion channel are refused
      And a read of the completion channel that does not wait is refused

    @needs:post @needs:comp-channel
    Scenario Outline: completions of a <type> queue pair that nobody has read
      Given the device is open
      And a completion channel
      And two <type> queue pairs in RTS and RTS that complete on the completion channel
      And 4 receives are posted to the other queue pair
      When the completion queue is armed for next completions
      And the other completion queue is armed for next completions
      And 1 message is sent
      And the file is closed
      Then a read of the completion channel that does not wait is refused

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

  @event-poll-ended
  Rule: A poll tells that nothing more will come

    @needs:comp-channel
    Scenario: a poll that waits, and one that comes later
      Given the device is open
      And a completion channel
      And a poll that waits for the completion channel
      When the file is closed
      Then the waiting poll of the completion channel reports ERR
      And a poll of the completion channel reports ERR

    @needs:post @needs:comp-channel
    Scenario Outline: a poll after completions of a <type> queue pair that nobody has read
      Given the device is open
      And a completion channel
      And two <type> queue pairs in RTS and RTS that complete on the completion channel
      And 4 receives are posted to the other queue pair
      When the completion queue is armed for next completions
      And the other completion queue is armed for next completions
      And 1 message is sent
      And the file is closed
      Then a poll of the completion channel reports ERR

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

  @event-async-left
  Rule: A channel for asynchronous events does not tell that its context is closed

    @needs:async-event
    Scenario: a reader and a poll that wait
      Given the device is open
      And an asynchronous event channel
      And 1 reader of the asynchronous event channel
      And a poll that waits for the asynchronous event channel
      When the file is closed
      Then the readers of the asynchronous event channel get nothing
      And the waiting poll of the asynchronous event channel reports nothing
      And a poll of the asynchronous event channel reports nothing

    @needs:async-event
    Scenario: no record is added
      Given the device is open
      And an asynchronous event channel
      When the file is closed
      Then the asynchronous event channel gets nothing

  @event-destroy-drops
  Rule: What was not read of an object goes with it

    @needs:async-event @needs:control-raise-event
    Scenario: the records of one of two completion queues
      Given the device is open
      And an asynchronous event channel
      And a completion queue
      And another completion queue
      When the event CQ_ERR happens to the completion queue
      And the event LID_CHANGE happens to port 1
      And the event CQ_ERR happens to the other completion queue
      And the event CQ_ERR happens to the completion queue
      And the completion queue is destroyed
      Then the asynchronous event channel gets LID_CHANGE, CQ_ERR

    @needs:async-event @needs:qp @needs:control-raise-event
    Scenario: the records of one of two queue pairs
      Given the device is open
      And an asynchronous event channel
      And a queue pair
      And another queue pair
      When the event QP_FATAL happens to the queue pair
      And the event COMM_EST happens to the other queue pair
      And the queue pair is destroyed
      Then the asynchronous event channel gets COMM_EST

    @abi:uapi @needs:event-channel @needs:control-raise-event
    Scenario: on every channel that was associated
      Given the device is open
      And an event channel
      And another event channel
      And a completion queue
      When the event channel is associated with the completion queue
      And the other event channel is associated with the completion queue
      And the event CQ_ERR happens to the completion queue
      And the completion queue is destroyed
      Then the event channel gets nothing
      And the other event channel gets nothing

    @needs:async-event @needs:control-raise-event
    Scenario: with the end of the context
      Given the device is open
      And an asynchronous event channel
      And a completion queue
      When the event CQ_ERR happens to the completion queue
      And the event LID_CHANGE happens to port 1
      And the file is closed
      Then the asynchronous event channel gets LID_CHANGE

    @needs:post @needs:comp-channel
    Scenario Outline: completions of one of two completion queues of <type> queue pairs
      Given the device is open
      And a completion channel
      And two <type> queue pairs in RTS and RTS that complete on the completion channel
      And 4 receives are posted to the other queue pair
      When the completion queue is armed for next completions
      And the other completion queue is armed for next completions
      And 1 message is sent
      And the queue pair is destroyed
      And the completion queue is destroyed
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
