Feature: Addresses of connection identifiers
  Where an id is, where it wants to, and the events that say so.

  @cm-bind-address
  Rule: An id can be bound to a port alone

    @abi:uapi @needs:cm-id
    Scenario: an address that no port has, on a device
      Given the device is open
      When a connection id of the device is bound to an address that no port has
      Then the call is refused

    @abi:uapi @needs:cm-id @needs:system-node
    Scenario: an address that no port has, on the system-wide node
      Given the system-wide node is open
      When a connection id of the system-wide node is bound to an address that no port has
      Then the call is refused

  @cm-bind-in-use
  Rule: An address is taken once

    @abi:uapi @needs:cm-id @needs:system-node
    Scenario: addresses that are taken on the device and on the node
      Given the device is open
      And the system-wide node is open
      When connection ids are bound to addresses that others have
      Then every call is refused

  @cm-bind-any
  Rule: The core can choose the service

    @abi:uapi @needs:cm-id
    Scenario: many ids bound to service 0
      Given the device is open
      Then 20 connection ids bound to service 0 have a service each

  @cm-address-resolved
  Rule: An address that a port leads to is found

    @abi:uapi @needs:cm-id
    Scenario: the address of every port
      Given the device is open
      Then the address of every port is resolved, and the connection id is on that port

  @cm-address-error
  Rule: An address that no port leads to is not

    @abi:uapi @needs:cm-id
    Scenario: an address of nobody, from an idle id and from a bound one
      Given the device is open
      Then the address of nobody is answered by CM_ADDR_ERROR, and the connection id is as it was

  @cm-route-error
  Rule: There is no route by a port that is down

    @abi:uapi @needs:cm-id @needs:control-set-port
    Scenario: a route by a port that is down, and up again
      Given the device is open
      Then a route by a port that is down is answered by CM_ROUTE_ERROR, and by one that is up again is found

  @cm-event-channel
  Rule: Events of ids share channels with others

    @abi:uapi @needs:cm-id @needs:qp @needs:event-channel @needs:control-raise-event
    Scenario: events of an id and of a queue pair on one channel
      Given the device is open
      Then one channel of the device has the events of a connection id and of a queue pair in their order

    @abi:uapi @needs:cm-id @needs:system-node
    Scenario: events of two ids of the system-wide node on one channel
      Given the system-wide node is open
      Then one channel of the system-wide node has the events of two connection ids in their order
