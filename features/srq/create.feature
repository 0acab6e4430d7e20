Feature: Creating shared receive queues
  Types, sizes and numbers.

  @srq-create
  Rule: A shared receive queue can be created

    @needs:srq
    Scenario: a shared receive queue
      Given the device is open
      When a shared receive queue is created
      Then the call succeeds

    @needs:srq @needs:xrcd
    Scenario: a shared receive queue of type XRC
      Given the device is open
      When an XRC shared receive queue is created
      Then the call succeeds

  @srq-create-type
  Rule: A type the device does not support is refused

    @needs:srq
    Scenario: a shared receive queue that matches tags
      Given the device is open
      When a TM shared receive queue is created
      Then the type is refused, or the call succeeds

  @srq-create-granted
  Rule: What is granted is at least what was asked

    @needs:srq
    Scenario: sizes from one to the maximum
      Given the device is open
      When shared receive queues of sizes within the limits are created
      Then every call succeeds
      And each shared receive queue was granted what was asked or more

  @srq-create-zero
  Rule: A shared receive queue without work requests is refused

    @needs:srq
    Scenario: no work requests
      Given the device is open
      When a shared receive queue without work requests is created
      Then every call is refused

  @srq-create-maximum
  Rule: More than the device can do is refused

    @needs:srq
    Scenario: sizes above the maximum
      Given the device is open
      When shared receive queues of sizes beyond the limits are created
      Then every call is refused

  @srq-create-limit
  Rule: A limit given at creation is armed

    @needs:srq
    Scenario: limits up to the size
      Given the device is open
      When shared receive queues are created with a limit
      Then every call succeeds

    @needs:srq
    Scenario: a limit above the size
      Given the device is open
      When a shared receive queue is created with a limit above its size
      Then the call is refused

  @srq-create-xrc
  Rule: A type without what it needs is refused

    @needs:srq @needs:xrcd
    Scenario: XRC without a domain, and without a completion queue
      Given the device is open
      When shared receive queues are created without what their types need
      Then every call is refused

  @srq-create-foreign
  Rule: What only other types have is refused

    @needs:srq @needs:xrcd
    Scenario: attributes of other types
      Given the device is open
      When shared receive queues are created with what only other types need
      Then every call is refused

  @srq-number
  Rule: Every XRC shared receive queue has a number of its own

    @needs:srq @needs:xrcd
    Scenario: numbers of XRC shared receive queues
      Given the device is open
      Then 16 shared receive queues of type XRC have different numbers of 24 bits
