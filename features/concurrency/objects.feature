Feature: Calls that meet on an object
  One of two calls stands still inside the core while the other is made.

  @concurrent-destroy
  Rule: An object in use by a running call cannot be destroyed

    @needs:control-stall @needs:control-release
    Scenario: every object while a call uses it
      Given the device is open
      When each object is destroyed while a use of it runs
      Then every call is refused

  @concurrent-destroying
  Rule: An object whose destroy is running cannot be touched

    @needs:control-stall @needs:control-release
    Scenario: every way to touch an object during its destroy
      Given the device is open
      When each object is used while a destroy of it runs
      Then every call is refused

  @concurrent-modify
  Rule: An object in use by a running call cannot be modified

    @abi:uapi @needs:control-stall @needs:control-release
    Scenario: every object that can be modified, while a call uses it
      Given the device is open
      When each object is modified while a use of it runs
      Then every call is refused

  @concurrent-modifying
  Rule: An object whose modify is running cannot be touched

    @abi:uapi @needs:control-stall @needs:control-release
    Scenario: every way to touch an object during its modify
      Given the device is open
      When each object is used while a modify of it runs
      Then every call is refused

  @concurrent-modify-whole
  Rule: Two modifies at once leave what one of them asked for

    @needs:qp @needs:control-stall @needs:control-release @needs:qp-modify-connects
    Scenario: queue pairs of every type in INIT
      Given the device is open
      Then a queue pair that two modifies raced for is as one of them left it

  @concurrent-share
  Rule: Calls that only use an object run together

    @needs:control-stall @needs:control-release
    Scenario: every use of every object, twice at once
      Given the device is open
      When each object is used while a use of it runs
      Then every call succeeds

  @concurrent-create
  Rule: An object is found only when its create has returned

    @needs:control-stall @needs:control-release
    Scenario: every method on the handle that a running create will return
      Given the device is open
      When each object is asked for before its create has returned
      Then every call is refused

  @concurrent-independent
  Rule: Calls on different objects do not meet

    @needs:control-stall @needs:control-release
    Scenario: every method while it runs on another object
      Given the device is open
      When every method is called while it runs on another object
      Then every call succeeds

    @needs:control-stall @needs:control-release
    Scenario: 32 calls under way at once
      Given the device is open
      When 32 calls on different objects run at once
      Then every call succeeds

  @driver-failure
  Rule: The errno of a driver that fails reaches the caller, and nothing is left behind

    @needs:control-fail
    Scenario: every method with the errnos of drivers
      Given the device is open
      When the driver fails every method
      Then every failure reaches the caller and leaves nothing behind
