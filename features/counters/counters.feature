Feature: Counter sets
  Their lifetime and what they tell.

  @counters-create
  Rule: A counter set can be created

    @needs:counters
    Scenario: a counter set
      Given the device is open
      When a counter set is created
      Then the call succeeds

  @counters-read
  Rule: Without packets every counter is zero

    @needs:counters @needs:flow
    Scenario: a counter set of a new flow rule
      Given the device is open
      And a counter set
      And a flow rule that uses the counter set
      When the counter set is read
      Then the call succeeds
      And every counter is 0

  @counters-read-unattached
  Rule: A set that nothing counts in cannot be read

    @needs:counters
    Scenario: a new counter set
      Given the device is open
      And a counter set
      When the counter set is read
      Then the call is refused

    @needs:counters @needs:flow
    Scenario: a counter set whose flow rule is gone
      Given the device is open
      And a counter set
      And a flow rule that uses the counter set
      And the flow rule is destroyed
      When the counter set is read
      Then the call is refused

  @counters-read-room
  Rule: All counters or none

    @needs:counters @needs:flow
    Scenario: room for one counter less than there are
      Given the device is open
      And a counter set
      And a flow rule that uses the counter set
      When the counter set is read into room for one counter less than it has
      Then the call is refused

  @counters-destroy
  Rule: A counter set that nothing uses can be destroyed

    @needs:counters
    Scenario: a counter set once and again
      Given the device is open
      And a counter set
      When the counter set is destroyed
      Then the call succeeds
      And the counter set is gone

    @needs:counters
    Scenario: more counter sets one after the other than fit at once
      Given the device is open
      Then counter sets can be created and destroyed one after the other more often than fit at once

  @counters-destroy-busy
  Rule: A counter set in use cannot be destroyed

    @needs:counters @needs:flow
    Scenario: a counter set that a flow rule counts in
      Given the device is open
      And a counter set
      And a flow rule that uses the counter set
      When the counter set is destroyed
      Then the call is refused
      And the counter set can still be used
      And the counter set can still be destroyed once what uses it is gone
