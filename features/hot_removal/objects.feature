@hazard:removes-device @needs:control-remove
Feature: What is left of objects, files and memory
  Handles, descriptors and mappings outlive their device.

  @removal-destroy
  Rule: Every object can be destroyed once

    Scenario: an object of every kind, the newest first
      Given the device is open
      And an object of every kind
      When the device is removed
      And every object is destroyed, the newest first
      Then every call succeeds

  @removal-destroy-order
  Rule: The order of destruction does not matter any more

    Scenario: an object of every kind, the oldest first
      Given the device is open
      And an object of every kind
      When the device is removed
      And every object is destroyed, the oldest first
      Then every call succeeds

  @removal-handles
  Rule: Handles that name nothing are still told apart

    Scenario: handles that were never given out
      Given the device is open
      And that handles which name nothing are refused
      And an object of every kind
      When the device is removed
      And handles that name nothing are destroyed
      Then every call is refused

    Scenario: objects destroyed a second time
      Given the device is open
      And that handles which name nothing are refused
      And an object of every kind
      When the device is removed
      And every object is destroyed, the oldest first
      And every object is destroyed, the oldest first
      Then every call is refused

  @removal-close
  Rule: Descriptors can be closed

    Scenario: the descriptors of objects and of the device
      Given the device is open
      And an object of every kind
      When the device is removed
      Then every descriptor can be closed

  @removal-mapping
  Rule: Mappings read as zeros

    @needs:doorbell-page
    Scenario: loads of every width
      Given the device is open
      And a mapping of the device
      When the device is removed
      Then loads from the mapping give zeros

  @removal-mapping-store
  Rule: Mappings take stores

    @needs:doorbell-page
    Scenario: stores of every width
      Given the device is open
      And a mapping of the device
      When the device is removed
      Then stores to the mapping end without a fault

  @removal-mapping-forget
  Rule: Nothing comes of stores

    @abi:uapi @needs:doorbell-page
    Scenario: loads after stores
      Given the device is open
      And a mapping of the device
      When the device is removed
      And the mapping is stored to
      Then loads from the mapping give zeros

  @removal-mapping-child
  Rule: Inherited mappings go the same way

    @needs:doorbell-page
    Scenario: a child that was born before
      Given the device is open
      And a mapping of the device
      And a child that has the mapping
      When the device is removed
      Then loads from the mapping give zeros
      And stores to the mapping end without a fault

  @removal-map
  Rule: Nothing new is mapped

    @needs:doorbell-page
    Scenario: the device in a file that was opened before
      Given the device is open
      When the device is removed
      Then the device cannot be mapped

    @needs:doorbell-page @needs:control-stall
    Scenario: the device while removal waits for a call
      Given the device is open
      And a call that is running
      When the removal of the device begins
      Then the device cannot be mapped
