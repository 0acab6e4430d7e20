Feature: Reading and changing shared receive queues

  @srq-query
  Rule: A query reports what holds

    @needs:srq
    Scenario: what create was given and granted
      Given the device is open
      Then a query of a shared receive queue shows what it was created with

  @srq-modify
  Rule: A limit can be armed and disarmed

    @needs:srq
    Scenario: limits up to the size
      Given the device is open
      And a shared receive queue
      When limits up to its size are armed on the shared receive queue
      Then every call succeeds

  @srq-modify-resize
  Rule: A resize holds or leaves everything as it was

    @needs:srq
    Scenario: larger and smaller
      Given the device is open
      And a shared receive queue
      Then a resized shared receive queue holds what was asked, or as much as before

  @srq-modify-range
  Rule: Values beyond the limits are refused and change nothing

    @needs:srq
    Scenario: sizes and limits out of range, alone and together
      Given the device is open
      And a shared receive queue
      When the shared receive queue is modified beyond its limits
      Then every call is refused
