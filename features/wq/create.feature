Feature: Creating work queues
  Sizes and numbers.

  @wq-create
  Rule: A work queue can be created

    @needs:wq
    Scenario: a work queue
      Given the device is open
      When a work queue is created
      Then the call succeeds
      And a new work queue is in RESET

  @wq-create-granted
  Rule: What is granted is at least what was asked

    @needs:wq
    Scenario: sizes from one to the maximum
      Given the device is open
      When work queues of sizes within the limits are created
      Then every call succeeds
      And each work queue was granted what was asked or more

  @wq-create-zero
  Rule: A work queue without work requests is refused

    @needs:wq
    Scenario: no work requests
      Given the device is open
      When a work queue without work requests is created
      Then every call is refused

  @wq-create-maximum
  Rule: More than the device can do is refused

    @needs:wq
    Scenario: sizes above the maximum
      Given the device is open
      When work queues of sizes beyond the limits are created
      Then every call is refused

  @wq-number
  Rule: Every work queue has a number of its own

    @needs:wq
    Scenario: numbers of work queues
      Given the device is open
      Then 16 work queues of type RQ have different numbers of 24 bits
