Feature: What the implementation says of itself
  Faults that an implementation notices in itself, after calls of every kind.

  @complaint-none @needs:complaints
  Rule: No call makes the implementation report a fault of its own

    Scenario: after every method was called as it should be
      Given the device is open
      When every method is called
      Then the implementation reports no fault of its own

    Scenario: after every method was called with every malformation
      Given the device is open
      When every method is called with every malformation
      Then the implementation reports no fault of its own
