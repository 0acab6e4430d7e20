Feature: Associations of event channels
  An event channel hears what it was told to listen to, and nothing else.

  @event-associate
  Rule: An event goes to the channels associated with what it is about

    @abi:uapi @needs:event-channel @needs:control-raise-event
    Scenario: one channel for each thing, one for all, one for none
      Given the device is open
      Then events arrive on the event channels associated with what they are about, and on no other

    @abi:uapi @needs:post @needs:event-channel
    Scenario Outline: a completion of a <type> queue pair, once
      Given the device is open
      And an event channel
      And two <type> queue pairs in RTS and RTS that complete on the event channel
      And 4 receives are posted to the other queue pair
      When the event channel is associated with the other completion queue
      And the other completion queue is armed for next completions
      And 1 message is sent
      Then the event channel gets COMPLETION

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

  @event-associate-again
  Rule: Associating twice is associating once

    @abi:uapi @needs:event-channel @needs:control-raise-event
    Scenario Outline: <matter> twice
      Given the device is open
      And an event channel
      And a completion queue
      When the event channel is associated with <matter>
      And the event channel is associated with <matter>
      And the event <event> happens to <matter>
      Then the call succeeds
      And the event channel gets <event>

      Examples:
        | matter               | event        |
        | the device           | DEVICE_FATAL |
        | port 1               | SM_CHANGE    |
        | the completion queue | CQ_ERR       |

    @abi:uapi @needs:event-channel @needs:control-raise-event
    Scenario: a completion queue made with the channel and associated with it
      Given the device is open
      And an event channel
      And a completion queue that reports to the event channel
      When the event channel is associated with the completion queue
      And the event CQ_ERR happens to the completion queue
      Then the event channel gets CQ_ERR

  @event-dissociate
  Rule: Nothing is heard after a dissociation

    @abi:uapi @needs:event-channel @needs:control-raise-event
    Scenario: a completion queue associated and dissociated
      Given the device is open
      And an event channel
      And a completion queue
      When the event channel is associated with the completion queue
      And the event channel is associated with port 1
      And the event CQ_ERR happens to the completion queue
      And the event channel is dissociated from the completion queue
      And the event CQ_ERR happens to the completion queue
      And the event PORT_ERR happens to port 1
      Then the event channel gets CQ_ERR, PORT_ERR

  @event-dissociate-unknown
  Rule: What is not associated cannot be dissociated

    @abi:uapi @needs:event-channel
    Scenario Outline: <matter> that was never associated
      Given the device is open
      And an event channel
      And a completion queue
      When the event channel is dissociated from <matter>
      Then the call is refused

      Examples:
        | matter               |
        | the device           |
        | port 1               |
        | the completion queue |

  @event-association-unknown
  Rule: What is not there cannot be listened to

    @abi:uapi @needs:event-channel
    Scenario: numbers that name nothing
      Given the device is open
      And an event channel
      When the event channel is associated with what is not there, and dissociated from it
      Then every call is refused

  @event-association-ends
  Rule: An association ends with its object

    @abi:uapi @needs:event-channel @needs:control-raise-event
    Scenario: another completion queue under the same handle
      Given the device is open
      And an event channel
      And a completion queue
      When the event channel is associated with the completion queue
      And the completion queue is destroyed
      And a completion queue is created
      And the event channel is associated with the completion queue
      And the event channel is dissociated from the completion queue
      And the event CQ_ERR happens to the completion queue
      Then the event channel gets nothing

    @abi:uapi @needs:event-channel @needs:control-raise-event
    Scenario: nothing of the first is left for the second
      Given the device is open
      And an event channel
      And a completion queue
      When the event channel is associated with the completion queue
      And the completion queue is destroyed
      And a completion queue is created
      And the event CQ_ERR happens to the completion queue
      Then the event channel gets nothing

  @event-channel-generic
  Rule: An event channel stands for any kind of channel

    @abi:uapi @needs:event-channel @needs:control-raise-event
    Scenario: an event channel in the place of an asynchronous one
      Given the device is open
      And an event channel
      And a completion queue that reports to the event channel
      When the event CQ_ERR happens to the completion queue
      Then the event channel gets CQ_ERR

    @abi:uapi @needs:event-channel @needs:qp @needs:control-raise-event
    Scenario: an event channel of a queue pair
      Given the device is open
      And an event channel
      And a queue pair that reports to the event channel
      When the event SQ_DRAINED happens to the queue pair
      Then the event channel gets SQ_DRAINED

    @abi:uapi @needs:event-channel
    Scenario: an event channel in the place of a completion channel
      Given the device is open
      And an event channel
      When a completion queue is created with the event channel as its completion channel
      Then the call succeeds

    @abi:uapi @needs:post @needs:event-channel
    Scenario Outline: a completion of a <type> queue pair on an event channel
      Given the device is open
      And an event channel
      And two <type> queue pairs in RTS and RTS that complete on the event channel
      And 4 receives are posted to the other queue pair
      When the other completion queue is armed for next completions
      And 1 message is sent
      Then the event channel gets COMPLETION

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
