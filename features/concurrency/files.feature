Feature: Calls whose file is closed
  The last descriptor is closed while a call is running on it.

  @concurrent-close
  Rule: A running call finishes, and the context ends after it

    @needs:control-stall @needs:control-release @needs:pd-counted
    Scenario: every method while its file is closed
      Given the device is open
      When the file is closed while each method runs
      Then every call succeeds
      And as many protection domains as the device allows can be created in a new file

  @concurrent-close-read
  Rule: A read that waits goes on waiting

    @needs:async-event @needs:control-raise-event
    Scenario: an asynchronous event channel closed under its reader
      Given the device is open
      Then a read of an asynchronous event channel outlives the close of its descriptor

    @abi:uapi @needs:event-channel @needs:control-raise-event
    Scenario: an event channel closed under its reader
      Given the device is open
      Then a read of an event channel outlives the close of its descriptor
