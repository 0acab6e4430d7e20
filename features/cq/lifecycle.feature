Feature: Completion queues
  Their lifetime, and what keeps them alive.

  @cq-create
  Rule: A completion queue can be created

    Scenario: a completion queue
      Given the device is open
      When a completion queue is created
      Then the call succeeds

  @cq-destroy
  Rule: A completion queue that nothing uses can be destroyed

    Scenario: a completion queue once and again
      Given the device is open
      And a completion queue
      When the completion queue is destroyed
      Then the call succeeds
      And the completion queue is gone

    Scenario: more completion queues one after the other than fit at once
      Given the device is open
      Then completion queues can be created and destroyed one after the other more often than fit at once

  @cq-destroy-busy
  Rule: A completion queue in use cannot be destroyed

    @needs:qp-rc
    Scenario: a completion queue used by a queue pair of type RC
      Given the device is open
      And a completion queue
      And a RC queue pair that uses the completion queue
      When the completion queue is destroyed
      Then the call is refused
      And the completion queue can still be used
      And the completion queue can still be destroyed once what uses it is gone

    @needs:qp-ud
    Scenario: a completion queue used by a queue pair of type UD
      Given the device is open
      And a completion queue
      And a UD queue pair that uses the completion queue
      When the completion queue is destroyed
      Then the call is refused
      And the completion queue can still be used
      And the completion queue can still be destroyed once what uses it is gone

    @needs:qp-ud
    Scenario: a completion queue used as send_cq
      Given the device is open
      And a completion queue
      And a UD queue pair that uses the completion queue as send_cq
      When the completion queue is destroyed
      Then the call is refused
      And the completion queue can still be destroyed once what uses it is gone

    @needs:qp-ud
    Scenario: a completion queue used as recv_cq
      Given the device is open
      And a completion queue
      And a UD queue pair that uses the completion queue as recv_cq
      When the completion queue is destroyed
      Then the call is refused
      And the completion queue can still be destroyed once what uses it is gone

  @cq-destroy-counts
  Rule: Destroying reports the events handed out

    Scenario: a completion queue without events
      Given the device is open
      And a completion queue
      When the completion queue is destroyed
      Then the call succeeds
      And no event was ever handed out for it

  @cq-destroy-delivered
  Rule: Destroying a completion queue reports what reads have handed out

    @needs:async-event @needs:control-raise-event
    Scenario: three events of which two were read
      Given the device is open
      And an asynchronous event channel
      And a completion queue
      When the event CQ_ERR happens to the completion queue
      And the event CQ_ERR happens to the completion queue
      And 2 records of the asynchronous event channel are read
      And the event CQ_ERR happens to the completion queue
      And the completion queue is destroyed
      Then the answer reports 2 asynchronous events

    @needs:async-event @needs:control-raise-event
    Scenario: events that nobody has read
      Given the device is open
      And an asynchronous event channel
      And a completion queue
      When the event CQ_ERR happens to the completion queue
      And the completion queue is destroyed
      Then the answer reports 0 asynchronous events

    @needs:post @needs:comp-channel
    Scenario Outline: completion events of a <type> queue pair, one read and one not
      Given the device is open
      And a completion channel
      And two <type> queue pairs in RTS and RTS that complete on the completion channel
      And 4 receives are posted to the other queue pair
      When the completion queue is armed for next completions
      And 1 message is sent
      And 1 records of the completion channel are read
      And the completion queue is armed for next completions
      And 1 message is sent
      And the queue pair is destroyed
      And the completion queue is destroyed
      Then the answer reports 1 completion event
      And the answer reports 0 asynchronous events

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

  @cq-notify
  Rule: A completion queue is armed when asked

    @needs:cq-req-notify
    Scenario: a completion queue without a channel
      Given the device is open
      And a completion queue
      When the completion queue is armed
      Then every call succeeds

    @needs:comp-channel @needs:cq-req-notify
    Scenario: a completion queue with a channel
      Given the device is open
      And a completion channel
      And a completion queue that uses the completion channel
      When the completion queue is armed
      Then every call succeeds
