Feature: Hardware contexts
  The class of a driver whose device is not about queue pairs.

  @hw-context-version
  Rule: Another major version is refused

    @abi:uapi @needs:driver-class
    Scenario: callers of older and newer major versions
      Given the device is open
      When hardware contexts are created for callers of other major versions
      Then every call is refused

  @hw-context-number
  Rule: Every hardware context has a number of its own

    @abi:uapi @needs:driver-class
    Scenario: contexts that come and go in two files
      Given the device is open
      And the device is open a second time
      Then no two hardware contexts of two files have the same number

  @hw-context-query
  Rule: A query reports the assignment

    @abi:uapi @needs:driver-class
    Scenario: contexts alone and shared
      Given the device is open
      Then a query reports what each hardware context was assigned

  @hw-context-settings
  Rule: A setting is changed in one hardware context

    @abi:uapi @needs:driver-class
    Scenario: every setting of one of two contexts
      Given the device is open
      And a hardware context
      And another hardware context
      Then each setting changes in the hardware context addressed and nowhere else

  @hw-context-pkey
  Rule: Partition keys of the management are refused

    @abi:uapi @needs:driver-class
    Scenario: limited and full membership
      Given the device is open
      And a hardware context
      When the partition keys of the management are set
      Then every call is refused

  @hw-context-reset
  Rule: A reset forgets every setting

    @abi:uapi @needs:driver-class
    Scenario: a context with every setting changed
      Given the device is open
      And a hardware context
      Then a reset puts every setting back

  @driver-class-room
  Rule: Room for objects of a driver's class comes back

    @abi:uapi @needs:driver-class
    Scenario: as many hardware contexts as the device has, and one more
      Given the device is open
      When as many hardware contexts as there is room for exist and one more is created
      Then every call is refused
