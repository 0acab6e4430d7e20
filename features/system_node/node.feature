Feature: The system-wide node
  A node beside those of the devices, with the classes that belong to none of them.

  @system-open
  Rule: It can be opened at any time

    @abi:uapi @needs:system-node
    Scenario: opened beside a device
      Given the device is open
      Then the system-wide node can be opened several times

    @abi:uapi @needs:system-node @hazard:removes-device @needs:control-remove
    Scenario: opened while there is no device
      Given the device is open
      When the device is removed
      Then the system-wide node can be opened several times

  @system-classes
  Rule: Every class that is flagged is served

    @abi:uapi @needs:system-node
    Scenario: every method of every class
      Given the system-wide node is open
      Then every method that needs no device is served there

  @system-class-foreign
  Rule: No other class is

    @abi:uapi @needs:system-node
    Scenario: every method of every other class
      Given the system-wide node is open
      When every method of every class without the flag is called there
      Then every call is refused

  @system-discovery
  Rule: Discovery tells of the node it is asked on

    @abi:uapi @needs:system-node
    Scenario: lists of the node against what it serves
      Given the system-wide node is open in place of the device
      Then the list of classes is exactly what the device accepts
      And the list of methods of each class is exactly what the class accepts
      And the list of attributes of each method is exactly what the method knows

    @abi:uapi @needs:system-node
    Scenario: lists of the node against the tables
      Given the system-wide node is open
      Then its lists are those of the tables

  @system-format
  Rule: Messages are judged as on a device

    @abi:uapi @needs:system-node
    Scenario: every malformation of every message
      Given the device is open
      And the system-wide node is open
      Then every malformed message is answered there as on the device

  @system-removal
  Rule: It stays when a device goes

    @abi:uapi @needs:system-node @hazard:removes-device @needs:control-remove
    Scenario: a file of the node that outlives the device
      Given the device is open
      And the system-wide node is open
      And an event channel of the system-wide node
      When the device is removed
      Then every method that needs no device is served there
      And the event channel of the system-wide node is as it was
