Feature: Expected receives of hardware contexts
  Memory that packets are written to directly, as hfi1 has it for its contexts.

  @hw-context-user-info
  Rule: User info tells what the context consists of

    @abi:uapi @needs:driver-class
    Scenario: contexts alone and shared
      Given the device is open
      Then user info tells versions and places of contexts alone and shared

  @hw-context-tid
  Rule: A buffer is covered and named

    @abi:uapi @needs:driver-class
    Scenario: buffers of several lengths
      Given the device is open
      And a hardware context
      Then buffers of several lengths are covered, each by numbers of its own

    @abi:uapi @needs:driver-class
    Scenario: a buffer for which there is little room
      Given the device is open
      And a hardware context
      Then a buffer for which there is little room is covered from its beginning on

  @hw-context-tid-buffer
  Rule: A buffer begins with a page and is not too long

    @abi:uapi @needs:driver-class
    Scenario: no length, an address inside a page, too many pages
      Given the device is open
      And a hardware context
      When buffers are named that no device can use
      Then every call is refused

  @hw-context-tid-memory
  Rule: A buffer is memory of the process

    @abi:uapi @needs:driver-class
    Scenario: unmapped memory
      Given the device is open
      And a hardware context
      When buffers are named that are no memory of the process
      Then every call is refused

  @hw-context-tid-room
  Rule: There is room in the context and in the list

    @abi:uapi @needs:driver-class
    Scenario: a context that is full, and a list for one number
      Given the device is open
      And a hardware context
      When more is expected than the context or the list has room for
      Then every call is refused

  @hw-context-tid-free
  Rule: What is taken back can be used again

    @abi:uapi @needs:driver-class
    Scenario: every second number of a full context
      Given the device is open
      And a hardware context
      Then what is taken back leaves room for as much again

  @hw-context-tid-unknown
  Rule: What is not in use cannot be taken back

    @abi:uapi @needs:driver-class
    Scenario: numbers of nothing, given twice, of another context, freed before
      Given the device is open
      And a hardware context
      And another hardware context
      When numbers are taken back that are not in use
      Then every call is refused

  @hw-context-tid-invalid
  Rule: Memory that goes away is told

    @abi:uapi @needs:driver-class @needs:async-event
    Scenario: one of two buffers is unmapped
      Given the device is open
      And an asynchronous event channel
      And a hardware context that reports to the asynchronous event channel
      Then memory that goes is told once, by its numbers and by an event

  @hw-context-tid-release
  Rule: A reset takes everything back

    @abi:uapi @needs:driver-class
    Scenario: a buffer and a reset
      Given the device is open
      And a hardware context
      Then a reset takes back everything that was expected

  @hw-context-credit
  Rule: Credits can be asked for at any time

    @abi:uapi @needs:driver-class
    Scenario: twice in a row
      Given the device is open
      And a hardware context
      Then credits come back without anything else changing
