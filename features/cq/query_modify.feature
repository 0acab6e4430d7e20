Feature: Reading and resizing completion queues

  @cq-query
  Rule: A query reports what the queue was created with

    @abi:uapi
    Scenario: different vectors and user handles
      Given the device is open
      Then queues report what they were created with

  @cq-modify
  Rule: A resize within the limits succeeds and shows

    @needs:cq-modify
    Scenario: growing and shrinking
      Given the device is open
      And a completion queue
      When the completion queue is resized within the limits
      Then every call succeeds

  @cq-modify-limit
  Rule: A resize outside the limits is refused

    @needs:cq-modify
    Scenario: to nothing and above the maximum
      Given the device is open
      And a completion queue
      When the completion queue is resized outside the limits
      Then every call is refused

  @cq-modify-unpolled
  Rule: What waits to be polled cannot be cut off

    @needs:cq-modify @needs:post @needs:qp-rc
    Scenario: below the number of completions that wait
      Given the device is open
      When a completion queue is resized below what waits in it
      Then every call is refused
