Feature: Creating address handles
  Which paths become address handles.

  @ah-create
  Rule: Sound paths by every port are accepted

    @needs:ah
    Scenario: paths by every port
      Given the device is open
      When address handles are created with "a path by every port"
      Then every call succeeds

  @ah-create-port
  Rule: A path leaves by a port of the device

    @needs:ah
    Scenario: ports the device does not have
      Given the device is open
      When address handles are created with "a port the device does not have"
      Then every call is refused

  @ah-create-path
  Rule: An address handle has one path

    @needs:ah
    Scenario: none and two
      Given the device is open
      When address handles are created with "no path or two"
      Then every call is refused

  @ah-create-transport
  Rule: The path is one of the port's transport

    @needs:ah
    Scenario: paths of another transport
      Given the device is open
      When address handles are created with "the path of another transport"
      Then every call is refused

  @ah-create-grh
  Rule: Paths on RoCE have a GRH

    @needs:ah @needs:port-roce
    Scenario: without a GRH
      Given the device is open
      When address handles are created with "a path without a GRH on a RoCE port"
      Then every call is refused

  @ah-create-sgid
  Rule: The source GID is in the port's table

    @needs:ah @needs:gid-index-beyond
    Scenario: beyond the table
      Given the device is open
      When address handles are created with "a source GID beyond the table"
      Then every call is refused

  @ah-create-pd-type
  Rule: The protection domain is one

    @needs:ah
    Scenario: a completion queue in its place
      Given the device is open
      When address handles are created with "a protection domain that is none"
      Then every call is refused
