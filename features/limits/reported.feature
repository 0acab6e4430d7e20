Feature: Limits as they are reported
  Every limit of the device, and the objects and values that the tables say it bounds.

  @limit-constant
  Rule: A limit is the same everywhere and at any time

    Scenario: two files, before and after objects are made
      Given the device is open
      And the device is open a second time
      Then the limits are the same in every file, however many objects exist

  @limit-offered
  Rule: A class is offered exactly if there can be objects of it

    @abi:uapi
    Scenario: limits against the list of classes
      Given the device is open
      Then a class is listed exactly if its limit is at least 1

  @limit-reached
  Rule: The value of a limit is a value that works

    @abi:uapi
    Scenario: every bounded value at its limit and above
      Given the device is open
      Then every value is accepted at its limit, and refused above it

  @limit-granted
  Rule: What was granted stays

    @abi:uapi
    Scenario: queries alone, among other objects and after them
      Given the device is open
      Then what was granted stays while other objects come and go

    @abi:uverbs @needs:qp
    Scenario: the one object that can be queried, among others and after them
      Given the device is open
      Then what was granted stays while other objects come and go
