Feature: Objects that are descriptors
  Channels are made by a call, used by their number, and end with close.

  @fd-create
  Rule: A new channel is the lowest descriptor that is free

    Scenario Outline: numbers of <object>s
      Given the device is open
      Then every new <object> has the lowest descriptor that is free

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

  @fd-close-on-exec
  Rule: A new channel is close-on-exec

    Scenario Outline: the flag of a new <object>
      Given the device is open
      And a <object>
      Then the descriptor of the <object> is close-on-exec

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

  @fd-several
  Rule: A context has as many channels as it asks for

    Scenario Outline: twelve <object>s
      Given the device is open
      Then 12 <object>s have descriptors of their own

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

  @fd-format
  Rule: A channel is spoken to on its own descriptor

    @abi:uapi @needs:event-channel
    Scenario: a method on the descriptor of the channel
      Given the device is open
      And an event channel
      When a method of the event channel is called on its own descriptor
      Then the call succeeds

  @fd-methods
  Rule: A channel is spoken to on no other descriptor

    @abi:uapi @needs:event-channel @needs:comp-channel @needs:async-event
    Scenario: methods of an event channel on the device and on other channels
      Given the device is open
      And an event channel
      When methods of the event channel are called on other descriptors
      Then every call is refused

  @fd-methods-foreign
  Rule: What is not for a channel is refused on its descriptor

    Scenario Outline: every method of the device on a <object>
      Given the device is open
      And a <object>
      When every method of the device is called on the descriptor of the <object>
      Then every call is refused

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

  @fd-object-id
  Rule: There is one object on the descriptor of a channel

    @abi:uapi @needs:event-channel
    Scenario: object ids on the descriptor of an event channel
      Given the device is open
      And an event channel
      When the event channel is called with object ids that are not 0
      Then every call is refused

  @fd-write
  Rule: Nothing is written to a channel

    Scenario Outline: a write to a <object>
      Given the device is open
      And a <object>
      Then a write to the <object> is refused

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

  @fd-attribute
  Rule: An attribute that wants a channel takes a channel of the context

    @needs:comp-channel @needs:async-event
    Scenario: descriptors that are no channel of the context
      Given the device is open
      When objects are created with descriptors that are no channel of the context
      Then every call is refused

  @fd-kind
  Rule: The two kinds with a purpose do not stand for each other

    @needs:comp-channel @needs:async-event
    Scenario: channels of the wrong kind
      Given the device is open
      When objects are created with channels of the wrong kind
      Then every call is refused

  @fd-close
  Rule: Closing a channel destroys it

    @needs:comp-channel
    Scenario: a completion channel that is used
      Given the device is open
      And a completion channel
      And a completion queue that uses the completion channel
      And the descriptor of the completion channel is closed
      Then nothing is left of the completion channel

    @needs:async-event @needs:control-raise-event
    Scenario: an asynchronous event channel with events that were not read
      Given the device is open
      And an asynchronous event channel
      And a completion queue that reports to the asynchronous event channel
      When the event CQ_ERR happens to the completion queue
      And the descriptor of the asynchronous event channel is closed
      Then nothing is left of the asynchronous event channel

    @abi:uapi @needs:event-channel @needs:control-raise-event
    Scenario: an event channel with associations
      Given the device is open
      And an event channel
      When the event channel is associated with the device
      And the event DEVICE_FATAL happens to the device
      And the descriptor of the event channel is closed
      Then nothing is left of the event channel

    @needs:comp-channel
    Scenario: a completion channel with two descriptors
      Given the device is open
      And a completion channel
      And the device is inherited by another process
      And the descriptor of the completion channel is closed
      Then the other process has the completion channel until it closes it too
      And nothing is left of the completion channel

    @needs:async-event @needs:control-raise-event
    Scenario: an asynchronous event channel with two descriptors
      Given the device is open
      And an asynchronous event channel
      And the device is inherited by another process
      And the descriptor of the asynchronous event channel is closed
      Then the other process has the asynchronous event channel until it closes it too
      And nothing is left of the asynchronous event channel

  @fd-close-users
  Rule: What reported to a channel lives on without it

    @needs:comp-channel
    Scenario: a completion queue whose completion channel is closed
      Given the device is open
      And a completion channel
      And a completion queue that uses the completion channel
      And the descriptor of the completion channel is closed
      Then the completion queue answers as before

    @needs:async-event @needs:control-raise-event
    Scenario: a completion queue whose event channel is closed with its events
      Given the device is open
      And an asynchronous event channel
      And a completion queue that reports to the asynchronous event channel
      When the event CQ_ERR happens to the completion queue
      And the descriptor of the asynchronous event channel is closed
      And the event CQ_ERR happens to the completion queue
      Then the completion queue answers as before

    @needs:async-event @needs:qp @needs:control-raise-event
    Scenario: a queue pair whose event channel is closed with its events
      Given the device is open
      And an asynchronous event channel
      And a queue pair that reports to the asynchronous event channel
      When the event COMM_EST happens to the queue pair
      And the descriptor of the asynchronous event channel is closed
      Then the queue pair answers as before
