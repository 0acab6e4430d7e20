Feature: Registering device memory
  Regions over memory of the device instead of the process.

  @mr-create-dm
  Rule: Any part of device memory can be registered

    @needs:mr @needs:dm
    Scenario: the whole, its beginning, its middle and its end
      Given the device is open
      When memory regions are created with "parts of device memory"
      Then every call succeeds

  @mr-create-dm-zero-based
  Rule: Regions over device memory count from 0

    @needs:mr @needs:dm
    Scenario: without the permission
      Given the device is open
      When memory regions are created with "device memory that is not zero-based"
      Then every call is refused

    @abi:uapi @needs:mr @needs:dm
    Scenario: with an iova
      Given the device is open
      When memory regions are created with "device memory at an iova"
      Then every call is refused

  @mr-create-dm-range
  Rule: A region lies within its device memory

    @needs:mr @needs:dm
    Scenario: ranges that leave it
      Given the device is open
      When memory regions are created with "more than the device memory"
      Then every call is refused
