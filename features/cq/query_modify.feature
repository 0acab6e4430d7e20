Feature: Reading and resizing completion queues

  @cq-query
  Rule: A query reports what the queue was created with

    @abi:uapi
    Scenario: different vectors and user handles
      Given the device is open
      Then queues report what they were created with

  @cq-modify
  Rule: A resize within the limits succeeds and shows

    @abi:uapi
    Scenario: growing and shrinking
      Given the device is open
      And a completion queue
      When the completion queue is resized within the limits
      Then every call succeeds

  @cq-modify-limit
  Rule: A resize outside the limits is refused

    @abi:uapi
    Scenario: to nothing and above the maximum
      Given the device is open
      And a completion queue
      When the completion queue is resized outside the limits
      Then every call is refused
