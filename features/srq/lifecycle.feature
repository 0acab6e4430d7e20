Feature: Shared receive queues
  Their lifetime, what they keep alive and what keeps them alive.

  @srq-uses
  Rule: What a shared receive queue uses cannot be destroyed

    @needs:srq
    Scenario: the protection domain of a shared receive queue
      Given the device is open
      And a shared receive queue
      When each object that the shared receive queue uses is destroyed
      Then every call is refused
      And each of them can be destroyed once the shared receive queue is gone

    @needs:srq @needs:xrcd
    Scenario: everything that an XRC shared receive queue uses
      Given the device is open
      And an XRC shared receive queue
      When each object that the shared receive queue uses is destroyed
      Then every call is refused
      And each of them can be destroyed once the shared receive queue is gone

  @srq-destroy
  Rule: A shared receive queue that nothing uses can be destroyed

    @needs:srq
    Scenario: a shared receive queue once and again
      Given the device is open
      And a shared receive queue
      When the shared receive queue is destroyed
      Then the call succeeds
      And the shared receive queue is gone

    @needs:srq
    Scenario: more shared receive queues one after the other than fit at once
      Given the device is open
      Then shared receive queues can be created and destroyed one after the other more often than fit at once

  @srq-destroy-count
  Rule: Destroy reports the events handed out

    @needs:srq
    Scenario: a shared receive queue without events
      Given the device is open
      And a shared receive queue
      When the shared receive queue is destroyed
      Then the call succeeds
      And no event was ever handed out for it

  @srq-destroy-busy
  Rule: A shared receive queue in use cannot be destroyed

    @needs:srq
    Scenario Outline: a shared receive queue that a queue pair of type <type> receives from
      Given the device is open
      And a shared receive queue
      And a <type> queue pair that uses the shared receive queue
      When the shared receive queue is destroyed
      Then the call is refused
      And the shared receive queue can still be used
      And the shared receive queue can still be destroyed once what uses it is gone

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
