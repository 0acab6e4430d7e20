Feature: Device memory
  How much there is, and what keeps it.

  @dm-create
  Rule: Any amount that is free can be allocated

    @needs:dm
    Scenario Outline: <cases> of device memory
      Given the device is open
      When device memory is created with "<cases>"
      Then every call succeeds

      Examples:
        | cases            |
        | small amounts    |
        | small alignments |

  @dm-create-empty
  Rule: No memory is not an amount

    @needs:dm
    Scenario: no bytes of device memory
      Given the device is open
      When device memory is created with "none at all"
      Then every call is refused

  @dm-create-maximum
  Rule: No device has more memory than it says

    @needs:dm
    Scenario: more than the device has
      Given the device is open
      When device memory is created with "more than the device has"
      Then every call is refused

  @dm-create-alignment
  Rule: An alignment fits into the memory

    @needs:dm
    Scenario: alignments beyond its size
      Given the device is open
      When device memory is created with "an alignment beyond its size"
      Then every call is refused

  @dm-create-full
  Rule: What is allocated is not there for others

    @needs:dm
    Scenario: one byte more than there is
      Given the device is open
      When all device memory is allocated and more is asked for
      Then every call is refused

  @dm-destroy
  Rule: Device memory that nothing covers can be freed

    @needs:dm
    Scenario: a device memory once and again
      Given the device is open
      And a device memory
      When the device memory is destroyed
      Then the call succeeds
      And the device memory is gone

    @abi:uapi @needs:dm
    Scenario: all device memory twice
      Given the device is open
      Then all device memory can be allocated again once it is freed

  @dm-destroy-busy
  Rule: Device memory that a region covers cannot be freed

    @needs:dm @needs:mr
    Scenario: device memory under a memory region
      Given the device is open
      And a device memory
      And a memory region over the device memory
      When the device memory is destroyed
      Then the call is refused
      And another memory region can cover the device memory
      And the device memory can still be destroyed once what uses it is gone
