@hazard:removes-device @needs:control-remove @needs:control-plug
Feature: The device node, and a device that comes back
  Old files stay dead, new ones are like those of any other device.

  @removal-open
  Rule: A device that goes cannot be opened

    Scenario: a device that is gone
      Given the device is open
      When the device is removed
      Then the device cannot be opened

    @needs:control-stall @needs:stall-core
    Scenario: a device whose removal waits for a call
      Given the device is open
      And a call that is running
      When the removal of the device begins
      Then the device cannot be opened

  @plug-fresh
  Rule: A device that comes back is as good as new

    @needs:pd-counted @needs:cq-counted
    Scenario: room for as many objects as ever
      Given the device is open
      And an object of every kind
      When the device is removed
      And the device is plugged in again
      Then as many protection domains as the device allows can be created in a new file
      And as many completion queues as the device allows can be created in a new file

    Scenario: every life on a device that has come back
      Given the device is open
      And an object of every kind
      When the device is removed
      And the device is plugged in again
      Then every life can be walked again with the same objects

  @plug-old-files
  Rule: Old files stay dead

    Scenario: every method on an old file when the device has come back
      Given the device is open
      And a sound call of every method
      When the device is removed
      And the device is plugged in again
      And every call that needs a device is made
      Then every call is refused

    Scenario: old handles when the device has come back
      Given the device is open
      And an object of every kind
      When the device is removed
      And the device is plugged in again
      Then old handles do nothing to new objects of the same number
