Feature: Connection identifiers
  An object with an address, states of its own and events, on devices and on the system-wide node.

  @cm-id-create
  Rule: An id begins idle and without an address

    @abi:uapi @needs:cm-id
    Scenario: ids of every port space on a device
      Given the device is open
      Then a new connection id of every port space on the device is idle and has no address

    @abi:uapi @needs:cm-id @needs:system-node
    Scenario: ids of every port space on the system-wide node
      Given the system-wide node is open
      Then a new connection id of every port space on the system-wide node is idle and has no address

  @cm-id-forms
  Rule: A create is of one kind

    @abi:uapi @needs:cm-id
    Scenario: creates of two kinds, and of none
      Given the device is open
      When connection ids are created in two ways at once
      Then every call is refused

  @cm-id-query
  Rule: A query shows what the calls before it said

    @abi:uapi @needs:cm-id
    Scenario: every value of an id that listens
      Given the device is open
      Then a query shows every value of a connection id that was bound and listens

  @cm-id-moves
  Rule: A method is taken in each of its states

    @abi:uapi @needs:cm-id @needs:qp-rc
    Scenario: every method in every state that it has
      Given the device is open
      Then every method of a connection id is taken in each of its states, and leads where the table says

  @cm-id-state
  Rule: A method is refused in every other state

    @abi:uapi @needs:cm-id @needs:qp-rc
    Scenario: every method in every state that it has not
      Given the device is open
      When every method of a connection id is called in every state that it does not have
      Then every call is refused

  @cm-id-destroy
  Rule: An id can be destroyed in every state

    @abi:uapi @needs:cm-id @needs:qp-rc
    Scenario: ids destroyed in every state
      Given the device is open
      Then a connection id can be destroyed in every state, and its address is free again
