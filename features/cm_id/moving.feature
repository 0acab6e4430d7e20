@needs:cm-id @needs:system-node
Feature: Connection identifiers of the system-wide node
  What is asked for there, moves to a device, or stays when one goes.

  @system-methods
  Rule: What needs a queue pair is not there

    @abi:uapi
    Scenario: every method that names an object of a device
      Given the system-wide node is open
      When every method that requires an object of a device is called there
      Then every call is refused

  @system-handles
  Rule: Handles are the file's own

    @abi:uapi
    Scenario: ids of two files of the node and of the device
      Given the device is open
      And the system-wide node is open
      Then handles of the system-wide node are kept apart from those of other files

  @cm-move
  Rule: An id moves with all it has

    @abi:uapi
    Scenario: a listener with its events and its address
      Given the device is open
      Then an id that moves to a device brings its state, its address and its unread events

    @abi:uapi @needs:qp-rc @needs:qp-modify-connects
    Scenario: a request that is taken on the node and accepted on the device
      Given the device is open
      Then a request taken on the system-wide node can be accepted on the device

  @cm-move-file
  Rule: It moves from a file of the node

    @abi:uapi @needs:event-channel
    Scenario: descriptors of nothing, of a device and of a channel
      Given the device is open
      When ids move from descriptors that are not of the system-wide node
      Then every call is refused

  @cm-source-unknown
  Rule: The id must be there

    @abi:uapi
    Scenario: handles of nobody, here and on the node
      Given the device is open
      When ids are made from handles that name none
      Then every call is refused

  @cm-move-device
  Rule: The id must be on the device

    @abi:uapi
    Scenario: ids that are idle and at every port
      Given the device is open
      When ids move that are on no port of the device
      Then every call is refused

  @cm-removal
  Rule: An id of the node hears of the removal

    @abi:uapi @hazard:removes-device @needs:control-remove
    Scenario: ids in every state that the node leads to
      Given the device is open
      And the system-wide node is open
      Then ids of the system-wide node hear of the removal of their device, and are over

  @cm-removal-wildcard
  Rule: A listener at every port stays

    @abi:uapi @hazard:removes-device @needs:control-remove @needs:control-plug @needs:qp-rc
    Scenario: a listener that outlives the device and serves the next
      Given the device is open
      And the system-wide node is open
      Then a listener at every port stays when the device goes, and has the requests of the one that comes
