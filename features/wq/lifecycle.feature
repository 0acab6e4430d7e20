Feature: Work queues
  Their lifetime, what they keep alive and what keeps them alive.

  @wq-uses
  Rule: What a work queue uses cannot be destroyed

    @needs:wq
    Scenario: the protection domain and the completion queue of a work queue
      Given the device is open
      And a work queue
      When each object that the work queue uses is destroyed
      Then every call is refused
      And each of them can be destroyed once the work queue is gone

  @wq-destroy
  Rule: A work queue that no table has can be destroyed

    @needs:wq
    Scenario: a work queue once and again
      Given the device is open
      And a work queue
      When the work queue is destroyed
      Then the call succeeds
      And the work queue is gone

    @needs:wq
    Scenario: work queues in every state
      Given the device is open
      When work queues in every state are destroyed
      Then every call succeeds

    @needs:wq
    Scenario: more work queues one after the other than fit at once
      Given the device is open
      Then work queues can be created and destroyed one after the other more often than fit at once

  @wq-destroy-count
  Rule: Destroy reports the events handed out

    @needs:wq
    Scenario: a work queue without events
      Given the device is open
      And a work queue
      When the work queue is destroyed
      Then the call succeeds
      And no event was ever handed out for it

  @wq-destroy-busy
  Rule: A work queue in a table cannot be destroyed

    @needs:wq @needs:rwq-ind-tbl
    Scenario: a work queue in an indirection table
      Given the device is open
      And a work queue
      And an indirection table that uses the work queue
      When the work queue is destroyed
      Then the call is refused
      And the work queue can still be used
      And the work queue can still be destroyed once what uses it is gone
