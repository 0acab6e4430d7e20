Feature: Flow rules
  What they may say, who may make them, and what they keep alive.

  @flow-create
  Rule: A flow rule can be created

    @needs:flow
    Scenario: every port and every header
      Given the device is open
      When flow rules on every port and with every header are created
      Then every call succeeds

    @needs:flow
    Scenario: both types of queue pairs
      Given the device is open
      When flow rules on both types of queue pairs in every state are created
      Then every call succeeds

  @flow-create-port
  Rule: Ports that do not exist are refused

    @needs:flow
    Scenario: ports below and above those of the device
      Given the device is open
      When flow rules for ports that the device does not have are created
      Then every call is refused

  @flow-create-qp-type
  Rule: Connected queue pairs take no flow rules

    @needs:flow @needs:qp-rc
    Scenario: queue pairs of other types
      Given the device is open
      When flow rules on queue pairs of other types are created
      Then every call is refused

  @flow-create-dont-trap
  Rule: What no rule wants cannot be left to other rules

    @needs:flow
    Scenario: both default types
      Given the device is open
      When flow rules that trap nothing are created for what no rule wants
      Then every call is refused

  @flow-create-privilege
  Rule: Flow rules need a privilege

    @needs:flow @needs:unprivileged
    Scenario: a process without privileges
      Given the device is open in a process without privileges
      When a flow rule is created
      Then the call is refused

  @flow-uses
  Rule: The queue pair of a flow rule cannot be destroyed

    @needs:flow
    Scenario: the queue pair under a flow rule
      Given the device is open
      And a flow rule
      When each object that the flow rule uses is destroyed
      Then every call is refused
      And each of them can be destroyed once the flow rule is gone

  @flow-destroy
  Rule: A flow rule can be destroyed

    @needs:flow
    Scenario: a flow rule once and again
      Given the device is open
      And a flow rule
      When the flow rule is destroyed
      Then the call succeeds
      And the flow rule is gone

    @needs:flow
    Scenario: more flow rules one after the other than fit at once
      Given the device is open
      Then flow rules can be created and destroyed one after the other more often than fit at once
